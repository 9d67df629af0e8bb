"""Readers that count and hash what passes, and give no more than was asked."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import Protocol

from crosslight.core.evidence.captures.findings import CaptureFault, Code
from crosslight.core.evidence.captures.limits import CaptureLimits

CHUNK_BYTES = 2**16
_GZIP = 16 + zlib.MAX_WBITS
GZIP_MARK = b"\x1f\x8b"


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Chunks:
    """A file to read out of pieces that somebody yields; it counts and hashes what was read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""
        self._digest = hashlib.sha256()
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, and at most one piece: b"" at the end only."""
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return b""
            self._rest = piece
        cut = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:cut], self._rest[cut:]
        self._digest.update(given)
        self.count += len(given)
        return given

    def tell(self) -> int:
        return self.count

    def drain(self) -> str:
        """Read what is left; the SHA-256 of all of it."""
        while self.read(CHUNK_BYTES):
            pass
        return self._digest.hexdigest()


class Shielded:
    """What native code reads from: a fault ends the file there, and is kept to be raised after."""

    def __init__(self, file: Chunks) -> None:
        self._file = file
        self.fault: CaptureFault | None = None

    def read(self, size: int = -1, /) -> bytes:
        if self.fault is not None:
            return b""
        try:
            return self._file.read(size)
        except CaptureFault as fault:
            self.fault = fault
            return b""

    def tell(self) -> int:
        return self._file.tell()


def pieces(file: Readable) -> Iterator[bytes]:
    while piece := file.read(CHUNK_BYTES):
        yield piece


def gunzipped(file: Readable, limits: CaptureLimits) -> Iterator[bytes]:
    """The members of a gzip file, one after the other; raises where they cost too much."""
    came_in = came_out = 0
    inflater = zlib.decompressobj(_GZIP)
    for piece in pieces(file):
        came_in += len(piece)
        left = piece
        while left:
            try:
                out = inflater.decompress(left, CHUNK_BYTES)
            except zlib.error as error:
                raise CaptureFault(Code.ENTRY_DAMAGED, "gzip") from error
            came_out += len(out)
            if limits.is_too_much(came_in=came_in, came_out=came_out):
                raise CaptureFault(Code.BLOWS_UP, "gzip")
            yield out
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if inflater.eof:
                inflater = zlib.decompressobj(_GZIP)


def lines(chunks: Iterator[bytes], *, longest: int) -> Iterator[bytes]:
    """Without their ends; a longer one ends the reading."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > longest or any(len(line) > longest for line in whole):
            raise CaptureFault(Code.INDEX_UNREADABLE, "a line is too long")
        yield from whole
    if rest:
        yield rest
