"""The keys that names, birth dates and places give a record, in pairs that tell enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from crosslight.core.matching.model import Attribute
from crosslight.core.matching.v1.columns import NOTHING, Columns, Flags, Places
from crosslight.core.matching.v1.families import Family, name_kind
from crosslight.core.matching.v1.hashing import Words, combined, number_of, unordered
from crosslight.core.names import NameKind, Token

# Records, their keys and the kind of these.
Line = tuple[Places, Words, str]

_MOST_WORDS = 2
# Letters at the start of a word that typing errors mostly leave alone.
_START = 3
_MOST_NAMES = 4
_MOST_AREAS = 3


def line(numbers: Words, *, kind: str) -> Line:
    """All numbers but 0 of a table with a row for each record."""
    rows, slots = np.nonzero(numbers)
    return rows.astype(np.int32), numbers[rows, slots], kind


@dataclass(frozen=True, slots=True)
class WordNumbers:
    """For each word of the vocabulary, and at the end for none, the numbers it is found under.

    0 fills up.
    """

    words: Words
    starts: Words

    @staticmethod
    def of(vocabulary: tuple[Token, ...], kind: NameKind) -> WordNumbers:
        found = [_numbers(token, kind) for token in vocabulary]
        return WordNumbers(
            words=np.array([*(words for words, _ in found), _NONE], dtype=np.uint64),
            starts=np.array([*(starts for _, starts in found), _NONE], dtype=np.uint64),
        )


def counted_numbers(vocabulary: tuple[Token, ...], kind: NameKind) -> Words:
    """For each word, and at the end for none, the number under which its bearers are counted."""
    found = (number_of(f"{kind.value}={token.canonical}") for token in vocabulary)
    return np.array([*found, 0], dtype=np.uint64)


_NONE = (0,) * _MOST_WORDS


@lru_cache(maxsize=65_536)
def _numbers(token: Token, kind: NameKind) -> tuple[tuple[int, ...], tuple[int, ...]]:
    words = token.key_words[:_MOST_WORDS]
    starts = sorted({word[:_START] for word in token.key_words})[:_MOST_WORDS]
    return (
        _filled([number_of(f"{kind.value}:{word}") for word in words]),
        _filled([number_of(f"{kind.value}^{start}") for start in starts]),
    )


def _filled(numbers: list[int]) -> tuple[int, ...]:
    return (*numbers, *_NONE)[:_MOST_WORDS]


def name_lines(columns: Columns) -> Iterator[Line]:
    dates, places = _Dates.of(columns), _places(columns)
    yield from _date_keys(dates, places)
    for kind in NameKind:
        names = _Names.of(columns, kind)
        if len(names.rows):
            yield from names.lines(dates, places)


def _date_keys(dates: _Dates, places: Words) -> Iterator[Line]:
    for slot in range(dates.dates.shape[1]):
        days = dates.dates[:, slot]
        there = days > 0
        yield line(np.where(there, combined(days, salt="date"), 0)[:, None], kind="date")
        yield line(_with(places, days, salt="date_place"), kind="date_place")


def _places(columns: Columns) -> Words:
    """Numbers of the places that a record names, and of the words of its addresses."""
    found = [
        columns.values[attribute].numbers
        for attribute in (Attribute.BIRTH_PLACE, Attribute.PLACE)
        if attribute in columns.values
    ]
    if Attribute.ADDRESS in columns.values:
        found.append(_towns(columns.values[Attribute.ADDRESS].marks))
    if not found:
        return np.zeros((len(columns), 1), dtype=np.uint64)
    return np.concatenate(found, axis=1)


def _towns(marks: Words) -> Words:
    """The words that the first address of each names its quarter and town with, some at most."""
    return marks[:, 0, :_MOST_AREAS]


@dataclass(frozen=True, slots=True)
class _Dates:
    """Of each record and slot: the year, and the date with day and month in either order."""

    years: Words
    dates: Words

    @staticmethod
    def of(columns: Columns) -> _Dates:
        years, rest = np.divmod(columns.dates, 10_000)
        months, days = np.divmod(rest, 100)
        is_full = (days > 0) & ~((months == 1) & (days == 1))
        swap_free = years * 10_000 + np.minimum(months, days) * 100 + np.maximum(months, days)
        is_known = ~(np.isin(years, _UNKNOWN_YEARS) & (months == 1) & (days == 1))
        return _Dates(
            years=np.where(is_known, years, 0).astype(np.uint64),
            dates=np.where(is_full & is_known, swap_free, 0).astype(np.uint64),
        )


_UNKNOWN_YEARS = (1, 1111, 1900, 9999)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of one kind: the record of each, and its words as numbers."""

    rows: Places
    tokens: Places
    numbers: WordNumbers
    counted: Words

    @staticmethod
    def of(columns: Columns, kind: NameKind) -> _Names:
        counts = np.diff(columns.names.first)
        rows = np.repeat(np.arange(len(columns), dtype=np.int32), counts)
        slots = np.arange(len(rows)) - np.repeat(columns.names.first[:-1], counts)
        wanted = _is_of(kind)[columns.families[rows]] & (slots < _MOST_NAMES)
        return _Names(
            rows=rows[wanted],
            tokens=_telling(columns.names.tokens[wanted], columns.vocabulary),
            numbers=WordNumbers.of(columns.vocabulary, kind),
            counted=counted_numbers(columns.vocabulary, kind),
        )

    def lines(self, dates: _Dates, places: Words) -> Iterator[Line]:
        words = self.numbers.words[self.tokens]
        starts = self.numbers.starts[self.tokens]
        yield self._flat(self.counted[self.tokens], kind="word")
        pairs = _pairs(words, salt="name")
        yield self._flat(pairs, kind="name")
        beginnings = _pairs(starts, salt="name_start")
        yield self._flat(beginnings, kind="name_start")
        singles = words.reshape(len(words), -1)
        firsts = starts.reshape(len(starts), -1)
        for slot in range(dates.years.shape[1]):
            years, days = dates.years[self.rows, slot], dates.dates[self.rows, slot]
            yield self._flat(_with(pairs, years, salt="name_year"), kind="name_year")
            yield self._flat(_with(beginnings, years, salt="starts_year"), kind="starts_year")
            yield self._flat(_with(firsts, years, salt="start_year"), kind="start_year")
            yield self._flat(_with(singles, days, salt="name_date"), kind="name_date")
            yield self._flat(_with(firsts, days, salt="start_date"), kind="start_date")
        for slot in range(places.shape[1]):
            where = places[self.rows, slot]
            yield self._flat(_with(singles, where, salt="name_place"), kind="name_place")
            yield self._flat(_with(firsts, where, salt="start_place"), kind="start_place")

    def _flat(self, numbers: Words, *, kind: str) -> Line:
        places, slots = np.nonzero(numbers)
        return self.rows[places], numbers[places, slots], kind


