"""Reading a package's ZIP, entry by entry, without ever extracting.

Python's zipfile reads what it can; this reads one form only (see zipform) and names what is wrong.
A list and entries that overlap, gaps, prefixes and comments are how one file shows different
things to different programs, so each of them is refused.
"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from crosslight.core.evidence.packages import names, zipform
from crosslight.core.evidence.packages.faults import PackageFault, shown
from crosslight.core.evidence.packages.limits import LIMITS, Limits
from crosslight.core.evidence.packages.zipform import MAX16, MAX32, Entry

CHUNK_BYTES = 2**20
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_SIZES_FOLLOW = 0x0008
_MSDOS_FOLDER = 0x10
_ZIP64_BYTES = 4 + 3 * 8


class Archive:
    """The entries of a sound ZIP by name. `open_archive` makes one."""

    def __init__(self, file: BinaryIO, entries: Sequence[Entry]) -> None:
        self._file = file
        self._entries = {entry.name: entry for entry in entries}

    def names(self) -> list[str]:
        return list(self._entries)

    def size(self, name: str) -> int:
        return self._entries[name].size

    def crc(self, name: str) -> int:
        return self._entries[name].crc

    def place(self, name: str) -> tuple[int, int]:
        """Where the content of a file begins, and how long it is; it lies there as it is."""
        if name not in self._entries:
            raise PackageFault(f"{name} is missing.")
        entry = self._entries[name]
        return entry.end - entry.size, entry.size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content in pieces; raises at its end if it does not match its CRC."""
        entry = self._entries[name]
        left, crc = entry.size, 0
        while left:
            # Others may read from the same file between two pieces.
            self._file.seek(entry.end - left)
            chunk = self._file.read(min(left, CHUNK_BYTES))
            if not chunk:
                raise PackageFault(f"{shown(name)} ends too early.")
            left -= len(chunk)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if crc != entry.crc:
            raise PackageFault(f"{shown(name)} does not match its CRC in the ZIP.")

    def read(self, name: str, *, limit: int) -> bytes:
        """All of a small file; raises where it is not there or larger than `limit`."""
        if name not in self._entries:
            raise PackageFault(f"{name} is missing.")
        if self.size(name) > limit:
            raise PackageFault(f"{name} is larger than {limit} bytes.")
        return b"".join(self.chunks(name))


@dataclass(frozen=True, slots=True)
class _Directory:
    count: int
    size: int
    offset: int


def open_archive(file: BinaryIO, *, limits: Limits = LIMITS) -> Archive:
    directory = _find_directory(file)
    if directory.count > limits.entries:
        raise PackageFault(f"It has more than {limits.entries} entries.")
    most = directory.count * (zipform.CENTRAL.size + limits.name_bytes + _ZIP64_BYTES)
    if directory.size > most:
        raise PackageFault("The list of entries is larger than the names in it may be.")
    entries = list(_listed(_read_at(file, directory.offset, directory.size), directory))
    names.check_collisions(entry.name for entry in entries)
    for entry in entries:
        names.check_name(entry.name, limits=limits)
    if sum(entry.size for entry in entries) > limits.total_bytes:
        raise PackageFault(f"Its files are larger than {limits.total_bytes} bytes.")
    _check_places(entries, until=directory.offset)
    for entry in entries:
        _check_local(file, entry)
    return Archive(file, entries)


def _find_directory(file: BinaryIO) -> _Directory:
    whole = file.seek(0, 2)
    if _read_at(file, 0, 4) != zipform.LOCAL_MARK:
        raise PackageFault("It does not begin as a ZIP: there are other bytes before it, or none.")
    tail = _read_at(file, max(0, whole - zipform.END.size), zipform.END.size)
    if len(tail) < zipform.END.size or tail[:4] != zipform.END_MARK or tail[-2:] != b"\0\0":
        raise PackageFault("It does not end as a ZIP: there is a comment or other bytes after it.")
    _, _, _, _, count, size, offset, _ = zipform.END.unpack(tail)
    if count == MAX16 or MAX32 in {size, offset}:
        count, size, offset = _end64(file, whole)
    end = zipform.end_records(count=count, size=size, offset=offset)
    if offset + size + len(end) != whole:
        raise PackageFault("The list of entries is not right before the end of the ZIP.")
    if _read_at(file, offset + size, len(end)) != end:
        raise PackageFault("The end of the ZIP is not written as a package's is.")
    return _Directory(count, size, offset)


def _end64(file: BinaryIO, whole: int) -> tuple[int, int, int]:
    at = whole - zipform.END.size - zipform.LOCATOR64.size - zipform.END64.size
    data = _read_at(file, max(0, at), zipform.END64.size)
    if at < 0 or data[:4] != zipform.END64_MARK:
        raise PackageFault("The end of this large ZIP is damaged.")
    *_, count, size, offset = zipform.END64.unpack(data)
    return count, size, offset


