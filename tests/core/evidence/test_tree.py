from __future__ import annotations

import pytest

from crosslight.core.evidence.merkle import (
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from crosslight.core.evidence.tiles import TileFault, pieces
from crosslight.core.evidence.tree import TileTree

SIZES = (1, 2, 3, 255, 256, 257, 511, 513, 700)
LEAVES = [leaf_hash(str(number).encode()) for number in range(66_000)]


def tiles_of(size: int) -> dict[str, bytes]:
    files, hashes, level = {}, LEAVES[:size], 0
    while hashes:
        for piece in pieces(len(hashes)):
            part = hashes[piece.start : piece.start + piece.count]
            files[piece.path(str(level))] = b"".join(part)
        whole = len(hashes) // 256
        hashes = [root_of(hashes[n * 256 : n * 256 + 256]) for n in range(whole)]
        level += 1
    return files


@pytest.mark.parametrize("size", SIZES)
def test_every_earlier_root_is_in_the_tiles(size: int) -> None:
    tree = TileTree(tiles_of(size), size)
    for earlier in [each for each in SIZES if each <= size]:
        assert tree.root(earlier) == root_of(LEAVES[:earlier])


@pytest.mark.parametrize("size", SIZES)
def test_entries_are_proven_from_tiles(size: int) -> None:
    tree = TileTree(tiles_of(size), size)
    for index in {0, size // 2, size - 1}:
        assert verify_inclusion(
            index=index,
            size=size,
            leaf=LEAVES[index],
            proof=tree.inclusion(index, size=size),
            root=root_of(LEAVES[:size]),
        )


@pytest.mark.parametrize("size", SIZES)
def test_growth_is_proven_from_tiles(size: int) -> None:
    tree = TileTree(tiles_of(700), 700)
    for earlier in [each for each in SIZES if each <= size]:
        assert verify_consistency(
            old=earlier,
            new=size,
            old_root=root_of(LEAVES[:earlier]),
            new_root=root_of(LEAVES[:size]),
            proof=tree.consistency(earlier, size),
        )


def test_a_large_tree_is_read_from_few_tiles() -> None:
    class Counted(dict[str, bytes]):
        asked: set[str] = set()

        def __getitem__(self, name: str) -> bytes:
            self.asked.add(name)
            return super().__getitem__(name)

    files = Counted(tiles_of(66_000))
    tree = TileTree(files, 66_000)
    assert tree.root(66_000) == root_of(LEAVES)
    assert tree.consistency(40_000, 65_999)
    assert len(files.asked) < 8 < len(files) // 10


def test_damaged_tiles_are_named() -> None:
    files = tiles_of(300)
    for damaged in (
        {name: data for name, data in files.items() if name != "tile/0/001.p/44"},
        {**files, "tile/0/001.p/44": files["tile/0/001.p/44"][:-1]},
        {**files, "tile/0/001.p/44": files["tile/0/001.p/44"][:-32]},
    ):
        with pytest.raises(TileFault, match=r"tile/0/001\.p/44"):
            TileTree(damaged, 300).root(300)
