from __future__ import annotations

import pytest

from crosslight.core.evidence.merkle import leaf_hash, root_of
from crosslight.core.evidence.tiles import (
    Piece,
    TileFault,
    bundle,
    level_counts,
    pieces,
    raise_level,
    split_tile,
    unbundle,
)


@pytest.mark.parametrize(
    ("piece", "path"),
    [
        # The examples of the tlog-tiles specification.
        (Piece(1234067, 256), "tile/0/x001/x234/067"),
        (Piece(273, 112), "tile/0/273.p/112"),
        (Piece(0, 1), "tile/0/000.p/1"),
        (Piece(999, 256), "tile/0/999"),
        (Piece(1000, 256), "tile/0/x001/000"),
    ],
)
def test_paths_are_those_of_the_specification(piece: Piece, path: str):
    assert piece.path("0") == path


def test_a_tree_of_70_000_has_the_tiles_of_the_specification():
    """tlog-tiles: 273 full and one partial tile, one full and one partial, one partial."""
    levels = {level: list(pieces(count)) for level, count in level_counts(70_000)}
    assert {level: len(found) for level, found in levels.items()} == {0: 274, 1: 2, 2: 1}
    assert [found[-1].path(str(level)) for level, found in levels.items()] == [
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 512])
def test_pieces_cover_everything_once(count: int):
    covered = [n for piece in pieces(count) for n in range(piece.start, piece.start + piece.count)]
    assert covered == list(range(count))


def test_only_full_tiles_rise():
    hashes = [leaf_hash(bytes([n % 256])) for n in range(600)]
    assert raise_level(hashes) == [root_of(hashes[:256]), root_of(hashes[256:512])]
    assert raise_level(hashes[:255]) == []


@pytest.mark.parametrize("entries", [[], [b""], [b"a", b"", b"x" * 65_535]])
def test_entries_survive_a_bundle(entries: list[bytes]):
    assert list(unbundle(bundle(entries))) == entries


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a", b"\x00\x01a\xff"])
def test_a_cut_bundle_is_refused(data: bytes):
    with pytest.raises(TileFault):
        list(unbundle(data))


def test_a_cut_tile_is_refused():
    with pytest.raises(TileFault):
        split_tile(b"x" * 33)
