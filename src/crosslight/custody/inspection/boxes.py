"""Walking the boxes of MP4 and QuickTime for what phones and cameras write of place and device.

ISO/IEC 14496-12; keys of Apple's QuickTime metadata; 3GPP TS 26.244 (`loci`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

_MOST_BOXES, _DEEPEST = 4_000, 10
_MOST_READ = 2**20
# Size and kind; then, where the size is 1, the size again with room for large ones.
_HEAD, _LARGE_HEAD = 8, 16
_HOLDERS = frozenset({b"moov", b"udta", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
_PLACES = frozenset({b"\xa9xyz", b"loci"})
_DEVICES = frozenset({b"\xa9mak", b"\xa9mod", b"\xa9aut", b"auth"})
# Tracks of positions, as action cameras and some phones record them.
_TRACKS = (b"gpmd", b"camm", b"rtmd")
_PLACE_KEYS = (b"location.ISO6709", b"location.name", b"GPSLatitude")
_DEVICE_KEYS = (b"quicktime.make", b"quicktime.model", b"quicktime.author", b"android.model")
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
PROVENANCE = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


@dataclass
class Boxes:
    location: bool = False
    device: bool = False
    provenance: bool = False
    is_readable: bool = True
    seen: int = field(default=0, repr=False)


def read_boxes(file: BinaryIO) -> Boxes:
    found = Boxes()
    size = file.seek(0, 2)
    _walk(file, (0, size), found, depth=0)
    return found


def _walk(file: BinaryIO, span: tuple[int, int], found: Boxes, *, depth: int) -> None:
    if depth > _DEEPEST:
        found.is_readable = False
        return
    for kind, start, end in _children(file, span, found):
        found.location |= kind in _PLACES
        found.device |= kind in _DEVICES
        if kind in _HOLDERS:
            _walk(file, (start, end), found, depth=depth + 1)
        elif kind in {b"meta", b"stsd", b"uuid"}:
            _read(kind, _content(file, start, end), found)


def _read(kind: bytes, content: bytes, found: Boxes) -> None:
    if kind == b"uuid":
        found.provenance |= content.startswith(PROVENANCE)
        content = content if content.startswith(_XMP) else b""
    if kind == b"stsd":
        found.location |= any(track in content for track in _TRACKS)
        return
    found.location |= any(key in content for key in _PLACE_KEYS)
    found.location |= any(place in content for place in _PLACES)
    found.device |= any(key in content for key in _DEVICE_KEYS)


def _children(
    file: BinaryIO, span: tuple[int, int], found: Boxes
) -> Iterator[tuple[bytes, int, int]]:
    at, end = span
    while at + _HEAD <= end:
        file.seek(at)
        head = file.read(_LARGE_HEAD)
        found.seen += 1
        if len(head) < _HEAD or found.seen > _MOST_BOXES:
            found.is_readable = False
            return
        size, kind = struct.unpack(">L4s", head[:_HEAD])
        start = at + _HEAD
        if size == 1 and len(head) == _LARGE_HEAD:
            size, start = int.from_bytes(head[_HEAD:], "big"), at + _LARGE_HEAD
        size = size or end - at
        if at + size > end or at + size < start:
            # The end of a QuickTime list is four bytes of nought; anything else is damage.
            found.is_readable = found.is_readable and not any(head[:4])
            return
        yield kind, start, at + size
        at += size


def _content(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(min(end - start, _MOST_READ))
