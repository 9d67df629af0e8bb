"""How often each level is seen of one entity and of two, estimated without knowing which is which.

Expectation maximisation over pairs of a bulk run (Fellegi and Sunter 1969; Winkler 1988): the
present figures say how likely each pair is one entity, those likelihoods say how often each level
is seen of one entity, and so on until nothing moves. An attribute is estimated on pairs that other
attributes brought together, since every pair that a shared name finds has that name in common.
u comes from pairs drawn at random, which are of two entities but for a few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import yaml
from numpy.typing import NDArray

from crosslight.core.matching.model import Attribute, Population
from crosslight.core.matching.v1.columns import Columns
from crosslight.core.matching.v1.figures import Comparison, Figures, Level, NameFigures
from crosslight.core.matching.v1.findings import Finding, Floats
from crosslight.core.matching.v1.values import DIFFERENT, IDENTIFIERS
from crosslight.core.matching.v1.weighing import Weighed, Weigher, kin_share
from crosslight.core.matching.v1.word_relations import RELATIONS
from crosslight.core.names import Relation

_L = TypeVar("_L", bound=Level)

# What the figures at the start count for, in pairs: rare levels do not leap on a handful of pairs.
_PRIOR_PAIRS = 200.0
# A level that the rows hardly show keeps the figures it started with: other rows may show it.
_FEWEST_SEEN = 30.0
# People state another nationality when it helps them, which rows without such people don't show.
_NOT_ESTIMATED = frozenset({Attribute.NATIONALITY})
# That both sides write "unknown" is nothing they have in common.
_FIXED = frozenset({"unknown"})
_LEAST = 1e-5
_MOST_ROUNDS = 25
_STILL = 0.002
_PRIOR_ROUNDS = 10
_FEWEST_RELATIVES = 0.001


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs (places in the columns), and the attributes that may be estimated on them.

    Those are the attributes that had no part in bringing the pairs together. `share` is the part
    of all such pairs that was drawn.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    attributes: frozenset[Attribute]
    share: float = 1.0


def estimate(
    columns: Columns,
    population: Population,
    *,
    start: Figures,
    sets: Sequence[PairSet],
    random_pairs: PairSet,
    tell: Callable[[str], None],
) -> Figures:
    """Figures of greatest likelihood, reached from `start`; bands and limits stay as they are."""
    known = _with_u(start, columns, population, drawn=random_pairs)
    for number in range(1, _MOST_ROUNDS + 1):
        following = _with_m(known, columns, population, start=start, sets=sets)
        moved = _distance(known, following)
        tell(f"Round {number}: the figures moved by {moved:.4f}.")
        known = following
        if moved < _STILL:
            break
    return known


def _with_u(start: Figures, columns: Columns, population: Population, *, drawn: PairSet) -> Figures:
    weighed = Weigher(columns, population, model=start).weigh(drawn.left, drawn.right)
    shares = {
        found.attribute: _shares(found, np.ones(len(found.pairs))) for found in weighed.findings
    }
    return _changed(start, shares, start, side="u")


def _with_m(
    known: Figures,
    columns: Columns,
    population: Population,
    *,
    start: Figures,
    sets: Sequence[PairSet],
) -> Figures:
    weigher = Weigher(columns, population, model=known)
    shares: dict[Attribute, _Shares] = {}
    every = [weigher.weigh(pairs.left, pairs.right) for pairs in sets]
    prior = _prior([weighed.weights for weighed in every], sets, records=len(columns))
    for pairs, weighed in zip(sets, every, strict=True):
        likely = _likelihoods(weighed.weights, prior=prior)
        for found in weighed.findings:
            if found.attribute in pairs.attributes:
                share = _shares(found, likely[found.pairs])
                shares[found.attribute] = share + shares.get(found.attribute, _NO_SHARES)
    relatives = _relatives(every, sets, prior=prior, known=known, records=len(columns))
    return replace(_changed(known, shares, start, side="m"), relatives=relatives)


def _relatives(
    every: Sequence[Weighed],
    sets: Sequence[PairSet],
    *,
    prior: float,
    known: Figures,
    records: int,
) -> float:
    """How many relatives a record has among the others, by the set that holds most of them."""
    share = kin_share(known, records)
    pairs = max(
        float(_kin_likelihoods(weighed, prior=prior, share=share).sum()) / drawn.share
        for drawn, weighed in zip(sets, every, strict=True)
    )
    return max(2.0 * pairs / records, _FEWEST_RELATIVES)


def _kin_likelihoods(weighed: Weighed, *, prior: float, share: float) -> Floats:
    """How likely the two of each pair are relatives, rather than one entity or strangers."""
    same, against_kin = weighed.weights.copy(), np.zeros(len(weighed.weights))
    for found in weighed.findings:
        if found.attribute is Attribute.KINSHIP:
            same[found.pairs] -= found.weights
        against_kin[found.pairs] += found.against_kin
    kin = np.exp2(np.clip(np.log2(share) + same - against_kin, -60, 60))
    return np.asarray(kin / (1.0 + np.exp2(np.clip(same + prior, -60, 60)) + kin))


def _likelihoods(weights: Floats, *, prior: float) -> Floats:
    """How likely each pair is one entity, given the log2 odds of any two records being one."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(weights + prior, -60, 60))))


def _prior(weighed: Sequence[Floats], sets: Sequence[PairSet], *, records: int) -> float:
    """log2 odds of any two records being one: as many pairs as the likeliest set of pairs holds.

    Each set is the part `share` of all pairs that its keys bring together.
    """
    everything = records * (records - 1) / 2
    odds = 1.0 / records
    for _ in range(_PRIOR_ROUNDS):
        matches = max(
            float(_likelihoods(weights, prior=float(np.log2(odds))).sum()) / pairs.share
            for weights, pairs in zip(weighed, sets, strict=True)
        )
        odds = max(matches, 1.0) / everything
    return float(np.log2(odds))


