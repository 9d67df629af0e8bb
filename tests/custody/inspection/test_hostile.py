"""Tables 2.4 and 2.5: each hostile input ends with a stated result within 5 s and 200 MB.

Held by limits of the kernel on the child, not by a clock: had it needed more, the result would be
that it was stopped, and the test would fail.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from crosslight.core.evidence.captures.findings import Code as CaptureCode
from crosslight.custody.inspection import Flag, InspectionLimits, inspect_file
from crosslight.custody.inspection.results import Code
from tests.core.evidence.captures.making import (
    LIST,
    MIB,
    files,
    gzip_of,
    head,
    response,
    wacz,
    warc,
    zipped,
)
from tests.core.evidence.captures.test_wacz import zip_bomb
from tests.custody.inspection import pictures

NARROW = InspectionLimits(memory_bytes=200 * 2**20, cpu_seconds=5)


def encoded() -> bytes:
    body = gzip.compress(bytes(200 * MIB), 1)
    return warc(lambda writer: response(writer, ("Content-Encoding", "gzip"), body=body))


def zipped_list(package: bytes) -> bytes:
    return zipped({**files(), LIST: package})


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a header line of 1.5 GB": (
        "a.warc.gz",
        lambda: gzip_of(head(0)[:-4] + b"\r\nX: ", b"a" * MIB, 1500),
        CaptureCode.WARC_UNREADABLE,
    ),
    "15 million header lines": (
        "a.warc.gz",
        lambda: gzip_of(head(0)[:-2], b"X: y\r\n" * 10_000, 1500),
        CaptureCode.WARC_UNREADABLE,
    ),
    "a body of 2 GiB": (
        "a.warc.gz",
        lambda: gzip_of(head(2**31), bytes(MIB), 2048),
        CaptureCode.BLOWS_UP,
    ),
    "a negative length": ("a.warc", lambda: head(b"-5"), CaptureCode.WARC_BAD_LENGTH),
    "a length of 20 digits": (
        "a.warc",
        lambda: head(b"12345678901234567890"),
        CaptureCode.WARC_BAD_LENGTH,
    ),
    "an entry of 1 GiB": ("a.zip", zip_bomb, CaptureCode.BLOWS_UP),
    "a WARC bomb in a WACZ": (
        "a.wacz",
        lambda: wacz(files(gzip_of(head(2**31), bytes(MIB), 2048))),
        CaptureCode.BLOWS_UP,
    ),
    "a list of endless depth": (
        "a.wacz",
        lambda: zipped_list(b'{"resources": ' + b"[" * 4_000_000),
        CaptureCode.LIST_UNREADABLE,
    ),
    "a list of millions of values": (
        "a.wacz",
        lambda: zipped_list(b'{"resources": [' + b"{}," * 2_000_000 + b"{}]}"),
        CaptureCode.LIST_UNREADABLE,
    ),
    "a list of 9 MiB": (
        "a.wacz",
        lambda: zipped_list(b'{"resources": "' + b"x" * 9 * MIB + b'"}'),
        CaptureCode.TOO_LARGE,
    ),
    "a picture of 10 gigapixels": (
        "a.png",
        lambda: pictures.png_of_size(100_000, 100_000),
        Code.IMAGE_TOO_LARGE,
    ),
    "a text of 512 MB in a picture": ("a.png", pictures.png_text_bomb, Code.IMAGE_UNREADABLE),
    "boxes in boxes": ("a.mp4", pictures.deep_boxes, Code.VIDEO_UNREADABLE),
    "a hundred thousand boxes": ("a.mp4", pictures.many_boxes, Code.VIDEO_UNREADABLE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_in_a_stated_result(tmp_path: Path, name: str):
    suffix, make, code = HOSTILE[name]
    path = tmp_path / suffix
    path.write_bytes(make())
    seen = inspect_file(path, limits=NARROW)
    found = {finding.code for finding in seen.findings}
    assert Code.INSPECTION_STOPPED not in found, seen.findings
    assert code in found
    assert Flag.DAMAGED in seen.flags


def test_an_encoded_body_stays_as_it_was_sent(tmp_path: Path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(encoded())
    seen = inspect_file(path, limits=NARROW)
    assert seen.flags == {Flag.CONTAINS_SCRIPTS}


def test_the_narrow_limits_do_stop_what_asks_for_more(tmp_path: Path):
    """Or the tests above would hold of a child without any."""
    path = tmp_path / "a.warc"
    path.write_bytes((head(0) + b"\r\n\r\n") * 600_000)
    seen = inspect_file(path, limits=InspectionLimits(cpu_seconds=1))
    assert {finding.detail for finding in seen.findings} == {"cpu_limit"}
    seen = inspect_file(path, limits=InspectionLimits(memory_bytes=20 * 2**20))
    assert Code.INSPECTION_STOPPED in {finding.code for finding in seen.findings}