def _listed(data: bytes, directory: _Directory) -> Iterator[Entry]:
    at = 0
    for _ in range(directory.count):
        head = data[at : at + zipform.CENTRAL.size]
        if len(head) < zipform.CENTRAL.size or head[:4] != zipform.CENTRAL_MARK:
            raise PackageFault("The list of entries is damaged.")
        entry, length = _central(head, data, after=at + zipform.CENTRAL.size)
        if data[at : at + length] != zipform.central_header(entry):
            raise PackageFault(
                f"The ZIP says something of {shown(entry.name)} that packages do not say (a time, "
                "a system, a version)."
            )
        yield entry
        at += length
    if at != len(data):
        raise PackageFault("The list of entries has bytes that belong to none.")


def _central(head: bytes, data: bytes, *, after: int) -> tuple[Entry, int]:
    """An entry of the list and how many bytes it takes there, once nothing in it is forbidden."""
    fields = zipform.CENTRAL.unpack(head)
    flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
    name_length, extra_length, comment_length, disk = fields[10:14]
    attributes, offset = fields[15:17]
    name = _decoded(data[after : after + name_length], flags=flags)
    extra = data[after + name_length : after + name_length + extra_length]
    _check_kind(name, flags=flags, method=method, attributes=attributes)
    if comment_length:
        raise PackageFault(f"{shown(name)} carries a comment.")
    if disk:
        raise PackageFault(f"{shown(name)} lies in another part of a split ZIP.")
    if packed != size:
        raise PackageFault(f"{shown(name)} is stored and yet has two sizes.")
    size, offset = _far(extra, name=name, size=size, offset=offset)
    return Entry(name, size, crc, offset), len(head) + name_length + extra_length


def _decoded(name: bytes, *, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & zipform.UTF8_FLAG else "ascii")
    except UnicodeDecodeError as error:
        raise PackageFault(f"The name {shown(name)} is not UTF-8 and marked so.") from error


def _check_kind(name: str, *, flags: int, method: int, attributes: int) -> None:
    if flags & _ENCRYPTED:
        raise PackageFault(f"{shown(name)} is encrypted inside the ZIP.")
    if method:
        raise PackageFault(f"{shown(name)} is compressed; packages only store.")
    if flags & _SIZES_FOLLOW:
        raise PackageFault(f"{shown(name)} says its size only after its content.")
    mode = attributes >> 16
    if stat.S_ISLNK(mode):
        raise PackageFault(f"{shown(name)} is a symbolic link.")
    if name.endswith("/") or stat.S_ISDIR(mode) or attributes & _MSDOS_FOLDER:
        raise PackageFault(f"{shown(name)} is a folder; packages list files only.")
    if not stat.S_ISREG(mode):
        raise PackageFault(f"{shown(name)} is not a regular file.")


def _far(extra: bytes, *, name: str, size: int, offset: int) -> tuple[int, int]:
    """Size and offset, from the ZIP64 field where the header has no room for them."""
    wanted = 2 * (size == MAX32) + (offset == MAX32)
    if not extra and not wanted:
        return size, offset
    if len(extra) != 4 + 8 * wanted or extra[:4] != bytes((1, 0, 8 * wanted, 0)):
        raise PackageFault(
            f"{shown(name)} carries an extra field, or lacks the one of large files."
        )
    values = [int.from_bytes(extra[at : at + 8], "little") for at in range(4, len(extra), 8)]
    return (values[0] if size == MAX32 else size), (values[-1] if offset == MAX32 else offset)


def _check_places(entries: Sequence[Entry], *, until: int) -> None:
    """One after the other, from the first byte to the list, in the order of the list."""
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < at:
            raise PackageFault(f"{shown(entry.name)} overlaps the entry before it.")
        if entry.offset > at:
            raise PackageFault(f"Before {shown(entry.name)} are bytes that belong to no entry.")
        at = entry.end
    if at != until:
        raise PackageFault("The entries do not end where the list of them begins.")
    if any(one.offset >= two.offset for one, two in pairwise(entries)):
        raise PackageFault("The entries are listed in another order than they are stored in.")


def _check_local(file: BinaryIO, entry: Entry) -> None:
    expected = zipform.local_header(entry)
    found = _read_at(file, entry.offset, len(expected))
    if found == expected:
        return
    name = entry.name.encode()
    if found[zipform.LOCAL.size :][: len(name)] != name:
        raise PackageFault(f"{shown(entry.name)} has another name in front of its content.")
    raise PackageFault(f"What the ZIP says before {shown(entry.name)} is not what its list says.")


def _read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
