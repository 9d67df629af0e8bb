from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import c2pa
import pytest

from crosslight.custody.inspection import Flag, Provenance, inspect_file
from crosslight.custody.inspection.provenance import make_context, read_provenance
from crosslight.custody.inspection.results import Code
from tests.custody.inspection.credentials import signed_picture
from tests.custody.inspection.pictures import picture


def looked_at(folder: Path, data: bytes):
    path = folder / "a.jpg"
    path.write_bytes(data)
    return inspect_file(path)


def test_a_credential_that_fits_is_intact_and_not_trusted(tmp_path: Path):
    seen = looked_at(tmp_path, signed_picture())
    assert seen.provenance is Provenance.INTACT_UNTRUSTED


def test_a_picture_that_was_changed_after_is_broken(tmp_path: Path):
    data = bytearray(signed_picture())
    data[-20] ^= 1
    assert looked_at(tmp_path, bytes(data)).provenance is Provenance.BROKEN


def test_a_credential_that_cannot_be_read_is_broken(tmp_path: Path):
    data = signed_picture()
    place = data.index(b"c2pa.claim")
    seen = looked_at(tmp_path, data[:place] + b"\xff" * 40 + data[place + 40 :])
    assert seen.provenance is Provenance.BROKEN


def test_a_picture_without_one_has_none(tmp_path: Path):
    for data in (picture(), picture(comment=b"c2pa")):
        assert looked_at(tmp_path, data).provenance is Provenance.NONE


@contextmanager
def server() -> Iterator[tuple[str, list[object]]]:
    """Counts who connects, and answers nobody."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def serve() -> None:
            while True:
                try:
                    connection, address = listening.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/manifest.c2pa", calls
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def test_a_manifest_on_a_server_is_never_asked_for():
    """Without confinement, so that the setting alone is seen to do it."""
    with server() as (url, calls):
        found = read_provenance(
            io.BytesIO(signed_picture(remote=url)), "image/jpeg", make_context()
        )
    assert found[0] is Provenance.NONE
    assert [finding.code for finding in found[1]] == [Code.PROVENANCE_ELSEWHERE]
    assert calls == []


def test_the_server_would_have_been_asked_without_the_setting():
    """The test above would see it: this is what the library does of itself."""
    settings = {"verify": {"remote_manifest_fetch": True}}
    with server() as (url, calls):
        picture_of_elsewhere = io.BytesIO(signed_picture(remote=url))
        with c2pa.Context.from_dict(settings) as context, pytest.raises(c2pa.C2paError):
            c2pa.Reader("image/jpeg", picture_of_elsewhere, context=context)
    assert len(calls) > 0


def test_the_child_says_that_it_lies_elsewhere(tmp_path: Path):
    with server() as (url, calls):
        seen = looked_at(tmp_path, signed_picture(remote=url))
    assert seen.provenance is Provenance.NONE
    assert Code.PROVENANCE_ELSEWHERE in {finding.code for finding in seen.findings}
    assert Flag.NOT_LOOKED_THROUGH not in seen.flags
    assert calls == []
