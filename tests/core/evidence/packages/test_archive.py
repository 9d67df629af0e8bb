from __future__ import annotations

import io
import stat
import struct
import subprocess
import warnings
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from crosslight.core.evidence.packages import zipform
from crosslight.core.evidence.packages.archive import open_archive
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import Limits
from crosslight.core.evidence.packages.zipform import Entry
from tests.core.evidence.packages.making import files_of, sound, zip_of

FILES = {"a.txt": b"first", "b/é.txt": "zweite Datei, größer".encode(), "c.bin": b""}


def opened(data: bytes, **limits: int):
    return open_archive(io.BytesIO(data), limits=Limits(**limits))


def refused(data: bytes, word: str, **limits: int) -> None:
    with pytest.raises(PackageFault, match=word):
        opened(data, **limits)


def by_python(files: dict[str, bytes], *, method: int = ZIP_STORED, change=None) -> bytes:
    """As Python's zipfile writes; `change` sets something on each ZipInfo."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in files.items():
            info = ZipInfo(name)
            info.compress_type = method
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            if change:
                change(info)
            archive.writestr(info, content)
    return out.getvalue()


def by_hand(entries: list[tuple[Entry, bytes]], *, listed: list[Entry] | None = None) -> bytes:
    """Every entry where it says, whatever lies there already; then the list and the end."""
    data = bytearray()
    for entry, content in entries:
        written = zipform.local_header(entry) + content
        data.extend(bytes(max(0, entry.offset - len(data))))
        data[entry.offset : entry.offset + len(written)] = written
    return bytes(data) + ending(listed or [entry for entry, _ in entries], len(data))


def ending(entries: list[Entry], at: int) -> bytes:
    directory = b"".join(map(zipform.central_header, entries))
    end = zipform.end_records(count=len(entries), size=len(directory), offset=at)
    return directory + end


def entry_of(name: str, content: bytes, at: int = 0) -> Entry:
    return Entry(name, len(content), zlib.crc32(content), at)


def test_what_is_stored_is_read_in_pieces():
    archive = opened(zip_of(FILES))
    assert list(archive.names()) == list(FILES)
    assert {name: b"".join(archive.chunks(name)) for name in FILES} == FILES
    assert archive.read("a.txt", limit=5) == b"first"
    assert archive.size("c.bin") == 0
    with pytest.raises(PackageFault, match="larger than 4"):
        archive.read("a.txt", limit=4)
    with pytest.raises(PackageFault, match="missing"):
        archive.read("d", limit=4)


def test_the_form_is_the_one_that_python_writes_too():
    """So that whoever builds packages with another program can."""
    assert zip_of(FILES) == by_python(FILES)


def test_unzip_reads_the_form(tmp_path: Path):
    (tmp_path / "package.zip").write_bytes(sound())
    done = subprocess.run(["unzip", "-tq", tmp_path / "package.zip"], check=False)
    assert done.returncode == 0


def test_files_over_four_gigabytes_are_read_where_they_are(tmp_path: Path):
    """A file of 5 GiB with nothing in it, and one behind it: as zipfile sees them."""
    large = Entry("large.bin", 5 * 2**30, 0, 0)
    small = entry_of("small.txt", b"behind it", large.end)
    with (tmp_path / "large.zip").open("w+b") as file:
        file.write(zipform.local_header(large))
        file.seek(small.offset)
        file.write(zipform.local_header(small) + b"behind it" + ending([large, small], small.end))
        archive = open_archive(file, limits=Limits())
        assert archive.size("large.bin") == 5 * 2**30
        assert archive.read("small.txt", limit=100) == b"behind it"
        with ZipFile(file) as peer:
            assert [info.file_size for info in peer.infolist()] == [5 * 2**30, 9]
            assert peer.read("small.txt") == b"behind it"
        with pytest.raises(PackageFault, match="larger than 5368709120 bytes"):
            open_archive(file, limits=Limits(total_bytes=5 * 2**30))


def test_more_than_65535_entries_end_in_a_zip64_record():
    many = zip_of({f"{number}": b"" for number in range(65_535)})
    assert len(ZipFile(io.BytesIO(many)).infolist()) == 65_535
    assert len(opened(many, entries=65_535).names()) == 65_535
    refused(many, "more than 5000 entries")
    refused(many[:-98] + b"x" + many[-97:], "large ZIP is damaged", entries=65_535)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "does not begin as a ZIP"),
        (b"#!/bin/sh\nexit 0\n" + zip_of(FILES), "does not begin as a ZIP"),
        (zip_of(FILES) + b"\0", "does not end as a ZIP"),
        (zip_of({}), "does not begin as a ZIP"),
        (b"PK\x03\x04", "does not end as a ZIP"),
        (zip_of(FILES)[:-2] + b"\x04\0note", "does not end as a ZIP"),
        (zip_of(FILES)[:-2] + b"\x00\x00" + zip_of(FILES)[-22:], "not right before the end"),
    ],
)
def test_nothing_stands_before_or_after_it(data: bytes, word: str):
    refused(data, word)


def setting(**values: object):
    def change(info: ZipInfo) -> None:
        for name, value in values.items():
            setattr(info, name, value)

    return change


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (setting(external_attr=(stat.S_IFLNK | 0o777) << 16), "symbolic link"),
        (setting(external_attr=(stat.S_IFDIR | 0o755) << 16), "folder"),
        (setting(external_attr=0x10 | (stat.S_IFREG | 0o644) << 16), "folder"),
        (setting(external_attr=(stat.S_IFIFO | 0o644) << 16), "not a regular file"),
        (setting(external_attr=0), "not a regular file"),
        (setting(external_attr=(stat.S_IFREG | 0o4755) << 16), "do not say"),
        (setting(comment=b"note"), "comment"),
        (setting(extra=struct.pack("<HH4s", 0x7075, 4, b"name")), "extra field"),
        (setting(date_time=(2026, 11, 21, 0, 0, 0)), "do not say"),
        (setting(create_system=0), "do not say"),
        (setting(create_version=63), "do not say"),
    ],
)
def test_an_entry_is_a_plain_file_and_nothing_is_said_beside_it(change, word: str):
    refused(by_python({"a.txt": b"content"}, change=change), word)


def patched(at_local: int, at_central: int, value: bytes) -> bytes:
    """One sound file, with `value` at the given places of both of its headers."""
    data = bytearray(zip_of({"a.txt": b"content"}))
    central = data.index(zipform.CENTRAL_MARK)
    data[at_local : at_local + len(value)] = value
    data[central + at_central : central + at_central + len(value)] = value
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (patched(6, 8, b"\x01\x00"), "encrypted"),
        (patched(6, 8, b"\x40\x00"), "encrypted"),
        (patched(6, 8, b"\x00\x20"), "encrypted"),
        (patched(6, 8, b"\x08\x00"), "size only after"),
        (patched(8, 10, b"\x0c\x00"), "compressed"),
        (patched(18, 20, b"\x06\x00\x00\x00"), "two sizes"),
        (patched(14, 34, b"\x01\x00"), "split"),
        (patched(6, 8, b"\x00\x08"), "do not say"),
        (patched(30, 46, b"\xff"), "not UTF-8"),
    ],
)
def test_what_the_headers_may_not_say(data: bytes, word: str):
    refused(data, word)


def test_compressed_entries_are_refused_unread():
    """One megabyte that would become one gigabyte: a bomb is refused by its method alone."""
    refused(by_python({"bomb.bin": bytes(2**20)}, method=ZIP_DEFLATED), "compressed")


def test_a_zip_bomb_whose_entries_all_lie_on_one_another_is_refused():
    content = b"the same bytes " * 100
    entries = [(entry_of(name, content), content) for name in ("a", "b", "c")]
    refused(by_hand(entries), "overlaps")


def test_a_zip_bomb_that_quotes_its_own_headers_is_refused():
    """CVE-2024-0450: each entry holds the header of the next one as part of its content."""
    inner = entry_of("inner", b"kernel", 0)
    quoted = zipform.local_header(inner) + b"kernel"
    outer = entry_of("outer", quoted)
    placed = Entry("inner", inner.size, inner.crc, outer.end - len(quoted))
    data = by_hand([(outer, quoted)], listed=[outer, placed])
    assert ZipFile(io.BytesIO(data)).read("outer") == quoted
    refused(data, "overlaps")


def test_bytes_between_entries_are_refused():
    first, second = entry_of("a", b"one"), entry_of("b", b"two", 100)
    refused(by_hand([(first, b"one"), (second, b"two")]), "belong to no entry")
    hidden = zip_of({"a": b"one", "hidden": b"two"})
    cut = hidden[: hidden.index(zipform.CENTRAL_MARK)]
    refused(cut + ending([first], len(cut)), "do not end where")


def test_entries_are_listed_as_they_are_stored():
    first = entry_of("a", b"one")
    second = entry_of("b", b"two", first.end)
    both = [(first, b"one"), (second, b"two")]
    assert opened(by_hand(both)).names()
    refused(by_hand(both, listed=[second, first]), "another order")


def test_the_name_before_the_content_is_the_name_in_the_list():
    data = zip_of({"honest.txt": b"content"})
    refused(data.replace(b"honest.txt", b"hidden.txt", 1), "another name in front")


def test_the_header_before_the_content_is_that_in_the_list():
    data = bytearray(zip_of({"a.txt": b"content"}))
    data[14] ^= 1
    refused(bytes(data), "not what its list says")


def test_content_that_does_not_match_its_crc_is_refused():
    archive = opened(by_hand([(Entry("a", 3, 0, 0), b"one")]))
    with pytest.raises(PackageFault, match="CRC"):
        list(archive.chunks("a"))


def test_a_file_that_got_shorter_meanwhile_is_refused():
    file = io.BytesIO(zip_of({"a": b"content"}))
    archive = open_archive(file)
    file.truncate(33)
    with pytest.raises(PackageFault, match="too early"):
        list(archive.chunks("a"))


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("../../tmp/evil.txt",), "leads out"),
        (("..\\..\\evil.txt",), "Windows path"),
        (("/etc/passwd",), "absolute"),
        (("C:/evil.txt",), "Windows path"),
        (("~/evil.txt",), "home folder"),
        (("good.txt", "../../../../../../tmp/evil.txt"), "leads out"),
        (("folder/",), "folder"),
        (("a", "a"), "twice"),
        (("data/a.txt", "data/A.txt"), "case only"),
        (("data/straße", "data/STRASSE"), "case only"),
        (("a", "a/b"), "a folder of"),
        (("Nun\u0303ez",), "NFC"),
        (("data/con.txt",), "device"),
        (("data/AUX",), "device"),
        (("evil\u202egpj.exe",), "cannot be seen"),
        (("a\nb",), "cannot be seen"),
        (("x" * 241,), "longer than 240"),
        (("x" * 129,), "longer than 128"),
    ],
)
def test_names_that_lie_are_refused(names: tuple[str, ...], word: str):
    """Among them those of the zip-slip samples; nothing is ever extracted either way."""
    refused(zip_of([(name, b"x") for name in names]), word)


def test_limits_are_held_before_anything_is_read():
    refused(zip_of(FILES), "more than 2 entries", entries=2)
    refused(zip_of(FILES), "larger than 10 bytes", total_bytes=10)
    whole = sound()
    all_of_it = zipform.end_records(count=1, size=len(whole) - 22, offset=0)
    refused(whole[:-22] + all_of_it, "larger than the names")


def test_a_damaged_list_is_refused():
    data = bytearray(zip_of(FILES))
    data[data.index(zipform.CENTRAL_MARK)] ^= 1
    refused(bytes(data), "list of entries is damaged")
    whole = sound()
    count = len(files_of(whole))
    fewer = struct.pack("<HH", count - 1, count - 1)
    refused(whole[:-14] + fewer + whole[-10:], "belong to none")
