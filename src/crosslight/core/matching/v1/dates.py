"""Comparison of birth dates, with the slips and placeholders that papers carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import Attribute
from crosslight.core.matching.v1.columns import Columns
from crosslight.core.matching.v1.figures import Figures, Level
from crosslight.core.matching.v1.findings import Finding, Pairs, heaviest, stacked

_UNKNOWN_YEARS = (1, 1111, 1900, 9999)
_DIGITS = (10 ** np.arange(7, -1, -1)).astype(np.int32)
# Digits that stand side by side within year, month or day: those that fingers exchange.
_NEIGHBOURS = ((0, 1), (1, 2), (2, 3), (4, 5), (6, 7))

Dates = NDArray[np.int64]
Flags = NDArray[np.bool_]


def compare_birth_dates(
    columns: Columns, left: Pairs, right: Pairs, *, figures: Figures
) -> Finding:
    """Same birth date, or one that a slip of the pen explains."""
    found = _by_slots(columns, left, right, levels=figures.comparisons[Attribute.BIRTH_DATE].levels)
    return heaviest(stacked(list(found)))


def _by_slots(
    columns: Columns,
    left: Pairs,
    right: Pairs,
    *,
    levels: Mapping[str, Level],
) -> Iterator[Finding]:
    names = tuple(levels)
    weights = np.array([level.weight for level in levels.values()])
    against_kin = np.array([level.against_kin for level in levels.values()])
    width = columns.dates.shape[1]
    for one in range(width):
        for other in range(width):
            ours = columns.dates[left, one].astype(np.int64)
            theirs = columns.dates[right, other].astype(np.int64)
            pairs = np.nonzero((ours > 0) & (theirs > 0))[0]
            if not len(pairs) and (one, other) != (0, 0):
                continue
            found = levels_of(ours[pairs], theirs[pairs], names)
            yield Finding(
                attribute=Attribute.BIRTH_DATE,
                names=names,
                pairs=pairs,
                levels=found,
                weights=weights[found],
                left=np.full(len(pairs), one),
                right=np.full(len(pairs), other),
                holders=np.zeros(len(pairs), dtype=np.int64),
                against_kin=against_kin[found],
            )


def levels_of(ours: Dates, theirs: Dates, names: tuple[str, ...]) -> NDArray[np.int8]:
    """Level of each pair of dates written 19900314, unknown parts as 00."""
    one, other = _parts(ours), _parts(theirs)
    is_unknown = _is_unknown(*one) | _is_unknown(*other)
    is_full = (one[2] > 0) & (other[2] > 0)
    is_placeholder = is_full & (_is_first(*one) | _is_first(*other))
    same_year, apart = one[0] == other[0], np.abs(one[0] - other[0])
    has_months = (one[1] > 0) & (other[1] > 0) & ~is_full
    is_swapped = same_year & (one[1] == other[2]) & (one[2] == other[1])
    rules: tuple[tuple[str, Flags], ...] = (
        ("unknown", is_unknown),
        ("year_month", has_months & same_year & (one[1] == other[1])),
        ("same_year", has_months & same_year),
        ("year", ~is_full & same_year),
        ("placeholder", is_placeholder & same_year),
        ("near_year", (~is_full | is_placeholder) & (apart == 1)),
        ("other_year", ~is_full | is_placeholder),
        ("exact", ours == theirs),
        ("swapped", is_swapped),
        ("one_digit", _is_one_digit(ours, theirs, of=is_full & ~is_placeholder)),
        ("same_year", same_year),
    )
    places = {name: place for place, name in enumerate(names)}
    return np.select(
        [rule for _, rule in rules],
        [np.int8(places[name]) for name, _ in rules],
        default=np.int8(places["different"]),
    )


def _parts(dates: Dates) -> tuple[Dates, Dates, Dates]:
    return dates // 10_000, dates // 100 % 100, dates % 100


def _is_unknown(year: Dates, month: Dates, day: Dates) -> Flags:
    """1900-01-01 and the like, which offices write where nobody knows."""
    return np.asarray(np.isin(year, _UNKNOWN_YEARS) & (month == 1) & (day == 1))


def _is_first(_: Dates, month: Dates, day: Dates) -> Flags:
    """1 January, which stands for "year only" on many papers."""
    return np.asarray((month == 1) & (day == 1))


def _is_one_digit(ours: Dates, theirs: Dates, *, of: Flags) -> Flags:
    """One digit written wrong, or two neighbours exchanged; looked for in the pairs `of` alone."""
    found = np.zeros(len(ours), dtype=np.bool_)
    places = np.flatnonzero(of)
    one, other = _digits(ours[places]), _digits(theirs[places])
    differs = one != other
    count = differs.sum(axis=1)
    few = np.flatnonzero((count == 1) | (count == 2))  # noqa: PLR2004
    found[places[few]] = (count[few] == 1) | _is_exchanged(one[few], other[few], differs[few])
    return found


def _digits(dates: Dates) -> NDArray[np.int32]:
    return dates.astype(np.int32)[:, None] // _DIGITS % 10


def _is_exchanged(one: NDArray[np.int32], other: NDArray[np.int32], differs: Flags) -> Flags:
    """Whether all digits that differ are two neighbours, each in the other's place."""
    is_exchanged = np.zeros(len(one), dtype=np.bool_)
    for low, high in _NEIGHBOURS:
        is_exchanged |= (
            differs[:, low]
            & differs[:, high]
            & (one[:, low] == other[:, high])
            & (one[:, high] == other[:, low])
        )
    return is_exchanged
