"""The keys by which records find each other: nothing is ever scanned.

A key is a 64-bit number. Records that share a key which not too many hold are candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import Attribute
from crosslight.core.matching.v1.columns import FAMILIES, Columns, Flags, Places
from crosslight.core.matching.v1.families import name_kind
from crosslight.core.matching.v1.name_keys import Line, counted_numbers, line, name_lines

COMMON_VALUE_HOLDERS = 20

# How many may hold a key of each kind before it fetches no candidates any more: the less a kind
# tells, the fewer. Chosen by measure, recall of true pairs against pairs to compare, on synthetic
# persons (benchmarks/blocking). 0: it only counts how common a value is.
_MOST_HOLDERS = {
    "exact": COMMON_VALUE_HOLDERS,
    "variant": COMMON_VALUE_HOLDERS,
    "value": 0,
    # One word of a name finds others by itself where hardly anyone bears it.
    "word": 12,
    "name": 150,
    "name_start": 80,
    "name_year": 200,
    "name_date": 200,
    "name_place": 100,
    "starts_year": 200,
    "start_year": 40,
    "start_date": 200,
    "start_place": 80,
    # One birth date says little: only in small populations do so few share it that it helps.
    "date": 30,
    "date_place": 200,
}
KEY_KINDS = tuple(_MOST_HOLDERS)
EXACT = KEY_KINDS.index("exact")


def most_holders(kind: str) -> int:
    """How many entities may hold a key of `kind` that still fetches candidates.

    0 for those that only count how common a value is.
    """
    return _MOST_HOLDERS[kind]


MOST_HOLDERS = np.array([_MOST_HOLDERS[kind] for kind in KEY_KINDS], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Keys:
    """One line for each key of each record, in order of records, no key of a record twice.

    `kinds` are places in KEY_KINDS.
    """

    rows: Places
    keys: NDArray[np.int64]
    kinds: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_exact(self) -> Flags:
        return np.asarray(self.kinds == EXACT)

    def usable(self, holders: NDArray[np.int64]) -> Flags:
        """Which lines may fetch candidates, given how many records hold each line's key."""
        return np.asarray(holders <= MOST_HOLDERS[self.kinds], dtype=np.bool_)


def keys(columns: Columns) -> Keys:
    """All keys of all records, those that only count how common a value is among them."""
    lines = [found for found in (*_value_keys(columns), *name_lines(columns)) if len(found[0])]
    if not lines:
        return Keys(np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.uint8))
    rows = np.concatenate([rows for rows, _, _ in lines]).astype(np.int32)
    numbers = np.concatenate([numbers for _, numbers, _ in lines]).view(np.int64)
    kinds = np.concatenate(
        [np.full(len(rows), KEY_KINDS.index(kind), dtype=np.uint8) for rows, _, kind in lines]
    )
    order = np.lexsort((kinds, numbers, rows))
    rows, numbers, kinds = rows[order], numbers[order], kinds[order]
    is_first = np.ones(len(rows), dtype=np.bool_)
    is_first[1:] = (rows[1:] != rows[:-1]) | (numbers[1:] != numbers[:-1])
    return Keys(rows[is_first], numbers[is_first], kinds[is_first])


_COUNTED = (
    Attribute.BIRTH_PLACE,
    Attribute.PLACE,
    Attribute.OCCUPATION,
    Attribute.NATIONALITY,
)


def counted_keys(columns: Columns) -> NDArray[np.int64]:
    """What a population is asked about besides identifiers: words, and values that describe."""
    kinds = {name_kind(FAMILIES[place]) for place in np.unique(columns.families)}
    held = [counted_numbers(columns.vocabulary, kind) for kind in sorted(kinds)]
    held += [
        column.numbers.ravel()
        for attribute, column in columns.values.items()
        if attribute in _COUNTED
    ]
    found = np.unique(np.concatenate(held))
    return found[found > 0].view(np.int64)


def _value_keys(columns: Columns) -> Iterator[Line]:
    for attribute, column in columns.values.items():
        yield line(column.keys, kind="exact")
        yield line(column.variants.reshape(len(columns), -1), kind="variant")
        if attribute in _COUNTED:
            yield line(column.numbers, kind="value")
