"""How the words of a vocabulary relate: asked for millions of pairs, worked out once for each."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.v1.columns import Places
from crosslight.core.matching.v1.memory import Codes, PairMemory
from crosslight.core.matching.v1.unlike_words import WordMarks
from crosslight.core.names import Relation, Token, relation_of

RELATIONS = tuple(Relation)
Ids = NDArray[np.int64]

_CODES = {relation: code for code, relation in enumerate(RELATIONS)}
_UNLIKE, _OTHER_NAME = _CODES[Relation.UNLIKE], _CODES[Relation.OTHER_NAME]
# The words that occur most often are looked up in a square table of this width at most.
_SQUARE = 4_096
_UNKNOWN = -1
# Marking all words is worth it once so many pairs are to be worked out.
_WORTH_MARKS = 2_000


class WordRelations:
    """Codes (places in RELATIONS) of pairs of places in `vocabulary`; both orders are alike."""

    def __init__(
        self, vocabulary: tuple[Token, ...], occurrences: NDArray[np.int64], *, records: int
    ) -> None:
        self._vocabulary = vocabulary
        self._width = min(_SQUARE, len(vocabulary))
        ranks = np.empty(len(vocabulary), dtype=np.int64)
        ranks[np.argsort(-occurrences, kind="stable")] = np.arange(len(vocabulary))
        self._ranks = ranks
        self._square = np.full((self._width, self._width), _UNKNOWN, dtype=np.int8)
        self._memory = PairMemory(records=records)

    def of(self, left: Places, right: Places) -> Codes:
        """Code for each pair of two arrays of one shape."""
        ones, others = left.ravel().astype(np.int64), right.ravel().astype(np.int64)
        ranks, opposite = self._ranks[ones], self._ranks[others]
        is_frequent = (ranks < self._width) & (opposite < self._width)
        found = np.empty(len(ones), dtype=np.int8)
        found[is_frequent] = self._looked_up(ones[is_frequent], others[is_frequent])
        found[~is_frequent] = self._remembered(ones[~is_frequent], others[~is_frequent])
        return found.reshape(left.shape)

    def _looked_up(self, ones: Ids, others: Ids) -> Codes:
        ranks, opposite = self._ranks[ones], self._ranks[others]
        found = self._square[ranks, opposite]
        missing = found == _UNKNOWN
        if missing.any():
            pairs = self._pairs(ones[missing], others[missing])
            unique, places = np.unique(pairs, return_inverse=True)
            codes = self._worked_out(unique)[places]
            self._square[ranks[missing], opposite[missing]] = codes
            self._square[opposite[missing], ranks[missing]] = codes
            found[missing] = codes
        return found

    def _remembered(self, ones: Ids, others: Ids) -> Codes:
        pairs = self._pairs(ones, others)
        # No pair has the number 0, which stands for none.
        numbers = (pairs + 1).view(np.uint64)
        return self._memory.of(numbers, lambda places: self._worked_out(pairs[places]))

    def _pairs(self, ones: Ids, others: Ids) -> Ids:
        """One number for two words in either order."""
        return np.asarray(
            np.minimum(ones, others) * len(self._vocabulary) + np.maximum(ones, others)
        )

    def _worked_out(self, pairs: Ids) -> Codes:
        left, right = np.divmod(pairs, len(self._vocabulary))
        codes = np.full(len(pairs), _UNKNOWN, dtype=np.int8)
        if len(pairs) >= _WORTH_MARKS:
            unlike = np.flatnonzero(self._marks.are_unlike(left, right))
            are_two = self._marks.are_two_names(left[unlike], right[unlike])
            codes[unlike] = np.where(are_two, _OTHER_NAME, _UNLIKE)
        words, rest = self._vocabulary, np.flatnonzero(codes == _UNKNOWN)
        codes[rest] = [
            _CODES[relation_of(words[one], words[other])]
            for one, other in zip(left[rest].tolist(), right[rest].tolist(), strict=True)
        ]
        return codes

    @cached_property
    def _marks(self) -> WordMarks:
        return WordMarks.of(self._vocabulary)
