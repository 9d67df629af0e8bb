"""The matching engine called in process, for what the command does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching import (
    KEY_KINDS,
    Attribute,
    Columns,
    Counts,
    Keys,
    Prepared,
    Record,
    Weigher,
    columns,
    joined,
    keys,
    pack,
    prepare,
)
from crosslight.core.names import parse

__all__ = ["KEY_KINDS", "columns", "keys", "pack"]

Row = Mapping[str, str | None]
Places = NDArray[np.int64]
_CHUNK = 20_000
_BATCH = 100_000
_COLUMNS = {
    "name": Attribute.NAME,
    "birth_date": Attribute.BIRTH_DATE,
    "sex": Attribute.SEX,
    "nationality": Attribute.NATIONALITY,
    "birth_place": Attribute.BIRTH_PLACE,
    "phone": Attribute.PHONE,
    "document": Attribute.DOCUMENT,
}


def canonical_words(row: Row) -> list[str]:
    """The words of a name as the lexicon and the letter rules call them."""
    return [token.canonical for token in parse(row["name"] or "").tokens if not token.is_title]


def folded_words(row: Row) -> list[str]:
    """The words under the letter rules alone, without the lexicon."""
    tokens = parse(row["name"] or "").tokens
    return [min(token.folds, default=token.text) for token in tokens]


def unlisted_share(rows: Sequence[Row]) -> float:
    """Part of the words of all names that no lexicon of ours holds."""
    tokens = [token for row in rows for token in parse(row["name"] or "").tokens]
    whole = [token for token in tokens if not token.is_short and not token.is_title]
    return sum(not token.is_listed for token in whole) / max(1, len(whole))


def record(row: Row) -> Record:
    values = {
        attribute: (value,) for name, attribute in _COLUMNS.items() if (value := row.get(name))
    }
    return Record(id=row["id"] or "", schema="Person", values=values)


def prepared(row: Row) -> Prepared:
    return prepare(record(row))


def columns_of(rows: Sequence[Row]) -> Columns:
    """In chunks, as the bulk run makes them."""
    chunks = (rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK))
    return joined([columns([prepared(row) for row in chunk]) for chunk in chunks])


@dataclass(frozen=True)
class Indexed:
    """Records by their keys. `usable` marks the keys that may fetch candidates."""

    columns: Columns
    keys: Keys
    holders: Places
    usable: NDArray[np.bool_]
    population: Counts

    @staticmethod
    def of(rows: Sequence[Row]) -> Indexed:
        made = columns_of(rows)
        found = keys(made)
        numbers, place, held = np.unique(found.keys, return_inverse=True, return_counts=True)
        holders = held[place].astype(np.int64)
        return Indexed(
            columns=made,
            keys=found,
            holders=holders,
            usable=found.usable(holders),
            population=Counts(len(rows), numbers, held.astype(np.int64)),
        )

    def pairs(self, kind: str | None = None) -> tuple[Places, Places]:
        """Every two records that share a usable key, of one kind or of any, each pair once."""
        wanted = self.usable & (self.holders > 1)
        if kind is not None:
            wanted &= self.keys.kinds == KEY_KINDS.index(kind)
        order = np.argsort(self.keys.keys[wanted], kind="stable")
        numbers = self.keys.keys[wanted][order]
        rows = self.keys.rows[wanted][order].astype(np.int64)
        found = list(_codes(numbers, rows, total=len(self.columns)))
        codes = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
        left, right = np.divmod(codes, len(self.columns))
        return left, right

    def weighed(self, left: Places, right: Places) -> NDArray[np.float64]:
        weigher = Weigher(self.columns, self.population)
        parts = [
            weigher.weigh(left[start : start + _BATCH], right[start : start + _BATCH]).weights
            for start in range(0, len(left), _BATCH)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)


def _codes(numbers: Places, rows: Places, *, total: int) -> Iterator[Places]:
    """Pairs of rows under one key as single numbers: the neighbour at each distance in turn.

    `numbers` are sorted, so that the holders of a key lie side by side.
    """
    distance = 1
    while True:
        alike = np.flatnonzero(numbers[distance:] == numbers[:-distance])
        if not len(alike):
            return
        one, other = rows[alike], rows[alike + distance]
        yield np.minimum(one, other) * total + np.maximum(one, other)
        distance += 1
