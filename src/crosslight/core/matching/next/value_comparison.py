"""Comparison of every attribute but names and dates: identifiers, places, sex, address."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.next.model import DEFAULT_POPULATION, Attribute, Ints, Population
from crosslight.core.matching.next.columns import Columns, ValueColumn
from crosslight.core.matching.next.figures import Comparison, Figures
from crosslight.core.matching.next.findings import (
    COMMON,
    OTHER_COUNTRY,
    Finding,
    Floats,
    Pairs,
    heaviest,
    stacked,
)
from crosslight.core.matching.next.hashing import unordered
from crosslight.core.matching.next.keys import COMMON_VALUE_HOLDERS
from crosslight.core.matching.next.likeness import LIKENESSES
from crosslight.core.matching.next.values import IDENTIFIERS

_PRIOR_ENTITIES = 200
_LEAST_SHARE = 0.0005
_REMEMBERED = 2_000_000

Flags = NDArray[np.bool_]
Levels = NDArray[np.int8]


class ValueComparison:
    """Compares one attribute of `columns`, whose values are as rare as `population` says."""

    def __init__(
        self, attribute: Attribute, columns: Columns, population: Population, figures: Figures
    ) -> None:
        self._attribute = attribute
        self._column = columns.values[attribute]
        self._figures = figures
        self._comparison = figures.comparisons[attribute]
        self._names = (*self._comparison.names, COMMON, OTHER_COUNTRY)
        self._codes = {name: np.int8(place) for place, name in enumerate(self._names)}
        self._weights = np.array(
            [level.weight for level in self._comparison.levels.values()]
            + [figures.common_value_weight, 0.0]
        )
        self._population = max(population.total, DEFAULT_POPULATION)
        self._total = population.total
        self._holders = _holders(self._column, self._comparison, attribute, population)
        self._known: dict[int, int] = {}

    def of(self, left: Pairs, right: Pairs) -> Finding | None:
        """The best of all values of the one with all of the other; None where no pair has both."""
        parts = list(self._by_slots(left, right))
        return heaviest(stacked(parts)) if parts else None

    def _by_slots(self, left: Pairs, right: Pairs) -> Iterator[Finding]:
        held = self._column.held
        for one in range(held.shape[1]):
            for other in range(held.shape[1]):
                pairs = np.nonzero(held[left, one] & held[right, other])[0]
                if len(pairs):
                    ours, theirs = (left[pairs], one), (right[pairs], other)
                    yield self._finding(pairs, ours, theirs)

    def _finding(self, pairs: Pairs, ours: _At, theirs: _At) -> Finding:
        column = self._column
        same = (column.numbers[ours] == column.numbers[theirs]) & (column.numbers[ours] > 0)
        levels = np.full(len(pairs), self._codes["different"], dtype=np.int8)
        levels[~same] = self._unlike(_part(ours, ~same), _part(theirs, ~same))
        levels[same] = self._codes["exact"]
        holders = np.where(same, self._holders[ours], 0)
        levels[same & self._are_common(holders)] = self._codes[COMMON]
        weights = self._weights[levels]
        exact = levels == self._codes["exact"]
        weights[exact] = self._agreement(holders[exact])
        abroad = exact & _are_of_two_countries(column, ours, theirs)
        levels[abroad] = self._codes[OTHER_COUNTRY]
        weights[abroad] -= self._figures.country_conflict_penalty
        return Finding(
            attribute=self._attribute,
            names=self._names,
            pairs=pairs,
            levels=levels,
            weights=weights,
            left=np.full(len(pairs), ours[1]),
            right=np.full(len(pairs), theirs[1]),
            holders=holders,
        )

    def _are_common(self, holders: Ints) -> Flags:
        if self._attribute in IDENTIFIERS or self._attribute is Attribute.ADDRESS:
            return np.asarray(holders > COMMON_VALUE_HOLDERS)
        return np.zeros(len(holders), dtype=np.bool_)

    def _agreement(self, holders: Ints) -> Floats:
        """log2(m / u) with u as the population's share where it is counted."""
        level, most = self._comparison.levels["exact"], self._comparison.most
        if self._attribute in IDENTIFIERS:
            # Identifiers are drawn from all people, however few of them a database holds.
            shares = np.maximum(holders, self._figures.fewest_holders) / self._population
        elif self._comparison.rarity:
            smoothed = (holders + level.u * _PRIOR_ENTITIES) / (self._total + _PRIOR_ENTITIES)
            shares = np.where(holders > 0, np.maximum(smoothed, _LEAST_SHARE), level.u)
        else:
            shares = np.full(len(holders), level.u)
        return np.asarray(np.minimum(log2(level.m) - np.log2(shares), most))

    def _unlike(self, ours: _At, theirs: _At) -> Levels:
        column = self._column
        levels = np.full(len(ours[0]), self._codes["different"], dtype=np.int8)
        has_variant = (column.variants[ours] > 0) & (column.variants[theirs] > 0)
        near = has_variant & (column.variants[ours] == column.variants[theirs])
        if "near" in self._codes:
            levels[near] = self._codes["near"]
        if self._attribute in LIKENESSES:
            asked = ~near & (column.numbers[ours] > 0) & (column.numbers[theirs] > 0)
            levels[asked] = self._likeness(_part(ours, asked), _part(theirs, asked))
        return levels

    def _likeness(self, ours: _At, theirs: _At) -> Levels:
        """Each two forms are compared once, then remembered."""
        column = self._column
        marks = unordered(column.numbers[ours], column.numbers[theirs], salt="likeness")
        unique, first, places = np.unique(marks, return_index=True, return_inverse=True)
        lefts, rights = column.forms[_part(ours, first)], column.forms[_part(theirs, first)]
        found = np.empty(len(unique), dtype=np.int8)
        for place, (mark, left, right) in enumerate(
            zip(unique.tolist(), lefts.tolist(), rights.tolist(), strict=True)
        ):
            found[place] = self._remembered(mark, left, right)
        return found[places]

    def _remembered(self, mark: int, left: bytes, right: bytes) -> int:
        known = self._known.get(mark)
        if known is None:
            told = LIKENESSES[self._attribute](left.decode(), right.decode())
            known = int(self._codes[told])
            if len(self._known) < _REMEMBERED:
                self._known[mark] = known
        return known


_At = tuple[Pairs, int]


def _part(at: _At, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> _At:
    return at[0][chosen], at[1]


def _holders(
    column: ValueColumn, comparison: Comparison, attribute: Attribute, population: Population
) -> Ints:
    """For each value how many hold it, where that matters."""
    keys = column.keys if attribute in IDENTIFIERS else column.numbers
    if attribute is Attribute.ADDRESS:
        keys = column.variants
    found = np.zeros(keys.shape, dtype=np.int64)
    if attribute in IDENTIFIERS or attribute is Attribute.ADDRESS or comparison.rarity:
        there = keys > 0
        found[there] = population.holders(keys[there].view(np.int64))
    return found


def _are_of_two_countries(column: ValueColumn, ours: _At, theirs: _At) -> Flags:
    one, other = column.countries[ours], column.countries[theirs]
    return np.asarray((one != b"") & (other != b"") & (one != other))
