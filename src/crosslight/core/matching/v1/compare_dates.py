"""Comparison of birth dates, with the slips and placeholders that papers carry."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from crosslight.core.attributes.dates import PartialDate
from crosslight.core.matching.model import Attribute
from crosslight.core.matching.v1.constants import constants
from crosslight.core.matching.v1.findings import Finding, heaviest
from crosslight.core.matching.v1.prepared import BirthDate, Prepared


def compare_birth_dates(left: Prepared, right: Prepared) -> Finding | None:
    """Same birth date, or one that a slip of the pen explains."""
    if not left.birth_dates or not right.birth_dates:
        return None
    return heaviest([_find(one, other) for one in left.birth_dates for other in right.birth_dates])


def _find(left: BirthDate, right: BirthDate) -> Finding:
    level = _level(left.date, right.date)
    weight = constants().levels[Attribute.BIRTH_DATE][level]
    return Finding(Attribute.BIRTH_DATE, level, weight, left.raw, right.raw)


def _level(left: PartialDate, right: PartialDate) -> str:
    if left.is_unknown or right.is_unknown:
        return "unknown"
    if not (left.is_full and right.is_full):
        return _partial_level(left, right)
    if left.is_placeholder or right.is_placeholder:
        return _year_level(left, right, same="placeholder")
    if left == right:
        return "exact"
    return _slip_level(left, right)


@lru_cache(maxsize=65_536)
def _slip_level(left: PartialDate, right: PartialDate) -> str:
    if left.year == right.year and (left.month, left.day) == (right.day, right.month):
        return "swapped"
    if OSA.distance(str(left), str(right), score_cutoff=1) <= 1:
        return "one_digit"
    return "same_year" if left.year == right.year else "different"


def _partial_level(left: PartialDate, right: PartialDate) -> str:
    if left.year == right.year and left.month and right.month:
        return "year_month" if left.month == right.month else "same_year"
    return _year_level(left, right, same="year")


def _year_level(left: PartialDate, right: PartialDate, *, same: str) -> str:
    apart = abs(left.year - right.year)
    if apart == 0:
        return same
    return "near_year" if apart == 1 else "other_year"
