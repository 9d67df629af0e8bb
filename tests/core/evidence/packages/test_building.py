from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.evidence.packages.building import Source, build_package
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import Limits
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    HEADING,
    build,
    files_of,
    signer_of,
    sound,
    source,
    trusting,
    verdict,
)

MOMENTS = st.integers(946_684_800, 4_102_444_800).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.binary(max_size=200), st.text(max_size=12)), min_size=1, max_size=12),
    MOMENTS,
)
def test_what_is_built_verifies_and_is_built_alike_again(contents, created: datetime):
    heading = replace(HEADING, created=created)
    sources = [source(content, suffix=suffix) for content, suffix in contents]

    package = build(*sources, heading=heading)

    result = verdict(package, trusting(CONTRIBUTOR))
    assert result.fault is None
    assert result.description.heading == heading
    assert [item.sha256 for item in result.description.items] == [
        hashlib.sha256(content).hexdigest() for content, _ in contents
    ]
    assert build(*sources, heading=heading) == package


def test_a_package_has_these_files_and_these_bytes():
    """Bytes that ever changed would be another format: packages in archives stay as they are."""
    assert list(files_of(sound())) == [
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "metadata/package.json",
        "tagmanifest-sha256.txt",
        "signatures/0001-capture.dsse.json",
        "data/objects/0001.wacz",
        "data/objects/0002.jpg",
    ]
    assert hashlib.sha256(sound()).hexdigest() == SOUND


SOUND = "038dff1462d08014cfb6d043b0754fe9e581c7d12da08aa8d11f85fb62813a53"


def test_originals_stay_as_they_are():
    content = bytes(range(256)) * 20
    assert files_of(build(source(content)))["data/objects/0001.bin"] == content


@pytest.mark.parametrize(
    ("suffix", "path"),
    [
        (".JPG", "data/objects/0001.jpg"),
        ("", "data/objects/0001"),
        (".of maria", "data/objects/0001"),
        (".é", "data/objects/0001"),
        ("./../x", "data/objects/0001"),
    ],
)
def test_a_files_own_name_is_left_out(suffix: str, path: str):
    assert path in files_of(build(source(b"x", suffix=suffix)))


def refused(word: str, *sources: Source, heading=HEADING, **limits: int) -> None:
    with pytest.raises(PackageFault, match=word):
        build_package(
            io.BytesIO(), sources, heading=heading, signer=signer_of(), limits=Limits(**limits)
        )


def test_what_would_not_verify_is_not_built():
    refused("no items")
    refused("closed", source(b"x", comment="free text"))
    refused("written down exactly", source(b"x", http_status=200.5))
    refused("written down exactly", source(b"x", original_name="\ud800"))
    refused("source_url", source(b"x", source_url="https://a:b@example.org"))
    refused("derived_from", source(b"x", role=Role.DERIVED))
    refused("contributor", source(b"x"), heading=replace(HEADING, contributor="Jane Example"))
    refused("3 files at most", *[source(b"x")] * 4, entries=9)
    refused("5000000 bytes at most", source(bytes(2**20)), total_bytes=5_000_000)
    refused("facts are larger", source(b"x"), json_bytes=100)


def test_a_file_that_changes_meanwhile_is_not_packed():
    contents = iter([b"before", b"after!"])
    changing = Source(lambda: io.BytesIO(next(contents)), ".bin", Role.ORIGINAL, {})
    refused("changed while", changing)
