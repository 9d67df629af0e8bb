"""Comparison of identifiers: phone, e-mail, handle, account, document, plate and the like."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

from rapidfuzz.distance import OSA

from crosslight.core.matching.model import DEFAULT_POPULATION, Attribute, Rarity
from crosslight.core.matching.v1.constants import COMMON_VALUE_HOLDERS, constants
from crosslight.core.matching.v1.findings import Finding, heaviest
from crosslight.core.matching.v1.identifiers import Identifier
from crosslight.core.matching.v1.prepared import Prepared

_SLIP_LENGTH = 7
_FEWEST_HOLDERS = 2


def compare_identifiers(left: Prepared, right: Prepared, *, rarity: Rarity) -> Iterator[Finding]:
    """Same identifier, weighed by how few entities hold it."""
    for attribute, ours in left.identifiers.items():
        theirs = right.identifiers.get(attribute)
        if theirs:
            yield heaviest(
                [_find(attribute, one, other, rarity=rarity) for one in ours for other in theirs]
            )


def _find(attribute: Attribute, left: Identifier, right: Identifier, *, rarity: Rarity) -> Finding:
    if left.key and left.key == right.key:
        return _find_same(attribute, left, right, rarity=rarity)
    figures = constants().identifiers[attribute]
    if _is_variant(left, right) or _is_slip(left, right):
        return Finding(attribute, "near", figures.near, left.raw, right.raw)
    return Finding(attribute, "different", figures.different, left.raw, right.raw)


def _find_same(
    attribute: Attribute, left: Identifier, right: Identifier, *, rarity: Rarity
) -> Finding:
    figures = constants().identifiers[attribute]
    counted = rarity.holders(left.key or "")
    if counted > COMMON_VALUE_HOLDERS:
        weight = constants().common_value_weight
        return Finding(attribute, "common", weight, left.raw, right.raw, counted)
    # Identifiers are drawn from all people, however few of them a database holds.
    population = max(rarity.total, DEFAULT_POPULATION)
    holders = max(counted, _FEWEST_HOLDERS)
    weight = min(log2(figures.m * population / holders), figures.most)
    if left.country and right.country and left.country != right.country:
        weight -= constants().country_conflict_penalty
        return Finding(attribute, "other_country", weight, left.raw, right.raw, counted)
    return Finding(attribute, "exact", weight, left.raw, right.raw, counted)


def _is_variant(left: Identifier, right: Identifier) -> bool:
    return left.variant is not None and left.variant == right.variant


def _is_slip(left: Identifier, right: Identifier) -> bool:
    if left.variant or min(len(left.form), len(right.form)) < _SLIP_LENGTH:
        return False
    return OSA.distance(left.form, right.form, score_cutoff=1) <= 1
