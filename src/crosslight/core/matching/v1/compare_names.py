"""Comparison of names: each agreeing word weighs by how few bear it."""

from __future__ import annotations

from functools import lru_cache
from math import log2

from crosslight.core.matching.model import Attribute, Rarity
from crosslight.core.matching.v1.constants import constants
from crosslight.core.matching.v1.findings import Finding, heaviest
from crosslight.core.matching.v1.prepared import NameForm, Prepared, key_prefix
from crosslight.core.names import (
    NameComparison,
    NameKind,
    Relation,
    Token,
    TokenPair,
    compare,
    lexicon,
)

# What the lexicon says of a population counts as much as this many counted entities.
_PRIOR_ENTITIES = 2_000
# From the worst to the best: a name is called by its worst agreeing pair of words.
_LEVELS = (
    Relation.CONSONANTS,
    Relation.LETTER,
    Relation.SLIP,
    Relation.INITIAL,
    Relation.SHORT_FORM,
    Relation.RULE,
    Relation.SPELLING,
    Relation.SAME,
)


def compare_names(left: Prepared, right: Prepared, *, rarity: Rarity) -> Finding | None:
    """Same person's or organisation's name, weighed by how rare its words are."""
    if left.family is not right.family or not left.names or not right.names:
        return None
    return heaviest(
        [_find(one, other, rarity=rarity) for one in left.names for other in right.names]
    )


def _find(left: NameForm, right: NameForm, *, rarity: Rarity) -> Finding:
    limits = constants().name
    kind = left.parsed.kind
    found = compare(left.parsed, right.parsed)
    agreeing = found.agreeing
    weight = _weight(found, kind=kind, rarity=rarity)
    is_alias = left.is_alias or right.is_alias
    if is_alias:
        weight = max(weight - limits.alias_penalty, 0.0)
    return Finding(
        attribute=Attribute.ALIAS if is_alias else Attribute.NAME,
        level=_level(found, agreeing=agreeing),
        weight=min(max(weight, limits.least_total), limits.most_total),
        left=left.raw,
        right=right.raw,
        agreeing_words=_agreeing_words(agreeing),
        name_kind=kind,
    )


def _weight(found: NameComparison, *, kind: NameKind, rarity: Rarity) -> float:
    left_out = constants().name.left_out
    weight = 0.0
    for pair in found.alignment.pairs:
        weight += _pair_weight(pair, kind=kind, rarity=rarity)
    for item in found.left_out:
        if not item.is_title and not item.is_short:
            weight += left_out
    return weight


def _agreeing_words(agreeing: tuple[TokenPair, ...]) -> int:
    return sum(1 for pair in agreeing if pair.relation is not Relation.INITIAL)


def _level(found: NameComparison, *, agreeing: tuple[TokenPair, ...]) -> str:
    if found.opposing:
        return "conflicting" if agreeing else "different"
    relations = {pair.relation for pair in found.alignment.pairs}
    worst = next((relation for relation in _LEVELS if relation in relations), None)
    if worst is None:
        return "different"
    return "partial" if found.left_out and worst is Relation.SAME else worst.value


def _pair_weight(pair: TokenPair, *, kind: NameKind, rarity: Rarity) -> float:
    limits = constants().name
    relation = pair.relation
    if not pair.agrees:
        return limits.differing[relation.value]
    if pair.left.is_title and pair.right.is_title:
        return limits.title
    share = _share(pair.left, kind=kind, rarity=rarity)
    if pair.left.canonical != pair.right.canonical:
        share = max(share, _share(pair.right, kind=kind, rarity=rarity))
    value = log2(limits.m[relation.value] / share)
    return max(min(value, limits.most[relation.value]), 0.0)


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
