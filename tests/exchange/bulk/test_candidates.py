from __future__ import annotations

import signal
import threading
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from crosslight.core.matching import KEY_KINDS, Keys, most_holders
from crosslight.exchange.bulk import Means
from crosslight.exchange.bulk.candidates import KeyBase, slices
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.bulk.spool import Span, Spool, keys_name, write_keys
from crosslight.exchange.tables.errors import EngineFailed

EXACT, NAME, VALUE = (KEY_KINDS.index(kind) for kind in ("exact", "name", "value"))
LIMIT = most_holders("exact")


def lines(*entries: tuple[int, int, int]) -> Keys:
    rows, numbers, kinds = zip(*entries, strict=True)
    return Keys(
        np.array(rows, dtype=np.int32),
        np.array(numbers, dtype=np.int64),
        np.array(kinds, dtype=np.uint8),
    )


@pytest.fixture
def base(tmp_path: Path) -> KeyBase:
    return KeyBase(tmp_path, Means())


def filled(base: KeyBase, folder: Path, *parts: tuple[int, int, Keys]) -> Spool:
    """Parts of (records, source, keys)."""
    spool = Spool(WorkFolder(folder), [Span(records, source) for records, source, _ in parts])
    for number, (_, _, found) in enumerate(parts):
        write_keys(folder / keys_name(number), found)
    base.fill(spool)
    return spool


def pairs(base: KeyBase, total: int, *, is_across: bool = False) -> list[tuple[int, int]]:
    found = base.pairs(slices(base.later(total=total), most=2), is_across=is_across)
    return [
        pair for part in found for pair in zip(part.left.tolist(), part.right.tolist(), strict=True)
    ]


def test_a_pair_comes_once_however_many_keys_it_shares(base: KeyBase, tmp_path: Path) -> None:
    shared = lines((0, 7, EXACT), (0, -8, NAME), (1, 7, EXACT), (1, -8, NAME), (2, -8, NAME))
    filled(base, tmp_path, (3, 0, shared))
    assert pairs(base, 3) == [(0, 1), (0, 2), (1, 2)]


def test_parts_are_numbered_through(base: KeyBase, tmp_path: Path) -> None:
    one = (2, 0, lines((0, 7, EXACT), (1, 9, EXACT)))
    other = (2, 1, lines((0, 9, EXACT), (1, 7, EXACT)))
    filled(base, tmp_path, one, other)
    assert pairs(base, 4) == [(0, 3), (1, 2)]


def test_several_files_are_paired_across(base: KeyBase, tmp_path: Path) -> None:
    one = (2, 0, lines((0, 7, EXACT), (1, 7, EXACT)))
    other = (1, 1, lines((0, 7, EXACT)))
    filled(base, tmp_path, one, other)
    assert pairs(base, 3) == [(0, 1), (0, 2), (1, 2)]
    assert pairs(base, 3, is_across=True) == [(0, 2), (1, 2)]


def test_a_key_of_too_many_holders_is_common(base: KeyBase, tmp_path: Path) -> None:
    held = [(row, 5, EXACT) for row in range(LIMIT)]
    filled(base, tmp_path, (LIMIT + 1, 0, lines(*held)))
    assert len(pairs(base, LIMIT + 1)) == len(list(combinations(range(LIMIT), 2)))
    assert base.common_keys() == 0
    filled(base, tmp_path, (LIMIT + 1, 0, lines(*held, (LIMIT, 5, EXACT))))
    assert pairs(base, LIMIT + 1) == []
    assert base.common_keys() == 1


def test_what_only_counts_fetches_nobody(base: KeyBase, tmp_path: Path) -> None:
    filled(base, tmp_path, (3, 0, lines((0, 5, VALUE), (1, 5, VALUE), (2, 6, EXACT))))
    assert pairs(base, 3) == []
    population = base.counts(total=3)
    assert population.total == 3
    assert population.holders(np.array([5, 6, 99])).tolist() == [2, 1, 0]


def test_too_little_memory_ends_in_one_sentence(tmp_path: Path) -> None:
    small = KeyBase(tmp_path, Means(memory=1))
    many = [(row, row % 1_000, EXACT) for row in range(200_000)]
    with pytest.raises(EngineFailed, match="DuckDB gave up"):
        filled(small, tmp_path, (200_000, 0, lines(*many)))


def test_an_interrupt_within_a_query_is_an_interrupt(base: KeyBase, tmp_path: Path) -> None:
    filled(base, tmp_path, (1, 0, lines((0, 7, EXACT))))
    # A suite that runs in the background ignores SIGINT.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupt = threading.Timer(
        0.3, signal.pthread_kill, [threading.main_thread().ident, signal.SIGINT]
    )

    def ask_without_end() -> None:
        with base._open(is_read_only=True) as connection:
            interrupt.start()
            connection.execute(
                "SELECT sum(a.range * b.range) FROM range(9999999) a, range(9999999) b"
            )

    try:
        with pytest.raises(KeyboardInterrupt):
            ask_without_end()
    finally:
        signal.signal(signal.SIGINT, before)
