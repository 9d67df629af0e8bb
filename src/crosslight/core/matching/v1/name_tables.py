"""What the comparison of names looks up: figures of relations, facts and rarity of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import Population
from crosslight.core.matching.v1.columns import Flags, Places
from crosslight.core.matching.v1.figures import NameFigures
from crosslight.core.matching.v1.findings import Floats
from crosslight.core.matching.v1.hashing import Words, number_of
from crosslight.core.matching.v1.name_keys import counted_numbers
from crosslight.core.matching.v1.word_relations import RELATIONS
from crosslight.core.names import NameKind, Relation, Token, lexicon

# What the lexicon says of a population counts as much as this many counted entities.
_PRIOR_ENTITIES = 2_000
# From the worst to the best: a name is called by its worst agreeing pair of words.
FROM_WORST = (
    Relation.CONSONANTS,
    Relation.LETTER,
    Relation.SLIP,
    Relation.INITIAL,
    Relation.VARIANT,
    Relation.SHORT_FORM,
    Relation.RULE,
    Relation.SPELLING,
    Relation.SAME,
)
NO_RELATION: Final = len(FROM_WORST)


@dataclass(frozen=True, slots=True)
class RelationFigures:
    """The figures of each relation, by its code."""

    agrees: Flags
    agreement: Floats
    by_rarity: Flags
    most: Floats
    against: Floats
    badness: NDArray[np.int64]
    initial: int

    @staticmethod
    def of(figures: NameFigures) -> RelationFigures:
        agreeing = [figures.agreeing.get(relation) for relation in RELATIONS]
        return RelationFigures(
            agrees=np.array([found is not None for found in agreeing]),
            agreement=np.array([found.weight if found else 0.0 for found in agreeing]),
            by_rarity=np.array([found is not None and found.rarity for found in agreeing]),
            most=np.array([found.most if found else 0.0 for found in agreeing]),
            against=np.array([against(figures, relation) for relation in RELATIONS]),
            badness=np.array(
                [FROM_WORST.index(r) if r in FROM_WORST else NO_RELATION for r in RELATIONS]
            ),
            initial=RELATIONS.index(Relation.INITIAL),
        )


def against(figures: NameFigures, relation: Relation) -> float:
    """Words that are only close never count for one name, however often slips make them so."""
    level = figures.differing.get(relation)
    return min(level.weight, 0.0) if level else 0.0


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What the alignment asks of the words of a vocabulary; the last line stands for no word."""

    is_title: Flags
    is_light: Flags
    is_father: Flags
    texts: Words
    folds: Words
    order: NDArray[np.int64]
    lengths: Places
    fold_lengths: Places
    places: dict[str, int]
    words: tuple[str, ...]

    @staticmethod
    def of(vocabulary: tuple[Token, ...]) -> WordFacts:
        order = np.empty(len(vocabulary) + 1, dtype=np.int64)
        ranked = sorted(range(len(vocabulary)), key=vocabulary.__getitem__)
        order[np.array([*ranked, len(vocabulary)], dtype=np.int64)] = np.arange(len(order))
        return WordFacts(
            is_title=np.array([*(t.is_title for t in vocabulary), False]),
            is_light=np.array([*(t.is_title or t.is_short for t in vocabulary), True]),
            is_father=np.array([*(t.is_father for t in vocabulary), False]),
            texts=np.array([*(number_of(t.latin) for t in vocabulary), 0], dtype=np.uint64),
            folds=np.array([*(number_of(t.fold) for t in vocabulary), 0], dtype=np.uint64),
            order=order,
            lengths=np.array([*(len(t.latin) for t in vocabulary), 0], dtype=np.int32),
            fold_lengths=np.array([*(len(t.fold) for t in vocabulary), 0], dtype=np.int32),
            places={token.canonical: place for place, token in enumerate(vocabulary)},
            words=(*(token.latin for token in vocabulary), ""),
        )

    def may_be_joined(self, first: Places, second: Places, whole: Places) -> Flags:
        """Whether `whole` is as long as the two other words together, none of them empty."""
        lengths = self.lengths[first], self.lengths[second]
        together = lengths[0] + lengths[1]
        fits = (self.lengths[whole] == together) | (self.fold_lengths[whole] == together)
        return np.asarray(fits & (lengths[0] > 0) & (lengths[1] > 0))

    def joined(self, first: Places, second: Places) -> Words:
        """Number of the two words written as one."""
        size = len(self.words)
        codes = (first.astype(np.int64) % size) * size + second.astype(np.int64) % size
        pairs, places = np.unique(codes, return_inverse=True)
        numbers = [
            number_of(self.words[pair // size] + self.words[pair % size]) for pair in pairs.tolist()
        ]
        return np.array(numbers, dtype=np.uint64)[places]


def shares_of(
    vocabulary: tuple[Token, ...],
    kind: NameKind,
    population: Population,
    *,
    figures: NameFigures,
) -> Floats:
    """log2 of the part of the population that bears each word, smoothed by the lexicon's."""
    priors = np.array([*(prior_share(token, figures) for token in vocabulary), 1.0])
    keys = counted_numbers(vocabulary, kind).view(np.int64)
    counted = population.holders(keys).astype(np.float64)
    smoothed = (counted + priors * _PRIOR_ENTITIES) / (population.total + _PRIOR_ENTITIES)
    shares = np.where(counted > 0, np.clip(smoothed, figures.least_share, 1.0), priors)
    return np.asarray(np.log2(shares))


def prior_share(token: Token, figures: NameFigures) -> float:
    groups = lexicon().groups
    known = [groups[name].share for name in token.group_names]
    return max(known, default=figures.default_share)
