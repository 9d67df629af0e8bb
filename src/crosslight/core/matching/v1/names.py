"""Comparison of names in batches: each agreeing word weighs by how few bear it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations
from math import log2

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import Attribute, Population
from crosslight.core.matching.v1.columns import FAMILIES, NOTHING, Columns, Flags, Places
from crosslight.core.matching.v1.families import is_named, name_kind
from crosslight.core.matching.v1.figures import Figures
from crosslight.core.matching.v1.findings import Finding, Floats, Pairs, heaviest
from crosslight.core.matching.v1.memory import Codes
from crosslight.core.matching.v1.name_tables import (
    FROM_WORST,
    NO_RELATION,
    RelationFigures,
    WordFacts,
    against,
    prior_share,
    shares_of,
)
from crosslight.core.matching.v1.word_relations import RELATIONS, WordRelations
from crosslight.core.names import (
    NameKind,
    ParsedName,
    Relation,
    Token,
    align,
    relation_of,
)

# Names of more words are rare: they are aligned one by one.
_MOST_WORDS = 4
_DIFFERENT, _CONFLICTING, _PARTIAL = "different", "conflicting", "partial"
NAME_LEVELS = (_DIFFERENT, _CONFLICTING, *(r.value for r in FROM_WORST), _PARTIAL)
_KINDS = tuple(NameKind)


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Of each pair of names: the weight, the worst agreeing relation and what else was found."""

    weights: Floats
    worst: NDArray[np.int64]
    agreeing: NDArray[np.int64]
    opposing: NDArray[np.int64]
    left_out: NDArray[np.int64]
    words: NDArray[np.int64]
    best: Floats
    relations: Codes


