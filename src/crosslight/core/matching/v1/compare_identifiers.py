"""Comparison of identifiers: phone, e-mail, handle, account, document, plate and the like."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import log2

from rapidfuzz.distance import OSA

from crosslight.core.matching.model import (
    DEFAULT_POPULATION,
    Attribute,
    Evidence,
    Rarity,
)
from crosslight.core.matching.v1.constants import COMMON_VALUE_HOLDERS, constants
from crosslight.core.matching.v1.identifiers import READERS, Identifier
from crosslight.core.matching.v1.prepared import Prepared
from crosslight.core.matching.v1.wording import evidence

_SLIP_LENGTH = 7


def compare_identifiers(left: Prepared, right: Prepared, *, rarity: Rarity) -> Iterator[Evidence]:
    """Same identifier, weighed by how few entities hold it."""
    for attribute in READERS:
        ours, theirs = left.identifiers.get(attribute), right.identifiers.get(attribute)
        if ours and theirs:
            found = [
                _compare(attribute, one, other, rarity=rarity)
                for one, other in product(ours, theirs)
            ]
            yield max(
                found, key=lambda item: (item.weight, item.level, *sorted((item.left, item.right)))
            )


def _compare(
    attribute: Attribute, left: Identifier, right: Identifier, *, rarity: Rarity
) -> Evidence:
    level, weight, params = _weigh(attribute, left, right, rarity=rarity)
    return evidence(attribute, level, weight=weight, left=left.raw, right=right.raw, params=params)


def _weigh(
    attribute: Attribute, left: Identifier, right: Identifier, *, rarity: Rarity
) -> tuple[str, float, dict[str, str]]:
    figures = constants().identifiers[attribute]
    if left.key and left.key == right.key:
        return _weigh_exact(attribute, left, right, rarity=rarity)
    if _is_variant(left, right) or _is_slip(left, right):
        return "near", figures.near, {}
    return "different", figures.different, {}


def _weigh_exact(
    attribute: Attribute, left: Identifier, right: Identifier, *, rarity: Rarity
) -> tuple[str, float, dict[str, str]]:
    figures = constants().identifiers[attribute]
    counted = rarity.holders(left.key or "")
    holders = counted or constants().identifier_default_holders
    params = {"holders": str(counted)} if counted else {}
    if holders > COMMON_VALUE_HOLDERS:
        return "common", constants().common_value_weight, params
    # Identifiers are drawn from all people, however few of them a database holds.
    population = max(rarity.total, DEFAULT_POPULATION)
    weight = min(log2(figures.m * population / max(holders, 2)), figures.most)
    if left.country and right.country and left.country != right.country:
        return "other_country", weight - constants().country_conflict_penalty, params
    return "exact", weight, params


def _is_variant(left: Identifier, right: Identifier) -> bool:
    return left.variant is not None and left.variant == right.variant


def _is_slip(left: Identifier, right: Identifier) -> bool:
    if left.variant or min(len(left.form), len(right.form)) < _SLIP_LENGTH:
        return False
    return OSA.distance(left.form, right.form, score_cutoff=1) <= 1
