"""The C2SP tlog-tiles layout: a ledger as plain files, in pieces of 256 hashes or entries.

https://github.com/C2SP/C2SP/blob/main/tlog-tiles.md
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosslight.core.evidence.merkle import HASH_BYTES, Frontier, root_of

WIDTH = 256
_LENGTH_BYTES = 2


class TileFault(ValueError):
    """A tile or bundle that does not have the form it must have."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of `count` hashes or entries; `number` counts the files of its kind."""

    number: int
    count: int

    @property
    def start(self) -> int:
        return self.number * WIDTH

    def path(self, kind: str) -> str:
        """`kind` is a level, or `entries`; an unfinished piece says how much it holds."""
        suffix = "" if self.count == WIDTH else f".p/{self.count}"
        return f"tile/{kind}/{_number(self.number)}{suffix}"


def pieces(count: int) -> Iterator[Piece]:
    """The files that hold `count` hashes or entries: full ones, then at most one unfinished."""
    for number in range(-(-count // WIDTH)):
        yield Piece(number, min(WIDTH, count - number * WIDTH))


def level_counts(size: int) -> Iterator[tuple[int, int]]:
    """Each level with the number of its hashes; one of level n+1 stands for 256 of level n."""
    level = 0
    while size:
        yield level, size
        level, size = level + 1, size // WIDTH


def raise_level(hashes: Sequence[bytes]) -> list[bytes]:
    """The hashes of the level above: one for each full tile."""
    return [
        root_of(hashes[start : start + WIDTH]) for start in range(0, len(hashes) - WIDTH + 1, WIDTH)
    ]


def root_over(tile_roots: Iterable[bytes], rest: Iterable[bytes]) -> bytes:
    """The root of full tiles followed by single hashes: a full tile is a subtree of its own."""
    frontier = Frontier()
    for root in tile_roots:
        frontier = frontier.push(root)
    frontier = Frontier(frontier.size * WIDTH, frontier.hashes)
    for leaf in rest:
        frontier = frontier.push(leaf)
    return frontier.root


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries one after the other, each behind its length in two bytes."""
    return b"".join(len(body).to_bytes(_LENGTH_BYTES, "big") + body for body in entries)


def unbundle(data: bytes) -> Iterator[bytes]:
    """The entries of a bundle; raises TileFault at the first that is cut off."""
    position = 0
    while position < len(data):
        start = position + _LENGTH_BYTES
        position = start + int.from_bytes(data[position:start], "big")
        if position > len(data) or start > len(data):
            raise TileFault("An entry is cut off.")
        yield data[start:position]


def split_tile(data: bytes) -> list[bytes]:
    if len(data) % HASH_BYTES:
        raise TileFault("A tile is a row of whole hashes.")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def _number(number: int) -> str:
    """1234067 is spelled x001/x234/067, so that no folder grows large."""
    text = f"{number % 1000:03d}"
    while number := number // 1000:
        text = f"x{number % 1000:03d}/{text}"
    return text
