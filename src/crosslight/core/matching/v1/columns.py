"""Many prepared records as arrays: what the comparison of whole batches of pairs reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.attributes.dates import PartialDate
from crosslight.core.matching.model import Attribute
from crosslight.core.matching.v1.families import Family
from crosslight.core.matching.v1.hashing import Words, number_of
from crosslight.core.matching.v1.prepared import Prepared
from crosslight.core.matching.v1.values import Value
from crosslight.core.names import Token

FAMILIES = tuple(Family)
NOTHING = -1

Flags = NDArray[np.bool_]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class NameColumn:
    """All names, those of one record side by side: `first[r]:first[r + 1]` are record r's.

    `tokens` holds places in the vocabulary, filled up with NOTHING. `is_other` marks readings of a
    name that are not the likeliest.
    """

    first: Places
    tokens: Places
    lengths: Places
    is_alias: Flags
    is_other: Flags


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """One attribute, a row for each record, a slot for each of its values; 0 is "none".

    `numbers` stand for forms, `keys` for exact keys, `variants` for looser ones, of which and of
    `marks` a value may have several. `texts` are the exact keys as written, else the forms.
    """

    held: Flags
    forms: NDArray[np.bytes_]
    numbers: Words
    keys: Words
    variants: Words
    marks: Words
    texts: NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Columns:
    """`dates` are written 19900314, unknown parts as 00; 0 is no date."""

    families: NDArray[np.int8]
    names: NameColumn
    dates: NDArray[np.int32]
    values: Mapping[Attribute, ValueColumn]
    vocabulary: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.families)


def columns(records: Sequence[Prepared]) -> Columns:
    """The records as arrays, in their order."""
    vocabulary = _Vocabulary()
    return Columns(
        families=np.array([FAMILIES.index(record.family) for record in records], dtype=np.int8),
        names=_names(records, vocabulary),
        dates=_filled([[_written(b.date) for b in record.birth_dates] for record in records]),
        values=_values(records),
        vocabulary=tuple(vocabulary.tokens),
    )


class _Vocabulary:
    """Every word once, with its place."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self._places: dict[Token, int] = {}

    def place_of(self, token: Token) -> int:
        place = self._places.get(token)
        if place is None:
            place = self._places[token] = len(self.tokens)
            self.tokens.append(token)
        return place


def _names(records: Sequence[Prepared], vocabulary: _Vocabulary) -> NameColumn:
    names = [name for record in records for name in record.names]
    rows = [[vocabulary.place_of(token) for token in name.parsed.tokens] for name in names]
    return NameColumn(
        first=np.concatenate(
            ([0], np.cumsum([len(record.names) for record in records], dtype=np.int32))
        ).astype(np.int32),
        tokens=_filled(rows, filling=NOTHING),
        lengths=np.array([len(row) for row in rows], dtype=np.int32),
        is_alias=np.array([name.is_alias for name in names], dtype=np.bool_),
        is_other=np.array([name.reading > 0 for name in names], dtype=np.bool_),
    )


def _filled(rows: Sequence[Sequence[int]], *, filling: int = 0) -> Places:
    width = max(map(len, rows), default=0) or 1
    found = np.full((len(rows), width), filling, dtype=np.int32)
    for place in range(width):
        having = [row for row, held in enumerate(rows) if len(held) > place]
        found[having, place] = [rows[row][place] for row in having]
    return found


def _written(date: PartialDate) -> int:
    return date.year * 10_000 + date.month * 100 + date.day


def _values(records: Sequence[Prepared]) -> dict[Attribute, ValueColumn]:
    gathered: dict[Attribute, list[tuple[int, int, Value]]] = defaultdict(list)
    for row, record in enumerate(records):
        for attribute, held in (record.values or {}).items():
            gathered[attribute] += [(row, slot, value) for slot, value in enumerate(held)]
    return {
        attribute: _value_column(attribute, found, rows=len(records))
        for attribute, found in gathered.items()
    }


def _value_column(
    attribute: Attribute, found: Sequence[tuple[int, int, Value]], *, rows: int
) -> ValueColumn:
    shape = (rows, max(slot for _, slot, _ in found) + 1)
    at = ([row for row, _, _ in found], [slot for _, slot, _ in found])
    values = [value for _, _, value in found]
    column = _empty_column(
        shape,
        variants=max(len(value.variants) for value in values),
        marks=max(len(value.marks) for value in values),
        forms=_width(value.form.encode() for value in values),
        texts=_width(map(_text, values)),
    )
    column.held[at] = True
    column.forms[at] = [value.form.encode() for value in values]
    column.texts[at] = [_text(value) for value in values]
    column.numbers[at] = _numbers(f"{attribute}={value.form}" for value in values)
    column.keys[at] = _numbers(value.key for value in values)
    _fill(column.variants, found, [value.variants for value in values])
    _fill(column.marks, found, [value.marks for value in values])
    return column


