"""The one way in which a package's ZIP is written: every header follows from name, size and CRC.

PKWARE APPNOTE 6.3.10. The reader makes the same headers again and compares, so that no byte
outside the files can change unnoticed. Times are 1980-01-01: when files were made is said in
metadata/package.json, which is signed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR64 = struct.Struct("<4sLQL")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64_MARK, LOCATOR64_MARK = b"PK\x06\x06", b"PK\x06\x07"

UTF8_FLAG = 0x0800
# A value of all ones says: the real one is in the ZIP64 field.
MAX16, MAX32 = 0xFFFF, 0xFFFFFFFF
ZIP64_FIELD = 1

_VERSION, _VERSION64 = 20, 45
_MADE_ON_UNIX = 3 << 8
_STORED = 0
_TIME, _DATE = 0, 0x21
_REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """`offset` is where its local header begins; `crc` is the CRC-32 of its content."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def end(self) -> int:
        return self.offset + len(local_header(self)) + self.size


def local_header(entry: Entry) -> bytes:
    name, flags = _name(entry)
    is_large = entry.size >= MAX32
    extra = _zip64([entry.size, entry.size] if is_large else [])
    size = min(entry.size, MAX32)
    version = _VERSION64 if is_large else _VERSION
    lengths = (len(name), len(extra))
    head = (LOCAL_MARK, version, flags, _STORED, _TIME, _DATE, entry.crc, size, size, *lengths)
    return LOCAL.pack(*head) + name + extra


def central_header(entry: Entry) -> bytes:
    name, flags = _name(entry)
    far = [entry.size, entry.size] if entry.size >= MAX32 else []
    far += [entry.offset] if entry.offset >= MAX32 else []
    extra = _zip64(far)
    version = _VERSION64 if far else _VERSION
    size = min(entry.size, MAX32)
    head = (CENTRAL_MARK, _MADE_ON_UNIX | version, version, flags, _STORED, _TIME, _DATE)
    lengths = (len(name), len(extra), 0)
    rest = (0, 0, _REGULAR_FILE, min(entry.offset, MAX32))
    return CENTRAL.pack(*head, entry.crc, size, size, *lengths, *rest) + name + extra


def end_records(*, count: int, size: int, offset: int) -> bytes:
    """What follows the central directory of `count` entries, `size` bytes, at `offset`."""
    few = min(count, MAX16)
    end = END.pack(END_MARK, 0, 0, few, few, min(size, MAX32), min(offset, MAX32), 0)
    if count < MAX16 and size < MAX32 and offset < MAX32:
        return end
    length = END64.size - 12
    versions = (_MADE_ON_UNIX | _VERSION64, _VERSION64)
    end64 = END64.pack(END64_MARK, length, *versions, 0, 0, count, count, size, offset)
    return end64 + LOCATOR64.pack(LOCATOR64_MARK, 0, offset + size, 1) + end


class Writer:
    """Writes entries one after the other; `close` adds the list of them."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._entries: list[Entry] = []
        self._at = 0

    def add(self, name: str, chunks: Iterable[bytes], *, size: int, crc: int) -> None:
        """The caller vouches that `chunks` have this size and CRC."""
        entry = Entry(name, size, crc, self._at)
        self._out.write(local_header(entry))
        for chunk in chunks:
            self._out.write(chunk)
        self._entries.append(entry)
        self._at = entry.end

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, [content], size=len(content), crc=zlib.crc32(content))

    def close(self) -> None:
        directory = b"".join(map(central_header, self._entries))
        self._out.write(directory)
        self._out.write(end_records(count=len(self._entries), size=len(directory), offset=self._at))


def _name(entry: Entry) -> tuple[bytes, int]:
    return entry.name.encode(), 0 if entry.name.isascii() else UTF8_FLAG


def _zip64(values: list[int]) -> bytes:
    if not values:
        return b""
    return struct.pack(f"<HH{len(values)}Q", ZIP64_FIELD, 8 * len(values), *values)
