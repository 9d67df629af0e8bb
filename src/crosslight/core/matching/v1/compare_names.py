"""Comparison of names: each agreeing word weighs by how few bear it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log2

from crosslight.core.matching.model import Attribute, Evidence, Rarity
from crosslight.core.matching.v1.constants import constants
from crosslight.core.matching.v1.prepared import NameForm, Prepared, key_prefix
from crosslight.core.matching.v1.wording import evidence
from crosslight.core.names import (
    NameComparison,
    NameKind,
    Relation,
    Token,
    TokenPair,
    compare,
    explain,
    lexicon,
)

# What the lexicon says of a population counts as much as this many counted entities.
_PRIOR_ENTITIES = 2_000
_LEVELS = (
    Relation.LETTER,
    Relation.SLIP,
    Relation.INITIAL,
    Relation.SHORT_FORM,
    Relation.RULE,
    Relation.SPELLING,
    Relation.SAME,
)


@dataclass(frozen=True, slots=True)
class _Weighed:
    weight: float
    level: str
    left: NameForm
    right: NameForm
    agreeing_words: int


def compare_names(left: Prepared, right: Prepared, *, rarity: Rarity) -> Evidence | None:
    """Same person's or organisation's name, weighed by how rare its words are."""
    if left.family is not right.family or not left.names or not right.names:
        return None
    best = max(
        (_weigh(one, other, rarity=rarity) for one in left.names for other in right.names),
        key=lambda found: (found.weight, *sorted((found.left.raw, found.right.raw))),
    )
    return _evidence(best)


def _weigh(left: NameForm, right: NameForm, *, rarity: Rarity) -> _Weighed:
    limits = constants().name
    found = compare(left.parsed, right.parsed)
    kind = left.parsed.kind
    weight = sum(_pair_weight(pair, kind=kind, rarity=rarity) for pair in found.alignment.pairs)
    over = found.alignment.left_over + found.alignment.right_over
    weight += sum(limits.left_out for item in over if not item.is_title and not item.is_short)
    if left.is_alias or right.is_alias:
        weight = max(weight - limits.alias_penalty, 0.0)
    return _Weighed(
        weight=min(max(weight, limits.least_total), limits.most_total),
        level=_level(found, has_over=bool(over)),
        left=left,
        right=right,
        agreeing_words=_agreeing_words(found),
    )


def _agreeing_words(found: NameComparison) -> int:
    weak = (Relation.INITIAL,)
    return sum(1 for pair in found.agreeing if pair.relation not in weak)


def _level(found: NameComparison, *, has_over: bool) -> str:
    if found.opposing:
        return "conflicting" if found.agreeing else "different"
    relations = {pair.relation for pair in found.alignment.pairs}
    worst = next(relation for relation in _LEVELS if relation in relations)
    return "partial" if has_over and worst is Relation.SAME else worst.value


def _pair_weight(pair: TokenPair, *, kind: NameKind, rarity: Rarity) -> float:
    limits = constants().name
    if pair.relation is Relation.UNLIKE:
        return limits.unlike
    if pair.relation is Relation.OTHER_NAME:
        return limits.other_name
    if pair.left.is_title and pair.right.is_title:
        return limits.title
    share = max(
        _share(pair.left, kind=kind, rarity=rarity), _share(pair.right, kind=kind, rarity=rarity)
    )
    value = log2(limits.m[pair.relation.value] / share)
    return max(min(value, limits.most[pair.relation.value]), 0.0)


def _share(item: Token, *, kind: NameKind, rarity: Rarity) -> float:
    """Part of the population that bears the word; counts are smoothed by the lexicon's share."""
    prior = _prior_share(item)
    counted = rarity.holders(f"{key_prefix(kind)}token:{item.canonical}")
    if not counted:
        return prior
    smoothed = (counted + prior * _PRIOR_ENTITIES) / (rarity.total + _PRIOR_ENTITIES)
    return min(max(smoothed, constants().name.least_share), 1.0)


@lru_cache(maxsize=65_536)
def _prior_share(item: Token) -> float:
    groups = lexicon().groups
    known = [groups[name].share for name in item.group_names]
    return max(known, default=constants().name.default_share)


def _evidence(found: _Weighed) -> Evidence:
    is_alias = found.left.is_alias or found.right.is_alias
    why = explain(found.left.raw, found.right.raw, kind=found.left.parsed.kind)
    return evidence(
        Attribute.ALIAS if is_alias else Attribute.NAME,
        found.level,
        weight=found.weight,
        left=found.left.raw,
        right=found.right.raw,
        params={"why": "; ".join(why), "agreeing_words": str(found.agreeing_words)},
    )
