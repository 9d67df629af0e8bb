"""Where a picture was taken and with what: EXIF, XMP and IPTC, wherever in the file they lie.

The bytes are searched, not the parts that a decoder would show: a second EXIF block, that of an
embedded preview, of a HEIC or of a picture inside a PDF is found, too. Nothing is decoded.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from crosslight.custody.inspection.exif import NOTHING, Betrayed, read_exif

_STEP = 2**20
_EXIF = b"Exif\0\0"
_IPTC = b"Photoshop 3.0\0"
_XMP_PLACES = (
    b"GPSLatitude",
    b"GPSLongitude",
    b"photoshop:City",
    b"Iptc4xmpCore:Location",
    b"LocationCreated",
    b"LocationShown",
)
# Record 2: city, sub-location, province, country.
_IPTC_PLACES = (b"\x1c\x02\x5a", b"\x1c\x02\x5c", b"\x1c\x02\x5f", b"\x1c\x02\x65")
_IPTC_BYTES = 2**16
_PROVENANCE = (b"c2pa", b"dcterms:provenance")
_PDF_ACTIONS = (b"/JavaScript", b"/JS", b"/Launch")
_OVERLAP = max(map(len, (*_XMP_PLACES, *_PROVENANCE, *_PDF_ACTIONS, _IPTC))) - 1
_MOST_BLOCKS = 64
_MOST_TEXT = 4 * 2**20
_PNG_TEXT = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
_MOST_CHUNKS = 20_000
_HEAD_BYTES = 8


@dataclass
class Betrayals:
    exif: Betrayed = NOTHING
    xmp: bool = False
    iptc: bool = False
    provenance: bool = False
    pdf_actions: bool = False
    is_whole: bool = True
    exif_at: set[int] = field(default_factory=set)
    iptc_at: set[int] = field(default_factory=set)


def search(file: BinaryIO, found: Betrayals, *, most: int) -> Betrayals:
    """Looks at `most` bytes and adds to `found`; `is_whole` says whether that was all."""
    size = file.seek(0, 2)
    found.is_whole = size <= most
    for at, piece in _pieces(file, min(size, most)):
        found.xmp = found.xmp or _has(piece, _XMP_PLACES)
        found.provenance = found.provenance or _has(piece, _PROVENANCE)
        found.pdf_actions = found.pdf_actions or _has(piece, _PDF_ACTIONS)
        _keep(found.exif_at, (at + each for each in _places(piece, _EXIF)))
        _keep(found.iptc_at, (at + each for each in _places(piece, _IPTC)))
    _follow(file, found)
    return found


def read_png(file: BinaryIO, found: Betrayals) -> None:
    """Texts that PNG packs, and its EXIF, which no mark stands before."""
    for kind, start, length in _png_chunks(file):
        if kind not in _PNG_TEXT or length > _MOST_TEXT:
            continue
        file.seek(start)
        content = file.read(length)
        if kind == b"eXIf":
            found.exif |= read_exif(io.BytesIO(content), start=0)
        else:
            _read_text(content, found)


def read_webp(file: BinaryIO, found: Betrayals) -> None:
    size = file.seek(0, 2)
    at = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(_HEAD_BYTES)
        if len(head) < _HEAD_BYTES or at >= size:
            return
        if head[:4] == b"EXIF":
            found.exif |= read_exif(file, start=at + 8)
        length = int.from_bytes(head[4:], "little")
        at += 8 + length + length % 2


def _read_text(content: bytes, found: Betrayals) -> None:
    """A text chunk, packed or not: XMP, or EXIF in hexadecimal as ImageMagick writes it."""
    _, _, rest = content.partition(b"\0")
    for text in (rest, *(_unpacked(rest[skip:]) for skip in _packed_at(rest))):
        found.xmp = found.xmp or _has(text, _XMP_PLACES)
        digits = b"".join(text.split())
        at = digits.lower().find(_EXIF.hex().encode())
        if at >= 0:
            end = len(digits) - (len(digits) - at) % 2
            found.exif |= _exif_in_digits(digits[at:end])


def _exif_in_digits(digits: bytes) -> Betrayed:
    try:
        data = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return NOTHING
    return read_exif(io.BytesIO(data), start=len(_EXIF))


def _packed_at(rest: bytes) -> Iterator[int]:
    at = rest.find(b"\x78")
    for _ in range(8):
        if at < 0 or at > _OVERLAP + 64:
            return
        yield at
        at = rest.find(b"\x78", at + 1)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_TEXT)
    except zlib.error:
        return b""


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(_HEAD_BYTES)
        if len(head) < _HEAD_BYTES:
            return
        length = int.from_bytes(head[:4], "big")
        yield head[4:], at + 8, length
        at += 12 + length


def _follow(file: BinaryIO, found: Betrayals) -> None:
    found.is_whole = found.is_whole and len(found.exif_at) < _MOST_BLOCKS
    for at in sorted(found.exif_at):
        found.exif |= read_exif(file, start=at + len(_EXIF))
    for at in sorted(found.iptc_at):
        file.seek(at)
        found.iptc = found.iptc or _has(file.read(_IPTC_BYTES), _IPTC_PLACES)


def _keep(kept: set[int], places: Iterator[int]) -> None:
    for at in places:
        if len(kept) >= _MOST_BLOCKS:
            return
        kept.add(at)


def _pieces(file: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """Pieces that overlap, so that no mark is cut in two."""
    at, kept = 0, b""
    while at < most:
        file.seek(at)
        read = file.read(min(_STEP, most - at))
        if not read:
            return
        yield at - len(kept), kept + read
        at += len(read)
        kept = (kept + read)[-_OVERLAP:]


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)


def _has(data: bytes, marks: tuple[bytes, ...]) -> bool:
    return any(mark in data for mark in marks)
