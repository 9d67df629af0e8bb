"""Comparison of traits that many share: sex, nationality, places, occupation, address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from rapidfuzz.distance import OSA

from crosslight.core.matching.model import Attribute, Evidence, Rarity
from crosslight.core.matching.v1.constants import COMMON_VALUE_HOLDERS, constants
from crosslight.core.matching.v1.prepared import Prepared, Trait
from crosslight.core.matching.v1.wording import evidence

_SLIP_LENGTH = 5
_NEAR = 0.6
_PARTIAL = 0.3


def compare_traits(left: Prepared, right: Prepared, *, rarity: Rarity) -> Iterator[Evidence]:
    """Same trait, a trait that a slip explains, or another."""
    for attribute, level_of in _LEVELS.items():
        ours, theirs = left.traits.get(attribute), right.traits.get(attribute)
        if ours and theirs:
            yield _best(attribute, tuple(product(ours, theirs)), level_of, rarity=rarity)


def _best(
    attribute: Attribute,
    pairs: tuple[tuple[Trait, Trait], ...],
    level_of: Callable[[str, str], str],
    *,
    rarity: Rarity,
) -> Evidence:
    weights = constants().levels[attribute]
    found = [(weights[level_of(a.form, b.form)], level_of(a.form, b.form), a, b) for a, b in pairs]
    weight, level, ours, theirs = max(
        found, key=lambda item: (item[0], item[1], *sorted((item[2].raw, item[3].raw)))
    )
    params: dict[str, str] = {}
    if attribute is Attribute.ADDRESS and level == "exact":
        counted = rarity.holders(f"address:{ours.form}")
        params = {"holders": str(counted)} if counted else {}
        if counted > COMMON_VALUE_HOLDERS:
            level, weight = "common", constants().common_value_weight
    return evidence(attribute, level, weight=weight, left=ours.raw, right=theirs.raw, params=params)


def _same_or_different(left: str, right: str) -> str:
    return "exact" if left == right else "different"


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