class NameComparison:
    """Compares the names of `columns`, whose words are as rare as `population` says."""

    def __init__(self, columns: Columns, population: Population, figures: Figures) -> None:
        self._columns = columns
        self._figures = figures.names
        self._table = RelationFigures.of(figures.names)
        self._chance = log2(figures.names.chance)
        self._words = WordFacts.of(columns.vocabulary)
        used = columns.names.tokens[columns.names.tokens != NOTHING]
        self._relations = WordRelations(
            columns.vocabulary,
            np.bincount(used, minlength=len(columns.vocabulary)),
            records=len(columns),
        )
        present = {name_kind(FAMILIES[place]) for place in np.unique(columns.families)}
        self._shares = np.zeros((len(_KINDS), len(columns.vocabulary) + 1))
        for kind in present:
            self._shares[_KINDS.index(kind)] = shares_of(
                columns.vocabulary, kind, population, figures=figures.names
            )
        self._family_kinds = np.array([_KINDS.index(name_kind(family)) for family in FAMILIES])
        self._is_named = np.array([is_named(family) for family in FAMILIES])

    def of(self, left: Pairs, right: Pairs) -> Finding:
        """Names of each pair of records of one family, by the pair of names that weighs most."""
        families = self._columns.families
        alike = (families[left] == families[right]) & self._is_named[families[left]]
        pairs, ours, theirs = self._combined(np.nonzero(alike)[0], left, right)
        kinds = self._family_kinds[families[left[pairs]]]
        found = self._aligned(ours, theirs, kinds)
        first = self._columns.names.first
        return heaviest(
            Finding(
                attribute=Attribute.NAME,
                names=NAME_LEVELS,
                pairs=pairs,
                levels=_levels(found),
                weights=self._limited(found.weights, ours, theirs),
                left=ours - first[left[pairs]],
                right=theirs - first[right[pairs]],
                holders=np.zeros(len(pairs), dtype=np.int64),
                # Relatives have one word in common for sure: it says nothing against them.
                against_kin=found.weights - found.best,
                words=found.words,
                relations=found.relations,
            )
        )

    def _combined(self, pairs: Pairs, left: Pairs, right: Pairs) -> tuple[Pairs, Pairs, Pairs]:
        """Every name of the one with every name of the other, one of them in its first reading.

        Read otherwise than first, the given names of neighbours are alike, too.
        """
        first = self._columns.names.first.astype(np.int64)
        ours, theirs = left[pairs], right[pairs]
        widths = first[theirs + 1] - first[theirs]
        totals = (first[ours + 1] - first[ours]) * widths
        repeated = np.repeat(np.arange(len(pairs)), totals)
        step = np.arange(len(repeated)) - np.repeat(np.cumsum(totals) - totals, totals)
        width = widths[repeated]
        one = first[ours[repeated]] + step // width
        other = first[theirs[repeated]] + step % width
        is_other = self._columns.names.is_other
        if is_other.any():
            kept = ~(is_other[one] & is_other[other])
            return pairs[repeated][kept], one[kept], other[kept]
        return pairs[repeated], one, other

    def _limited(self, weights: Floats, ours: Pairs, theirs: Pairs) -> Floats:
        limits, is_alias = self._figures, self._columns.names.is_alias
        as_alias = np.maximum(weights - limits.alias_penalty, 0.0)
        found = np.where(is_alias[ours] | is_alias[theirs], as_alias, weights)
        return np.clip(found, limits.least_total, limits.most_total)

    def _aligned(self, ours: Pairs, theirs: Pairs, kinds: NDArray[np.int64]) -> _Aligned:
        names = self._columns.names
        found = _nothing_aligned(len(ours))
        short, long = self._oriented(ours, theirs)
        lengths, widths = names.lengths[short], names.lengths[long]
        is_odd = self._is_odd(short, long)
        for length in range(1, _MOST_WORDS + 1):
            for width in range(length, _MOST_WORDS + 1):
                at = np.nonzero((lengths == length) & (widths == width) & ~is_odd)[0]
                if len(at):
                    tokens = names.tokens[short[at], :length], names.tokens[long[at], :width]
                    _put(found, at, self._assigned(*tokens, kinds=kinds[at]))
        for place in np.nonzero(is_odd)[0]:
            one = self._one_by_one(int(short[place]), int(long[place]), int(kinds[place]))
            _put(found, np.array([place]), one)
        return found

    def _oriented(self, ours: Pairs, theirs: Pairs) -> tuple[Pairs, Pairs]:
        """The name of fewer words first, of equals the one first in the alphabet."""
        names, order = self._columns.names, self._words.order
        lengths, widths = names.lengths[ours], names.lengths[theirs]
        turns = lengths > widths
        undecided = lengths == widths
        for place in range(names.tokens.shape[1]):
            one = order[names.tokens[ours, place]]
            other = order[names.tokens[theirs, place]]
            turns |= undecided & (one > other)
            undecided &= one == other
            if not undecided.any():
                break
        return np.where(turns, theirs, ours), np.where(turns, ours, theirs)

    def _is_odd(self, short: Pairs, long: Pairs) -> Flags:
        """Pairs that take more than one assignment: long, joined, or with a father's name."""
        names, words = self._columns.names, self._words
        has_father = np.asarray(words.is_father[names.tokens].any(axis=1))
        odd = np.asarray(names.lengths[long] > _MOST_WORDS)
        odd |= has_father[short] & has_father[long]
        uneven = np.nonzero(~odd & (names.lengths[short] != names.lengths[long]))[0]
        if len(uneven):
            odd[uneven] = self._are_joined(short[uneven], long[uneven])
        return odd

    def _are_joined(self, short: Pairs, long: Pairs) -> Flags:
        """Whether two words side by side in the longer name are one word of the shorter."""
        names, words = self._columns.names, self._words
        few = names.tokens[short]
        many = names.tokens[long]
        found = np.zeros(len(short), dtype=np.bool_)
        for place in range(min(many.shape[1], _MOST_WORDS) - 1):
            first, second = many[:, place], many[:, place + 1]
            for other in range(few.shape[1]):
                fits = np.flatnonzero(words.may_be_joined(first, second, few[:, other]))
                joined = words.joined(first[fits], second[fits])
                whole = few[fits, other]
                found[fits] |= (words.texts[whole] == joined) | (words.folds[whole] == joined)
        return found

    def _assigned(self, short: Places, long: Places, *, kinds: NDArray[np.int64]) -> _Aligned:
        """Each word of the shorter name to another of the longer, so that most is gained."""
        length, width = short.shape[1], long.shape[1]
        lefts = np.broadcast_to(short[:, :, None], (len(short), length, width))
        rights = np.broadcast_to(long[:, None, :], (len(short), length, width))
        codes = self._relations.of(lefts, rights)
        weights = self._pair_weights(lefts, rights, codes, kinds=kinds[:, None, None])
        choices = np.array(_choices(length, width))
        totals = np.zeros((len(short), len(choices)))
        for row in range(length):
            totals += weights[:, row, :][:, choices[:, row]]
        chosen = choices[np.argmax(np.round(totals, 6), axis=1)]
        at = np.arange(len(short))[:, None], np.arange(length)[None, :], chosen
        words = self._words
        counts_out = (~words.is_light[long]).sum(axis=1) - (
            ~words.is_light[np.take_along_axis(long, chosen, axis=1)]
        ).sum(axis=1)
        titles = words.is_title[short] & words.is_title[np.take_along_axis(long, chosen, axis=1)]
        return self._summed(codes[at], weights[at], titles=titles, left_out=counts_out)

    def _pair_weights(
        self, lefts: Places, rights: Places, codes: Codes, *, kinds: NDArray[np.int64]
    ) -> Floats:
        table, words = self._table, self._words
        shares = np.maximum(self._shares[kinds, lefts], self._shares[kinds, rights])
        rarity = np.where(table.by_rarity[codes], self._chance - shares, 0.0)
        agreement = np.clip(table.agreement[codes] + rarity, 0.0, table.most[codes])
        one, other = words.is_title[lefts], words.is_title[rights]
        agreement = np.where(one & other, self._figures.title, agreement)
        against = np.where(one != other, self._figures.title_against_name, table.against[codes])
        return np.where(table.agrees[codes], agreement, against)

    def _summed(
        self, codes: Codes, weights: Floats, *, titles: Flags, left_out: NDArray[np.int64]
    ) -> _Aligned:
        table = self._table
        agrees = table.agrees[codes]
        return _Aligned(
            weights=weights.sum(axis=1) + self._figures.left_out * left_out,
            worst=np.where(agrees, table.badness[codes], NO_RELATION).min(axis=1),
            agreeing=(agrees & ~titles).sum(axis=1),
            opposing=(~agrees).sum(axis=1),
            left_out=left_out,
            words=(agrees & ~titles & (codes != table.initial)).sum(axis=1),
            best=np.where(agrees & ~titles, weights, 0.0).max(axis=1),
            relations=_counted(codes),
        )

    def _one_by_one(self, short: int, long: int, kind: int) -> _Aligned:
        """The alignment that words joined, fathers' names and long names need."""
        found = align(self._parsed(short, kind), self._parsed(long, kind))
        pairs = [(pair.left, pair.right) for pair in found.pairs]
        codes = np.array([[RELATIONS.index(relation_of(*pair)) for pair in pairs]], np.int8)
        weights = [self._weight_of(*pair, kind) for pair in pairs]
        titles = np.array([[one.is_title and other.is_title for one, other in pairs]], np.bool_)
        out = [w for w in (*found.left_over, *found.right_over) if not (w.is_title or w.is_short)]
        return self._summed(
            codes.reshape(1, -1),
            np.array([weights]),
            titles=titles.reshape(1, -1),
            left_out=np.array([len(out)]),
        )

    def _parsed(self, name: int, kind: int) -> ParsedName:
        names = self._columns.names
        held = names.tokens[name, : names.lengths[name]]
        tokens = tuple(self._columns.vocabulary[place] for place in held)
        return ParsedName(text="", kind=_KINDS[kind], tokens=tokens)

    def _weight_of(self, left: Token, right: Token, kind: int) -> float:
        limits, relation = self._figures, relation_of(left, right)
        if relation not in limits.agreeing:
            is_uneven = left.is_title != right.is_title
            return limits.title_against_name if is_uneven else against(limits, relation)
        if left.is_title and right.is_title:
            return limits.title
        level = limits.agreeing[relation]
        share = max(self._share_of(left, kind), self._share_of(right, kind))
        weight = level.weight + (self._chance - share if level.rarity else 0.0)
        return float(min(max(weight, 0.0), level.most))

    def _share_of(self, token: Token, kind: int) -> float:
        place = self._words.places.get(token.canonical)
        if place is not None:
            return float(self._shares[kind, place])
        return log2(prior_share(token, self._figures))


