"""Reading the directories of EXIF (TIFF 6.0) just far enough to tell what they would betray."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_ENTRY_BYTES = 12
_MOST_ENTRIES, _MOST_DIRECTORIES = 512, 32
_GPS, _EXIF, _SUB_IFDS, _PREVIEW = 0x8825, 0x8769, 0x014A, 0x0201
# Latitude, longitude, and the two of a destination.
_PLACES = frozenset({2, 4, 20, 22})
# Make, model, artist, owner, body and lens serial numbers, and Windows' author.
_TRACES = frozenset({0x010F, 0x0110, 0x013B, 0xA430, 0xA431, 0xA435, 0xC62F, 0x9C9D})
_LONG, _SHORT = 4, 3


@dataclass(frozen=True, slots=True)
class Betrayed:
    location: bool = False
    device: bool = False
    preview: bool = False

    def __or__(self, other: Betrayed) -> Betrayed:
        return Betrayed(
            self.location or other.location,
            self.device or other.device,
            self.preview or other.preview,
        )


NOTHING = Betrayed()


def read_exif(file: BinaryIO, *, start: int) -> Betrayed:
    """`start` is that of the TIFF header. What cannot be read says nothing; loops end."""
    file.seek(start)
    head = file.read(8)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if order is None or len(head) < len(b"II*\0") + 4:
        return NOTHING
    found = NOTHING
    waiting, seen = [(struct.unpack(f"{order}L", head[4:])[0], False)], set[int]()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        at, is_gps = waiting.pop()
        if not at or at in seen:
            continue
        seen.add(at)
        entries, following = _directory(file, start + at, order)
        waiting.append((following, False))
        for tag, kind, value in entries:
            found |= _meaning(tag, is_gps=is_gps)
            if not is_gps and kind == _LONG and tag in {_GPS, _EXIF, _SUB_IFDS}:
                waiting.append((value, tag == _GPS))
    return found


def _meaning(tag: int, *, is_gps: bool) -> Betrayed:
    if is_gps:
        return Betrayed(location=tag in _PLACES)
    return Betrayed(device=tag in _TRACES, preview=tag == _PREVIEW)


def _directory(file: BinaryIO, at: int, order: str) -> tuple[list[tuple[int, int, int]], int]:
    file.seek(at)
    head = file.read(2)
    count = struct.unpack(f"{order}H", head)[0] if len(head) == len(b"II") else 0
    if not 0 < count <= _MOST_ENTRIES:
        return [], 0
    data = file.read(count * _ENTRY_BYTES + 4)
    following = data[count * _ENTRY_BYTES :]
    after = struct.unpack(f"{order}L", following)[0] if len(following) == _LONG else 0
    return list(_entries(data[: count * _ENTRY_BYTES], order)), after


def _entries(data: bytes, order: str) -> Iterator[tuple[int, int, int]]:
    for at in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        tag, kind, _, value = struct.unpack_from(f"{order}HHLL", data, at)
        yield tag, kind, value
