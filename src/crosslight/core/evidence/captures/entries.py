"""Reading the ZIP of a WACZ by its entries, without ever extracting.

Tools of the web archives' world deflate indexes, write sizes behind the content and add times, so
the one form of packages (packages/archive.py) cannot be asked of them. What is asked is that every
program sees the same files: one list, one name each, nothing hidden, nothing that overlaps.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from crosslight.core.evidence.captures.findings import CaptureFault, Code
from crosslight.core.evidence.captures.limits import LIMITS, CaptureLimits
from crosslight.core.evidence.captures.streams import CHUNK_BYTES
from crosslight.core.evidence.packages import names, zipform
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import LIMITS as PACKAGE_LIMITS
from crosslight.core.evidence.packages.zipform import CENTRAL, END, LOCAL, MAX16, MAX32

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_SIZES_FOLLOW = 0x0008
_RAW_DEFLATE = -zlib.MAX_WBITS
# Names again, in another encoding: two programs would show two names.
_UNICODE_PATH = 0x7075
_MARK = b"PK\x07\x08"


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """`number` counts from 1 in the order of the list; `offset` is that of the local header."""

    number: int
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int = 0

    @property
    def end(self) -> int:
        return self.start + self.packed

    @property
    def where(self) -> str:
        return f"entry {self.number}"


class ZipFiles:
    """The entries of a ZIP that every program reads alike. `open_zip` makes one."""

    def __init__(
        self, file: BinaryIO, entries: Sequence[ZipEntry], limits: CaptureLimits = LIMITS
    ) -> None:
        self._file, self._limits = file, limits
        self.entries = {entry.name: entry for entry in entries}

    def chunks(self, entry: ZipEntry) -> Iterator[bytes]:
        """The content in pieces, never more than the list says; raises where it differs."""
        crc = size = 0
        for chunk in self._inflated(entry) if entry.method else self._packed(entry):
            size += len(chunk)
            if size > entry.size:
                raise CaptureFault(Code.ENTRY_DAMAGED, entry.where)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if (size, crc) != (entry.size, entry.crc):
            raise CaptureFault(Code.ENTRY_DAMAGED, entry.where)

    def read(self, entry: ZipEntry, *, limit: int) -> bytes:
        if entry.size > limit:
            raise CaptureFault(Code.TOO_LARGE, entry.where)
        return b"".join(self.chunks(entry))

    def _packed(self, entry: ZipEntry) -> Iterator[bytes]:
        at = entry.start
        while at < entry.end:
            # Somebody else may have read elsewhere between two pieces.
            chunk = _read_at(self._file, at, min(CHUNK_BYTES, entry.end - at))
            if not chunk:
                raise CaptureFault(Code.ENTRY_DAMAGED, entry.where)
            at += len(chunk)
            yield chunk

    def _inflated(self, entry: ZipEntry) -> Iterator[bytes]:
        inflater = zlib.decompressobj(_RAW_DEFLATE)
        try:
            for packed in self._packed(entry):
                left = packed
                while left and not inflater.eof:
                    yield inflater.decompress(left, CHUNK_BYTES)
                    left = inflater.unconsumed_tail
                if inflater.unused_data:
                    raise CaptureFault(Code.HIDDEN_BYTES, entry.where)
            yield inflater.flush()
        except zlib.error as error:
            raise CaptureFault(Code.ENTRY_DAMAGED, entry.where) from error
        if not inflater.eof:
            raise CaptureFault(Code.ENTRY_DAMAGED, entry.where)


@dataclass(frozen=True, slots=True)
class _Directory:
    count: int
    size: int
    offset: int


def open_zip(file: BinaryIO, *, limits: CaptureLimits = LIMITS) -> ZipFiles:
    """Raises CaptureFault before any content is read."""
    directory = _find_directory(file)
    if directory.count > limits.entries:
        raise CaptureFault(Code.TOO_MANY_ENTRIES)
    most = directory.count * (CENTRAL.size + 3 * PACKAGE_LIMITS.name_bytes)
    if directory.size > most:
        raise CaptureFault(Code.TOO_LARGE, "list")
    listed = list(_listed(_read_at(file, directory.offset, directory.size), directory))
    for entry in listed:
        _check_kind(entry)
    _check_names(listed)
    _check_sizes(listed, limits)
    entries = sorted((_located(file, entry) for entry in listed), key=lambda entry: entry.offset)
    _check_places(file, entries, until=directory.offset)
    files = [entry for entry in entries if not entry.name.endswith("/")]
    return ZipFiles(file, sorted(files, key=lambda entry: entry.number), limits)


def _find_directory(file: BinaryIO) -> _Directory:
    whole = file.seek(0, 2)
    at = whole - END.size
    tail = _read_at(file, max(0, at), END.size)
    if len(tail) < END.size or _read_at(file, 0, 4) != zipform.LOCAL_MARK:
        raise CaptureFault(Code.NOT_A_ZIP)
    if tail[:4] != zipform.END_MARK or tail[-2:] != b"\0\0":
        raise CaptureFault(Code.HIDDEN_BYTES, "end")
    _, disk, first_disk, here, count, size, offset, _ = END.unpack(tail)
    if disk or first_disk or here != count:
        raise CaptureFault(Code.NOT_A_ZIP)
    locator = _read_at(file, max(0, at - zipform.LOCATOR64.size), zipform.LOCATOR64.size)
    if locator[:4] == zipform.LOCATOR64_MARK:
        at -= zipform.LOCATOR64.size + zipform.END64.size
        count, size, offset = _end64(file, at, _Directory(count, size, offset))
    if offset + size != at:
        raise CaptureFault(Code.HIDDEN_BYTES, "list")
    return _Directory(count, size, offset)


def _end64(file: BinaryIO, at: int, short: _Directory) -> tuple[int, int, int]:
    data = _read_at(file, max(0, at), zipform.END64.size)
    if at < 0 or data[:4] != zipform.END64_MARK:
        raise CaptureFault(Code.HIDDEN_BYTES, "end")
    *_, here, count, size, offset = zipform.END64.unpack(data)
    pairs = ((short.count, count, MAX16), (short.size, size, MAX32), (short.offset, offset, MAX32))
    if here != count or any(few not in {many, full} for few, many, full in pairs):
        raise CaptureFault(Code.HEADERS_DIFFER, "end")
    return count, size, offset


def _listed(data: bytes, directory: _Directory) -> Iterator[ZipEntry]:
    at = 0
    for number in range(1, directory.count + 1):
        head = data[at : at + CENTRAL.size]
        if len(head) < CENTRAL.size or head[:4] != zipform.CENTRAL_MARK:
            raise CaptureFault(Code.HEADERS_DIFFER, "list")
        fields = CENTRAL.unpack(head)
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_length, extra_length, comment_length, disk = fields[10:14]
        attributes, offset = fields[15:17]
        where = f"entry {number}"
        at += CENTRAL.size
        name = _name(data[at : at + name_length], flags=flags, where=where)
        extra = data[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment_length
        if disk or comment_length:
            raise CaptureFault(Code.HIDDEN_BYTES, where)
        if stat.S_ISLNK(attributes >> 16):
            raise CaptureFault(Code.LINK, where)
        size, packed, offset = _wide(extra, (size, packed, offset), where=where)
        yield ZipEntry(number, name, flags, method, crc, packed, size, offset)
    if at != len(data):
        raise CaptureFault(Code.HIDDEN_BYTES, "list")


def _name(raw: bytes, *, flags: int, where: str) -> str:
    try:
        return raw.decode("utf-8" if flags & zipform.UTF8_FLAG else "ascii")
    except UnicodeDecodeError as error:
        raise CaptureFault(Code.UNSAFE_NAME, where) from error


def _wide(extra: bytes, short: tuple[int, int, int], *, where: str) -> tuple[int, int, int]:
    """Size, packed size and offset, from the ZIP64 field where the header has no room for them."""
    values = _extra_fields(extra, where=where).get(zipform.ZIP64_FIELD, b"")
    wide, at = [], 0
    for value in short:
        if value == MAX32:
            if len(values) < at + 8:
                raise CaptureFault(Code.HEADERS_DIFFER, where)
            value, at = int.from_bytes(values[at : at + 8], "little"), at + 8  # noqa: PLW2901
        wide.append(value)
    return wide[0], wide[1], wide[2]


def _extra_fields(extra: bytes, *, where: str) -> dict[int, bytes]:
    fields: dict[int, bytes] = {}
    at = 0
    while at < len(extra):
        if at + 4 > len(extra):
            raise CaptureFault(Code.HEADERS_DIFFER, where)
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind in fields or kind == _UNICODE_PATH or at + 4 + length > len(extra):
            raise CaptureFault(Code.HEADERS_DIFFER, where)
        fields[kind] = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return fields


def _check_kind(entry: ZipEntry) -> None:
    if entry.flags & _ENCRYPTED:
        raise CaptureFault(Code.ENCRYPTED, entry.where)
    if entry.method not in {_STORED, _DEFLATED}:
        raise CaptureFault(Code.UNKNOWN_METHOD, entry.where)
    if entry.method == _STORED and entry.packed != entry.size:
        raise CaptureFault(Code.HEADERS_DIFFER, entry.where)
    if entry.name.endswith("/") and entry.size:
        raise CaptureFault(Code.HIDDEN_BYTES, entry.where)


def _check_names(entries: Sequence[ZipEntry]) -> None:
    plain = [entry.name.removesuffix("/") for entry in entries]
    for entry, name in zip(entries, plain, strict=True):
        try:
            names.check_name(name, limits=PACKAGE_LIMITS)
        except PackageFault as error:
            raise CaptureFault(Code.UNSAFE_NAME, entry.where) from error
    folders = [name for entry, name in zip(entries, plain, strict=True) if entry.name != name]
    files = [entry.name for entry in entries if not entry.name.endswith("/")]
    if len(folders) != len(set(folders)) or set(folders) & set(files):
        raise CaptureFault(Code.DUPLICATE_NAME)
    try:
        names.check_collisions(files)
    except PackageFault as error:
        raise CaptureFault(Code.DUPLICATE_NAME) from error


def _check_sizes(entries: Sequence[ZipEntry], limits: CaptureLimits) -> None:
    if sum(entry.size for entry in entries) > limits.total_bytes:
        raise CaptureFault(Code.TOO_LARGE)
    for entry in entries:
        if limits.is_too_much(came_in=entry.packed, came_out=entry.size):
            raise CaptureFault(Code.BLOWS_UP, entry.where)


def _located(file: BinaryIO, entry: ZipEntry) -> ZipEntry:
    """With the place of its content, once its own header says what the list says."""
    head = _read_at(file, entry.offset, LOCAL.size)
    if len(head) < LOCAL.size or head[:4] != zipform.LOCAL_MARK:
        raise CaptureFault(Code.HEADERS_DIFFER, entry.where)
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = LOCAL.unpack(head)
    rest = _read_at(file, entry.offset + LOCAL.size, name_length + extra_length)
    name = _name(rest[:name_length], flags=flags, where=entry.where)
    if (name, flags & ~_SIZES_FOLLOW, method) != (
        entry.name,
        entry.flags & ~_SIZES_FOLLOW,
        entry.method,
    ):
        raise CaptureFault(Code.HEADERS_DIFFER, entry.where)
    size, packed, _ = _wide(rest[name_length:], (size, packed, 0), where=entry.where)
    follow = entry.flags & _SIZES_FOLLOW
    if follow != flags & _SIZES_FOLLOW:
        raise CaptureFault(Code.HEADERS_DIFFER, entry.where)
    said, listed = (crc, packed, size), (entry.crc, entry.packed, entry.size)
    if said != listed and not (follow and not any(said)):
        raise CaptureFault(Code.HEADERS_DIFFER, entry.where)
    start = entry.offset + LOCAL.size + name_length + extra_length
    return ZipEntry(
        entry.number,
        name,
        flags,
        method,
        entry.crc,
        entry.packed,
        entry.size,
        entry.offset,
        start,
    )


def _check_places(file: BinaryIO, entries: Sequence[ZipEntry], *, until: int) -> None:
    """One after the other from the first byte to the list; sizes may follow where announced."""
    if not entries or entries[0].offset:
        raise CaptureFault(Code.HIDDEN_BYTES, "beginning")
    ends = [entry.offset for entry in entries[1:]] + [until]
    for entry, end in zip(entries, ends, strict=True):
        if entry.end > end:
            raise CaptureFault(Code.OVERLAP, entry.where)
        if entry.end < end and not _is_descriptor(file, entry, end):
            raise CaptureFault(Code.HIDDEN_BYTES, entry.where)
    if any(one.offset == two.offset for one, two in pairwise(entries)):
        raise CaptureFault(Code.OVERLAP)


def _is_descriptor(file: BinaryIO, entry: ZipEntry, end: int) -> bool:
    """CRC and sizes that follow the content, in the four forms that tools write."""
    if not entry.flags & _SIZES_FOLLOW or end - entry.end > len(_MARK) + 4 + 16:
        return False
    found = _read_at(file, entry.end, end - entry.end)
    if entry.packed > MAX32 or entry.size > MAX32:
        forms = {struct.pack("<LQQ", entry.crc, entry.packed, entry.size)}
    else:
        forms = {
            struct.pack(form, entry.crc, entry.packed, entry.size) for form in ("<LLL", "<LQQ")
        }
    return found in forms | {_MARK + form for form in forms}


def _read_at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