@dataclass(frozen=True, slots=True)
class _Shares:
    """Weighted counts of levels, and for names of relations of words."""

    levels: Mapping[str, float]
    relations: Mapping[str, float]

    def __add__(self, other: _Shares) -> _Shares:
        return _Shares(_summed(self.levels, other.levels), _summed(self.relations, other.relations))


_NO_SHARES = _Shares({}, {})


def _summed(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {name: one.get(name, 0.0) + other.get(name, 0.0) for name in {**one, **other}}


def _shares(found: Finding, weights: Floats) -> _Shares:
    counts = np.bincount(found.levels, weights=weights, minlength=len(found.names))
    levels = dict(zip(found.names, counts.tolist(), strict=True))
    if found.relations is None:
        return _Shares(levels, {})
    sums = (found.relations * weights[:, None]).sum(axis=0).tolist()
    return _Shares(levels, {r.value: sums[code] for code, r in enumerate(RELATIONS)})


def _changed(
    known: Figures, shares: Mapping[Attribute, _Shares], start: Figures, *, side: str
) -> Figures:
    comparisons = {
        attribute: _comparison(
            attribute,
            comparison,
            shares[attribute],
            start=start.comparisons[attribute],
            side=side,
        )
        if attribute in shares and attribute not in _NOT_ESTIMATED
        else comparison
        for attribute, comparison in known.comparisons.items()
    }
    names = known.names
    if Attribute.NAME in shares:
        names = _names(names, shares[Attribute.NAME].relations, start.names, side=side)
    return replace(known, comparisons=comparisons, names=names)


def _comparison(
    attribute: Attribute, known: Comparison, shares: _Shares, *, start: Comparison, side: str
) -> Comparison:
    total = sum(shares.levels.get(name, 0.0) for name in known.levels)
    if not total:
        return known
    levels = {}
    for name, level in known.levels.items():
        before = getattr(start.levels[name], side)
        value = (shares.levels.get(name, 0.0) + before * _PRIOR_PAIRS) / (total + _PRIOR_PAIRS)
        is_unseen = side == "m" and shares.levels.get(name, 0.0) < _FEWEST_SEEN
        # Random pairs hardly ever meet on an identifier: its u is known better than they tell.
        is_kept = side == "u" and attribute in IDENTIFIERS and name != DIFFERENT
        if is_unseen or name in _FIXED:
            levels[name] = start.levels[name]
            continue
        levels[name] = level if is_kept else _moved(level, side, max(value, _LEAST))
    return replace(known, levels=levels)


def _names(
    known: NameFigures, relations: Mapping[str, float], start: NameFigures, *, side: str
) -> NameFigures:
    total = sum(relations.values())
    if not total:
        return known

    def changed(relation: Relation, level: _L, before: _L) -> _L:
        seen = relations.get(relation.value, 0.0)
        if side == "m" and seen < _FEWEST_SEEN:
            return before
        earlier = getattr(before, side)
        return _moved(level, side, (seen + earlier * _PRIOR_PAIRS) / (total + _PRIOR_PAIRS))

    return replace(
        known,
        agreeing={
            relation: changed(relation, level, start.agreeing[relation])
            for relation, level in known.agreeing.items()
        },
        differing={
            relation: changed(relation, level, start.differing[relation])
            for relation, level in known.differing.items()
        },
    )


def _moved(level: _L, side: str, value: float) -> _L:
    return replace(level, m=value) if side == "m" else replace(level, u=value)


def _distance(one: Figures, other: Figures) -> float:
    """Greatest difference of any m."""
    return max(
        abs(level.m - other.comparisons[attribute].levels[name].m)
        for attribute, comparison in one.comparisons.items()
        for name, level in comparison.levels.items()
    )


def written(figures: Figures) -> str:
    """The model file of `figures`."""
    content = {
        "model": figures.model,
        "provenance": figures.provenance,
        "comparisons": {
            attribute.value: _written_comparison(comparison)
            for attribute, comparison in figures.comparisons.items()
        },
        "common_value_weight": figures.common_value_weight,
        "fewest_holders": figures.fewest_holders,
        "relatives": figures.relatives,
        "names": _written_names(figures.names),
        "bands": {name: getattr(figures.bands, name) for name in figures.bands.__slots__},
    }
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120))


def _written_comparison(comparison: Comparison) -> dict[str, object]:
    limits: dict[str, object] = {"rarity": True} if comparison.rarity else {}
    if comparison.most < _NO_LIMIT:
        limits["most"] = comparison.most
    return {**limits, "levels": {name: _level(row) for name, row in comparison.levels.items()}}


_NO_LIMIT = 100.0
_RARITY: Mapping[bool, dict[str, object]] = {True: {"rarity": True}, False: {}}


def _level(level: Level) -> dict[str, object]:
    held: dict[str, object] = {"m": float(f"{level.m:.4g}"), "u": float(f"{level.u:.4g}")}
    if level.kin:
        held["kin"] = level.kin
    return {**held, "by_holders": True} if level.by_holders else held


def _written_names(names: NameFigures) -> dict[str, object]:
    plain = {
        name: getattr(names, name)
        for name in names.__slots__
        if name not in ("agreeing", "differing")
    }
    return {
        "agreeing": {
            relation.value: {**_level(row), "most": row.most, **_RARITY[row.rarity]}
            for relation, row in names.agreeing.items()
        },
        "differing": {relation.value: _level(row) for relation, row in names.differing.items()},
        **plain,
    }