def _nothing_aligned(size: int) -> _Aligned:
    def zeros() -> NDArray[np.int64]:
        return np.zeros(size, dtype=np.int64)

    return _Aligned(
        weights=np.zeros(size),
        worst=zeros(),
        agreeing=zeros(),
        opposing=zeros(),
        left_out=zeros(),
        words=zeros(),
        best=np.zeros(size),
        relations=np.zeros((size, len(RELATIONS)), dtype=np.int8),
    )


def _counted(codes: Codes) -> Codes:
    """How many pairs of words stand in each relation."""
    found = np.zeros((len(codes), len(RELATIONS)), dtype=np.int8)
    lines = np.arange(len(codes))
    for column in codes.T:
        found[lines, column] += 1
    return found


def _put(found: _Aligned, at: NDArray[np.int64], part: _Aligned) -> None:
    for name in (
        "weights",
        "worst",
        "agreeing",
        "opposing",
        "left_out",
        "words",
        "best",
        "relations",
    ):
        getattr(found, name)[at] = getattr(part, name)


def _levels(found: _Aligned) -> NDArray[np.int8]:
    codes = {name: place for place, name in enumerate(NAME_LEVELS)}
    named = np.array([codes[r.value] for r in FROM_WORST] + [codes[_DIFFERENT]], dtype=np.int8)[
        found.worst
    ]
    is_partial = (found.left_out > 0) & (named == codes[Relation.SAME.value])
    named = np.where(is_partial, codes[_PARTIAL], named)
    conflict = np.where(found.agreeing > 0, codes[_CONFLICTING], codes[_DIFFERENT])
    return np.where(found.opposing > 0, conflict, named).astype(np.int8)


@cache
def _choices(length: int, width: int) -> tuple[tuple[int, ...], ...]:
    return tuple(permutations(range(width), length))