def _is_of(kind: NameKind) -> Flags:
    return np.array([name_kind(family) is kind for family in Family], dtype=np.bool_)


def _telling(tokens: Places, vocabulary: tuple[Token, ...]) -> Places:
    """The words that tell who it is: initials go, titles too unless there is nothing else."""
    is_short = np.array([token.is_short for token in vocabulary] + [True], dtype=np.bool_)
    is_title = np.array([token.is_title for token in vocabulary] + [True], dtype=np.bool_)
    kept = ~is_short[tokens] & ~is_title[tokens]
    lone = ~kept.any(axis=1, keepdims=True) & ~is_short[tokens]
    return np.where(kept | lone, tokens, NOTHING)


def _pairs(words: Words, *, salt: str) -> Words:
    """A number for every two words; for a name of one word, that word's own."""
    width = words.shape[1]
    found = [
        _both(words[:, one, first], words[:, other, second], salt=salt)
        for one, other in combinations(range(width), 2)
        for first, second in _slots(words, one, other)
    ]
    is_lone = (words[:, :, 0] > 0).sum(axis=1) == 1
    lone = np.where(is_lone[:, None], words.max(axis=1), np.uint64(0))
    alone = np.where(lone > 0, combined(lone, salt=f"{salt}:alone"), np.uint64(0))
    return np.concatenate([np.stack(found, axis=1), alone], axis=1) if found else alone


def _slots(words: Words, one: int, other: int) -> Iterator[tuple[int, int]]:
    for first in range(words.shape[2]):
        for second in range(words.shape[2]):
            if words[:, one, first].any() and words[:, other, second].any():
                yield first, second


def _both(one: Words, other: Words, *, salt: str) -> Words:
    there = (one > 0) & (other > 0) & (one != other)
    return np.where(there, unordered(one, other, salt=salt), np.uint64(0))


def _with(numbers: Words, other: Words, *, salt: str) -> Words:
    there = (numbers > 0) & (other > 0)[:, None]
    return np.where(
        there, combined(numbers, np.broadcast_to(other[:, None], numbers.shape), salt=salt), 0
    ).astype(np.uint64)
