"""Proofs out of the tiles of an export, without reading the entries.

Nothing read here is believed: what is made of it holds only against a root that was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crosslight.core.evidence import tiles
from crosslight.core.evidence.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    root_of,
)
from crosslight.core.evidence.tiles import Piece, TileFault

# A full tile stands for eight levels of the tree.
_TILE_HEIGHT = tiles.WIDTH.bit_length() - 1


class TileTree:
    """The tree of an export of `size` entries; proofs may be of any smaller state, too."""

    def __init__(self, files: Mapping[str, bytes], size: int) -> None:
        self._files = files
        self._size = size

    def root(self, size: int) -> bytes:
        """The root over the first `size` entries, as the tiles have it."""
        frontier = Frontier(size, tuple(self._root(*part) for part in _subtrees(0, size)))
        return frontier.root

    def inclusion(self, index: int, *, size: int) -> tuple[bytes, ...]:
        return inclusion_proof(index=index, size=size, subtree=self._subtree)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        return consistency_proof(old=old, new=new, subtree=self._subtree)

    def _subtree(self, start: int, end: int) -> bytes:
        """RFC 6962 only asks for subtrees that begin at a multiple of their size."""
        size = end - start
        return Frontier(size, tuple(self._root(*part) for part in _subtrees(start, end))).root

    def _root(self, start: int, height: int) -> bytes:
        """Of the whole subtree of 2^height entries from `start` on."""
        level, rest = divmod(height, _TILE_HEIGHT)
        first = start >> (level * _TILE_HEIGHT)
        return root_of(self._hashes(level, first, 1 << rest))

    def _hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """They never cross a tile: `count` divides its width, and `first` is a multiple of it."""
        stored = self._size >> (level * _TILE_HEIGHT)
        number, place = divmod(first, tiles.WIDTH)
        piece = Piece(number, min(tiles.WIDTH, stored - number * tiles.WIDTH))
        path = piece.path(str(level))
        try:
            hashes = tiles.split_tile(self._files[path])
        except KeyError as error:
            raise TileFault(f"{path} is missing.") from error
        except TileFault as error:
            raise TileFault(f"{path}: {error}") from error
        if len(hashes) != piece.count:
            raise TileFault(f"{path} does not hold {piece.count} hashes.")
        return hashes[place : place + count]


def _subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Whole subtrees that make up the entries from `start` up to `end`, the largest first."""
    while start < end:
        height = (end - start).bit_length() - 1
        yield start, height
        start += 1 << height
