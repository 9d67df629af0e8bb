"""The whole comparison of two prepared records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crosslight.core.matching.model import Band, MatchResult, Rarity
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
from crosslight.core.matching.v1.findings import Finding
from crosslight.core.matching.v1.prepared import Prepared
from crosslight.core.matching.v1.wording import to_evidence

_NAME_KEYS = frozenset(
    {
        "name",
        "namedate",
        "nameplace",
        "namestart",
        "nameyear",
        "orgname",
        "orgnamestart",
        "orgtoken",
        "startplace",
        "startyear",
        "token",
    }
)


class Weighing(NamedTuple):
    """`weight` is log2 of how much likelier the findings are of one entity than of two."""

    weight: float
    band: Band

    @property
    def notifies(self) -> bool:
        return self.band in (Band.STRONG, Band.PROBABLE)


def compare(left: Prepared, right: Prepared, *, rarity: Rarity) -> MatchResult:
    """Weight, band and evidence of two records; weights add up to the result's weight."""
    findings = tuple(_findings(left, right, rarity=rarity))
    weighed = _weigh(findings, left=left, right=right)
    return MatchResult(
        weight=weighed.weight,
        band=weighed.band,
        notifies=weighed.notifies,
        evidence=tuple(map(to_evidence, findings)),
        model=MODEL,
    )


def weigh(left: Prepared, right: Prepared, *, rarity: Rarity) -> Weighing:
    """Weight and band as `compare` gives them, without the words: for bulk runs."""
    return _weigh(tuple(_findings(left, right, rarity=rarity)), left=left, right=right)


def _weigh(findings: tuple[Finding, ...], *, left: Prepared, right: Prepared) -> Weighing:
    weight = round(sum(item.weight for item in findings), 3)
    return Weighing(weight, decide(findings, weight=weight, left=left.family, right=right.family))


def _findings(left: Prepared, right: Prepared, *, rarity: Rarity) -> Iterator[Finding]:
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
