"""The first look at pairs of words says nothing that their comparison does not say."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.matching.v1.unlike_words import WordMarks
from crosslight.core.matching.v1.word_relations import RELATIONS, WordRelations
from crosslight.core.names import Relation, parse, relation_of
from crosslight.core.names.lexicon import lexicon

_PAIRS = Path(__file__).parents[1] / "names" / "pairs"
_NEVER_ALIKE = {Relation.UNLIKE, Relation.OTHER_NAME}


def _words_of(names):
    return tuple({token for name in names for token in parse(name).tokens})


@pytest.fixture(scope="module")
def vocabulary():
    """All words of the names that this project keeps, and some of each part of the lexicon."""
    names = []
    for path in sorted(_PAIRS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        names += [row[side] for row in rows for side in ("name_a", "name_b")]
    listed = islice(sorted(lexicon().entries), 0, None, 40)
    return _words_of([*names, *listed])


def test_what_is_plainly_unlike_is_so_when_compared(vocabulary):
    rng = np.random.default_rng(5)
    size = len(vocabulary)
    left, right = rng.integers(0, size, (2, 400_000))
    marks = WordMarks.of(vocabulary)
    unlike = np.flatnonzero(marks.are_unlike(left, right) & (left != right))
    assert len(unlike) > 0.6 * len(left)
    are_two = marks.are_two_names(left[unlike], right[unlike])
    for one, other, is_two in zip(left[unlike], right[unlike], are_two, strict=True):
        expected = Relation.OTHER_NAME if is_two else Relation.UNLIKE
        assert relation_of(vocabulary[one], vocabulary[other]) is expected, (
            vocabulary[one].text,
            vocabulary[other].text,
        )


def test_words_of_one_pair_of_names_are_never_passed_over(vocabulary):
    """The pairs that matter: every word of one name with every word of the other."""
    places = {token: place for place, token in enumerate(vocabulary)}
    marks = WordMarks.of(vocabulary)
    for path in sorted(_PAIRS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        pairs = [
            (one, other)
            for row in rows
            for one in parse(row["name_a"]).tokens
            for other in parse(row["name_b"]).tokens
            if relation_of(one, other) not in _NEVER_ALIKE
        ]
        left, right = (np.array([places[pair[side]] for pair in pairs]) for side in (0, 1))
        assert not marks.are_unlike(left, right).any(), path.name


_WORDS = st.text(alphabet="aeiklmnoru", min_size=1, max_size=14)


@given(st.lists(_WORDS, min_size=2, max_size=12, unique=True))
def test_no_word_near_another_is_plainly_unlike(texts):
    vocabulary = _words_of(texts)
    left, right = np.triu_indices(len(vocabulary), k=1)
    unlike = WordMarks.of(vocabulary).are_unlike(left, right)
    for one, other in zip(left[unlike], right[unlike], strict=True):
        assert relation_of(vocabulary[one], vocabulary[other]) in _NEVER_ALIKE


def test_relations_of_many_pairs_are_those_of_each(vocabulary):
    """Frequent and rare words, asked again and again, in either order."""
    size = len(vocabulary)
    occurrences = np.arange(size)
    relations = WordRelations(vocabulary, occurrences, records=100)
    rng = np.random.default_rng(6)
    for _ in range(3):
        left, right = rng.integers(0, size, (2, 20_000)).astype(np.int32)
        codes = relations.of(left, right)
        assert (codes == relations.of(right, left)).all()
        for one, other, code in zip(left[::20], right[::20], codes[::20], strict=True):
            assert RELATIONS[code] is relation_of(*sorted((vocabulary[one], vocabulary[other])))
