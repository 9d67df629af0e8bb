"""Comparison of traits that many share: sex, nationality, places, occupation, address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from crosslight.core.matching.model import Attribute, Rarity
from crosslight.core.matching.v1.constants import COMMON_VALUE_HOLDERS, constants
from crosslight.core.matching.v1.findings import Finding, heaviest
from crosslight.core.matching.v1.prepared import Prepared, Trait

_SLIP_LENGTH = 5
_NEAR = 0.6
_PARTIAL = 0.3


def compare_traits(left: Prepared, right: Prepared, *, rarity: Rarity) -> Iterator[Finding]:
    """Same trait, a trait that a slip explains, or another."""
    for attribute, ours in left.traits.items():
        theirs = right.traits.get(attribute)
        if theirs:
            yield heaviest(
                [_find(attribute, one, other, rarity=rarity) for one in ours for other in theirs]
            )


def _find(attribute: Attribute, left: Trait, right: Trait, *, rarity: Rarity) -> Finding:
    level = _LEVELS[attribute](left.form, right.form)
    if attribute is Attribute.ADDRESS and level == "exact":
        return _find_same_address(left, right, rarity=rarity)
    return Finding(attribute, level, constants().levels[attribute][level], left.raw, right.raw)


def _find_same_address(left: Trait, right: Trait, *, rarity: Rarity) -> Finding:
    counted = rarity.holders(f"address:{left.form}")
    is_common = counted > COMMON_VALUE_HOLDERS
    exact = constants().levels[Attribute.ADDRESS]["exact"]
    return Finding(
        attribute=Attribute.ADDRESS,
        level="common" if is_common else "exact",
        weight=constants().common_value_weight if is_common else exact,
        left=left.raw,
        right=right.raw,
        holders=counted,
    )


def _same_or_different(left: str, right: str) -> str:
    return "exact" if left == right else "different"


@lru_cache(maxsize=65_536)
def _place_level(left: str, right: str) -> str:
    if left == right:
        return "exact"
    ours, theirs = set(left.split()), set(right.split())
    if ours <= theirs or theirs <= ours:
        return "slip"
    is_long = min(len(left), len(right)) >= _SLIP_LENGTH
    return "slip" if is_long and OSA.distance(left, right, score_cutoff=1) <= 1 else "different"


def _address_level(left: str, right: str) -> str:
    if left == right:
        return "exact"
    ours, theirs = set(left.split()), set(right.split())
    alike = len(ours & theirs) / len(ours | theirs)
    if alike >= _NEAR:
        return "near"
    return "partial" if alike >= _PARTIAL else "different"


_LEVELS: dict[Attribute, Callable[[str, str], str]] = {
    Attribute.SEX: _same_or_different,
    Attribute.NATIONALITY: _same_or_different,
    Attribute.BIRTH_PLACE: _place_level,
    Attribute.PLACE: _place_level,
    Attribute.OCCUPATION: _place_level,
    Attribute.ADDRESS: _address_level,
}
