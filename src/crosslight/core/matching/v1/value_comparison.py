"""Comparison of every attribute but names and dates: identifiers, places, sex, address."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import DEFAULT_POPULATION, Attribute, Ints, Population
from crosslight.core.matching.v1.columns import Columns, ValueColumn
from crosslight.core.matching.v1.figures import Figures
from crosslight.core.matching.v1.findings import (
    COMMON,
    Finding,
    Floats,
    Pairs,
    heaviest,
    stacked,
)
from crosslight.core.matching.v1.hashing import Words, unordered
from crosslight.core.matching.v1.keys import COMMON_VALUE_HOLDERS
from crosslight.core.matching.v1.memory import PairMemory
from crosslight.core.matching.v1.values import DIFFERENT, READINGS

_PRIOR_ENTITIES = 200
_LEAST_SHARE = 0.0005
# Two texts one character apart share this many at the start or at the end, if long enough.
_SHARED_ENDS = 4
_LEAST_SLIP_LENGTH = 7

Flags = NDArray[np.bool_]
Levels = NDArray[np.int8]
_At = tuple[Pairs, int]


class ValueComparison:
    """Compares one attribute of `columns`, whose values are as rare as `population` says."""

    def __init__(
        self,
        attribute: Attribute,
        columns: Columns,
        population: Population,
        *,
        figures: Figures,
    ) -> None:
        self._attribute = attribute
        self._reading = READINGS[attribute]
        self._column = columns.values[attribute]
        comparison = figures.comparisons[attribute]
        self._names = (*comparison.names, COMMON)
        self._codes = {name: np.int8(place) for place, name in enumerate(self._names)}
        self._levels = tuple(comparison.levels.values())
        self._weights = np.array(
            [min(level.weight, comparison.most) for level in self._levels]
            + [figures.common_value_weight]
        )
        self._kin = np.array(
            [level.against_kin if level.kin else np.inf for level in self._levels] + [np.inf]
        )
        self._by_holders = np.array([*(level.by_holders for level in self._levels), False])
        self._rarity = comparison.rarity
        self._most = comparison.most
        self._fewest = figures.fewest_holders
        self._total = population.total
        self._holders = self._counted(population)
        self._memory = PairMemory(records=len(columns))

    def _counted(self, population: Population) -> Ints:
        """For each value how many hold it, where that matters."""
        keys = self._column.numbers if self._rarity else self._column.keys
        found = np.zeros(keys.shape, dtype=np.int64)
        there = keys > 0
        if self._rarity or self._by_holders.any():
            found[there] = population.holders(keys[there].view(np.int64))
        return found

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
                    yield self._finding(pairs, (left[pairs], one), (right[pairs], other))

    def _finding(self, pairs: Pairs, ours: _At, theirs: _At) -> Finding:
        levels = np.full(len(pairs), self._codes[DIFFERENT], dtype=np.int8)
        meet = self._meet(ours, theirs)
        levels[meet] = self._related(_part(ours, meet), _part(theirs, meet))
        same = self._column.numbers[ours] == self._column.numbers[theirs]
        counted = same if self._rarity else self._by_holders[levels]
        holders = np.where(counted, self._holders[ours], 0)
        if not self._rarity:
            levels[holders > COMMON_VALUE_HOLDERS] = self._codes[COMMON]
        weights = self._weighed(levels, holders, same)
        return Finding(
            attribute=self._attribute,
            names=self._names,
            pairs=pairs,
            levels=levels,
            weights=weights,
            left=np.full(len(pairs), ours[1]),
            right=np.full(len(pairs), theirs[1]),
            holders=holders,
            against_kin=self._against_kin(levels, weights),
        )

    def _meet(self, ours: _At, theirs: _At) -> Flags:
        """Pairs of values that may be anything but different."""
        column, reading = self._column, self._reading
        if reading.always:
            return np.ones(len(ours[0]), dtype=np.bool_)
        found = column.numbers[ours] == column.numbers[theirs]
        found |= (column.keys[ours] == column.keys[theirs]) & (column.keys[ours] > 0)
        for shared in (column.variants, column.marks):
            found |= _share_one(shared[ours], shared[theirs])
        if reading.slips:
            open_pairs = np.nonzero(~found)[0]
            near = _are_near(column, _part(ours, open_pairs), _part(theirs, open_pairs))
            found[open_pairs[near]] = True
        return np.asarray(found)

    def _related(self, ours: _At, theirs: _At) -> Levels:
        """Each two forms are compared once, then remembered."""
        column = self._column
        numbers = unordered(column.numbers[ours], column.numbers[theirs], salt="likeness")

        def compared(places: Pairs) -> Levels:
            forms = column.forms[_part(ours, places)], column.forms[_part(theirs, places)]
            pairs = zip(forms[0].tolist(), forms[1].tolist(), strict=True)
            level = self._reading.level
            return np.array(
                [self._codes[level(left.decode(), right.decode())] for left, right in pairs],
                dtype=np.int8,
            )

        return self._memory.of(numbers, compared)

    def _against_kin(self, levels: Levels, weights: Floats) -> Floats:
        """As against any two, but for what relatives share."""
        return np.asarray(np.minimum(weights, self._kin[levels]))

    def _weighed(self, levels: Levels, holders: Ints, same: Flags) -> Floats:
        weights = self._weights[levels]
        if self._rarity:
            counted = same & (holders > 0)
            weights[counted] = self._by_share(levels[counted], holders[counted])
            return weights
        counted = self._by_holders[levels]
        weights[counted] = self._by_number(levels[counted], holders[counted])
        return weights

    def _by_share(self, levels: Levels, holders: Ints) -> Floats:
        """log2(m / share of the population that holds the value), smoothed."""
        m = np.array([level.m for level in self._levels])[levels]
        u = np.array([level.u for level in self._levels])[levels]
        shares = (holders + u * _PRIOR_ENTITIES) / (self._total + _PRIOR_ENTITIES)
        weights = np.log2(m) - np.log2(np.maximum(shares, _LEAST_SHARE))
        return np.asarray(np.minimum(weights, self._most))

    def _by_number(self, levels: Levels, holders: Ints) -> Floats:
        """Identifiers are drawn from all people, however few of them a database holds."""
        people = max(self._total, DEFAULT_POPULATION)
        m = np.array([level.m for level in self._levels])[levels]
        shares = np.maximum(holders, self._fewest) / people
        return np.asarray(np.minimum(np.log2(m) - np.log2(shares), self._most))


def _part(at: _At, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> _At:
    return at[0][chosen], at[1]


def _share_one(ours: Words, theirs: Words) -> Flags:
    """Whether any number of the one is among those of the other; 0 is none."""
    found = np.zeros(len(ours), dtype=np.bool_)
    for one in ours.T:
        for other in theirs.T:
            found |= (one == other) & (one > 0)
    return found


def _are_near(column: ValueColumn, ours: _At, theirs: _At) -> Flags:
    """Whether two texts may be one character apart: a first look that passes all that are."""
    width = column.texts.dtype.itemsize
    one = column.texts[ours].view(np.uint8).reshape(-1, width)
    other = column.texts[theirs].view(np.uint8).reshape(-1, width)
    lengths, widths = (one > 0).sum(axis=1), (other > 0).sum(axis=1)
    unlike = (one != other).sum(axis=1)
    same_start = (one[:, :_SHARED_ENDS] == other[:, :_SHARED_ENDS]).all(axis=1)
    short = np.minimum(lengths, widths)
    one_longer = (np.abs(lengths - widths) == 1) & (same_start | (_tails_alike(one, other)))
    few_unlike = (lengths == widths) & (unlike <= 2)  # noqa: PLR2004  an exchange makes two
    return np.asarray((short >= _LEAST_SLIP_LENGTH) & (few_unlike | one_longer))


def _tails_alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Flags:
    return np.asarray((_tail(one) == _tail(other)).all(axis=1))


def _tail(texts: NDArray[np.uint8]) -> NDArray[np.uint8]:
    lengths = (texts > 0).sum(axis=1)
    places = np.maximum(lengths[:, None] - 1 - np.arange(_SHARED_ENDS), 0)
    return np.take_along_axis(texts, places, axis=1)
