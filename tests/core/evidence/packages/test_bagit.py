from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crosslight.config.environment import reference_folder
from crosslight.core.evidence.packages.bagit import (
    ANY_BAG,
    PACKAGE_BAG,
    BagRules,
    check_hashes,
    read_bag,
    write_manifest,
)
from crosslight.core.evidence.packages.faults import PackageFault

# "Still valid but should produce a warning": these two are read, the others name a file twice in
# one way or another, or files that are not there, and are refused.
READ_WITHOUT_A_WARNING = {"made-with-md5sum-tools", "relative-path"}


class Folder:
    """A bag as a folder on disk, links followed as naive readers do."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        return [
            Path(at, name).relative_to(self._folder).as_posix()
            for at, _, names in os.walk(self._folder)
            for name in names
        ]

    def read(self, name: str, *, limit: int) -> bytes:
        if name not in self.names():
            raise PackageFault(f"{name} is missing.")
        data = (self._folder / name).read_bytes()
        assert len(data) <= limit
        return data

    def chunks(self, name: str) -> Iterator[bytes]:
        yield (self._folder / name).read_bytes()


class Memory:
    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def names(self) -> list[str]:
        return list(self._files)

    def read(self, name: str, *, limit: int) -> bytes:
        if name not in self._files:
            raise PackageFault(f"{name} is missing.")
        return self._files[name][:limit]

    def chunks(self, name: str) -> Iterator[bytes]:
        yield self._files[name]


def check(files: Folder | Memory, rules: BagRules = ANY_BAG) -> None:
    bag = read_bag(files, rules)
    check_hashes(files, bag.tags)
    check_hashes(files, bag.payload)


def suite(*kinds: str) -> list[Path]:
    """The bags of the conformance suite of the Library of Congress (public domain)."""
    folder = reference_folder()
    if folder is None:
        return []
    return sorted(
        bag
        for kind in kinds
        for bag in (folder / "vectors" / "bagit").glob(f"v*/{kind}/*")
        if bag.is_dir()
    )


has_suite = pytest.mark.skipif(not suite("valid"), reason="CROSSLIGHT_REFERENCE has no bagit")


def refusals(bags: list[Path], rules: BagRules = ANY_BAG) -> set[str]:
    refused = set()
    for bag in bags:
        try:
            check(Folder(bag), rules)
        except PackageFault:
            refused.add(bag.name)
    return refused


@has_suite
def test_every_valid_bag_of_the_suite_is_read():
    assert len(suite("valid")) == 27
    assert refusals(suite("valid")) == set()


@has_suite
@pytest.mark.parametrize(("kind", "count"), [("invalid", 15), ("linux-only", 6)])
def test_every_invalid_bag_of_the_suite_is_refused(kind: str, count: int):
    assert len(suite(kind)) == count
    assert refusals(suite(kind)) == {bag.name for bag in suite(kind)}


@has_suite
def test_paths_of_windows_are_refused_here_too():
    assert refusals(suite("windows-only")) == {bag.name for bag in suite("windows-only")}


@has_suite
def test_bags_with_a_warning_are_refused_where_they_are_ambiguous():
    names = {bag.name for bag in suite("warning")}
    assert len(names) == 6
    assert refusals(suite("warning")) == names - READ_WITHOUT_A_WARNING


@has_suite
def test_the_profile_of_packages_refuses_every_bag_of_the_suite():
    every = suite("valid", "invalid", "linux-only", "windows-only", "warning")
    assert refusals(every, PACKAGE_BAG) == {bag.name for bag in every}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def bag_of(**changes: bytes | None) -> dict[str, bytes]:
    """A bag as our builder writes it; a change of None leaves a file out."""
    files = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "data/a.txt": b"a",
        "manifest-sha256.txt": write_manifest({"data/a.txt": sha256(b"a")}),
    }
    files |= {name: content for name, content in changes.items() if content is not None}
    files = {name: content for name, content in files.items() if changes.get(name, b"") is not None}
    tags = {
        name: sha256(content)
        for name, content in files.items()
        if not name.startswith(("data/", "tagmanifest"))
    }
    return {"tagmanifest-sha256.txt": write_manifest(tags)} | files


def test_the_builders_bag_holds_by_both_rules():
    check(Memory(bag_of()))
    check(Memory(bag_of()), PACKAGE_BAG)


A = sha256(b"a")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"manifest-sha256.txt": f"{A} data/a.txt\n".encode()}, "not written as"),
        ({"manifest-sha256.txt": f"{A} *data/a.txt\n".encode()}, "not written as"),
        ({"manifest-sha256.txt": f"{A}  data/a.txt".encode()}, "not written as"),
        ({"manifest-sha256.txt": f"{A}  data/a.txt\r\n".encode()}, "not written as"),
        ({"manifest-sha256.txt": f"{A.upper()}  data/a.txt\n".encode()}, "not written as"),
        ({"manifest-sha256.txt": f"{A}  data/%61.txt\n".encode()}, "listed and missing"),
        ({"bagit.txt": b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n"}, "exactly"),
        ({"manifest-md5.txt": b"0cc175b9c0f1b6a831c399e269772661  data/a.txt\n"}, "md5. is not"),
        ({"manifest-sha256.txt": None}, "no manifest-sha256"),
        ({"fetch.txt": b"https://example.org/a - data/a.txt\n"}, "forbidden"),
        ({"evil.exe": b"MZ", "tagmanifest-sha256.txt": b""}, "listed in the tag manifest"),
    ],
)
def test_what_only_the_profile_refuses(change: dict[str, bytes | None], word: str):
    with pytest.raises(PackageFault, match=word):
        check(Memory(bag_of(**change)), PACKAGE_BAG)


def test_the_profile_asks_for_a_tag_manifest():
    files = bag_of()
    del files["tagmanifest-sha256.txt"]
    check(Memory(files))
    with pytest.raises(PackageFault, match="no tagmanifest-sha256"):
        check(Memory(files), PACKAGE_BAG)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"manifest-sha256.txt": f"{A}  data/../a\n".encode()}, "leads out"),
        ({"manifest-sha256.txt": f"{A}  ../bag-evil/x\n".encode()}, "leads out"),
        ({"manifest-sha256.txt": f"{A}  bagit.txt\n".encode()}, "other manifest"),
        ({"tagmanifest-sha256.txt": f"{A}  data/a.txt\n".encode()}, "other manifest"),
        ({"manifest-sha256.txt": b"\xff\n"}, "not text"),
        ({"manifest-sha256.txt": b"abcd  data/a.txt\n"}, "not a sha256 hash"),
        ({"manifest-sha256.txt": f"{A}\n".encode()}, "not a sha256 hash"),
        ({"fetch.txt": b"https://example.org/a - data/b.txt\n"}, "no manifest lists"),
        ({"fetch.txt": b"data/a.txt\n"}, "without address"),
        ({"data/b.txt": b"b"}, "not listed"),
        ({"data/a.txt": None}, "listed and missing"),
        ({"data/a.txt": b"b"}, "was changed"),
        (
            {"bagit.txt": b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n"},
            "version .2.0",
        ),
        ({"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-7\n"}, "utf-7"),
    ],
)
def test_what_no_bag_may_do(change: dict[str, bytes | None], word: str):
    with pytest.raises(PackageFault, match=word):
        check(Memory(bag_of(**change)))


def test_version_1_escapes_line_ends_and_nothing_else():
    names = {"data/a\nb%41": b"a"}
    files = bag_of(
        **names,
        **{
            "data/a.txt": None,
            "manifest-sha256.txt": f"{A}  data/a%0Ab%2541\n".encode(),
        },
    )
    check(Memory(files))


def test_each_algorithm_is_checked():
    wrong = hashlib.sha512(b"b").hexdigest()
    files = bag_of(**{"manifest-sha512.txt": f"{wrong}  data/a.txt\n".encode()})
    with pytest.raises(PackageFault, match="was changed"):
        check(Memory(files))