def _empty_column(
    shape: tuple[int, int],
    *,
    variants: int,
    marks: int,
    forms: np.dtype[np.bytes_],
    texts: np.dtype[np.bytes_],
) -> ValueColumn:
    return ValueColumn(
        held=np.zeros(shape, dtype=np.bool_),
        forms=np.zeros(shape, dtype=forms),
        numbers=np.zeros(shape, dtype=np.uint64),
        keys=np.zeros(shape, dtype=np.uint64),
        variants=np.zeros((*shape, max(variants, 1)), dtype=np.uint64),
        marks=np.zeros((*shape, max(marks, 1)), dtype=np.uint64),
        texts=np.zeros(shape, dtype=texts),
    )


def _width(texts: Iterable[bytes]) -> np.dtype[np.bytes_]:
    return np.dtype(f"S{max(map(len, texts)) or 1}")


def _text(value: Value) -> bytes:
    return (value.key.partition(":")[2] or value.form).encode()


def _fill(
    column: Words, found: Sequence[tuple[int, int, Value]], held: Sequence[Sequence[str]]
) -> None:
    for place in range(column.shape[2]):
        having = [line for line, texts in enumerate(held) if len(texts) > place]
        rows, slots = [found[line][0] for line in having], [found[line][1] for line in having]
        column[rows, slots, place] = _numbers(held[line][place] for line in having)


def _numbers(texts: Iterable[str]) -> Words:
    return np.array([number_of(text) if text else 0 for text in texts], dtype=np.uint64)


def joined(parts: Sequence[Columns]) -> Columns:
    """Several chunks as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    vocabulary = _Vocabulary()
    places = [
        np.array([vocabulary.place_of(token) for token in part.vocabulary] + [NOTHING], np.int32)
        for part in parts
    ]
    attributes = dict.fromkeys(name for part in parts for name in part.values)
    return Columns(
        families=np.concatenate([part.families for part in parts]),
        names=_joined_names([part.names for part in parts], places),
        dates=_stacked([part.dates for part in parts]),
        values={name: _joined_values(name, parts) for name in attributes},
        vocabulary=tuple(vocabulary.tokens),
    )


def _joined_names(parts: Sequence[NameColumn], places: Sequence[Places]) -> NameColumn:
    counts = [np.diff(part.first) for part in parts]
    return NameColumn(
        first=np.concatenate(([0], np.cumsum(np.concatenate(counts)))).astype(np.int32),
        tokens=_stacked(
            [found[part.tokens] for part, found in zip(parts, places, strict=True)],
            filling=NOTHING,
        ),
        lengths=np.concatenate([part.lengths for part in parts]),
        is_alias=np.concatenate([part.is_alias for part in parts]),
        is_other=np.concatenate([part.is_other for part in parts]),
    )


def _stacked(parts: Sequence[NDArray[np.int32]], *, filling: int = 0) -> NDArray[np.int32]:
    found = np.full(
        (sum(map(len, parts)), max(part.shape[1] for part in parts)), filling, dtype=np.int32
    )
    row = 0
    for part in parts:
        found[row : row + len(part), : part.shape[1]] = part
        row += len(part)
    return found


def _joined_values(attribute: Attribute, parts: Sequence[Columns]) -> ValueColumn:
    """Chunks in which no record holds the attribute have no column of it."""
    held = [part.values[attribute] for part in parts if attribute in part.values]
    found = _empty_column(
        (sum(map(len, parts)), max(column.held.shape[1] for column in held)),
        variants=max(column.variants.shape[2] for column in held),
        marks=max(column.marks.shape[2] for column in held),
        forms=max(column.forms.dtype for column in held),
        texts=max(column.texts.dtype for column in held),
    )
    row = 0
    for part in parts:
        column = part.values.get(attribute)
        if column:
            _copy(column, found, row)
        row += len(part)
    return found


def _copy(column: ValueColumn, into: ValueColumn, row: int) -> None:
    rows, slots = slice(row, row + len(column.held)), slice(column.held.shape[1])
    for name in ("held", "forms", "numbers", "keys", "texts"):
        getattr(into, name)[rows, slots] = getattr(column, name)
    for name in ("variants", "marks"):
        part = getattr(column, name)
        getattr(into, name)[rows, slots, : part.shape[2]] = part
