"""The whole comparison of two prepared records."""

from __future__ import annotations

from collections.abc import Iterator

from crosslight.core.matching.model import Band, Evidence, MatchResult, Rarity
from crosslight.core.matching.v1.bands import decide
from crosslight.core.matching.v1.compare_dates import compare_birth_dates
from crosslight.core.matching.v1.compare_identifiers import compare_identifiers
from crosslight.core.matching.v1.compare_names import compare_names
from crosslight.core.matching.v1.compare_traits import compare_traits
from crosslight.core.matching.v1.constants import (
    COMMON_NAME_HOLDERS,
    COMMON_VALUE_HOLDERS,
    MODEL,
)
from crosslight.core.matching.v1.prepared import Prepared

_NAME_KEYS = ("name", "orgname", "nameyear", "namedate", "nameplace", "token", "orgtoken")


def compare(left: Prepared, right: Prepared, *, rarity: Rarity) -> MatchResult:
    """Weight, band and evidence of two records; weights add up to the result's weight."""
    evidence = tuple(_evidence(left, right, rarity=rarity))
    weight = round(sum(item.weight for item in evidence), 3)
    band = decide(evidence, weight=weight, left=left.family, right=right.family)
    return MatchResult(
        weight=weight,
        band=band,
        notifies=band in (Band.STRONG, Band.PROBABLE),
        evidence=evidence,
        model=MODEL,
    )


def _evidence(left: Prepared, right: Prepared, *, rarity: Rarity) -> Iterator[Evidence]:
    name = compare_names(left, right, rarity=rarity)
    if name:
        yield name
    birth_date = compare_birth_dates(left, right)
    if birth_date:
        yield birth_date
    yield from compare_identifiers(left, right, rarity=rarity)
    yield from compare_traits(left, right, rarity=rarity)


def is_key_usable(key: str, holders: int) -> bool:
    """Whether a key that `holders` entities hold may fetch candidates.

    A value of more than 20 holders is common. Name keys may have more: they tell less, but a
    check that left them out would miss the bearers of common names.
    """
    kind = key.partition(":")[0]
    limit = COMMON_NAME_HOLDERS if kind in _NAME_KEYS else COMMON_VALUE_HOLDERS
    return holders <= limit
