"""How the words of a vocabulary relate: asked for millions of pairs, worked out once for each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.v1.columns import Places
from crosslight.core.names import Relation, Token, relation_of

RELATIONS = tuple(Relation)
Codes = NDArray[np.int8]
Ids = NDArray[np.int64]

_CODES = {relation: code for code, relation in enumerate(RELATIONS)}
# The words that occur most often are looked up in a square table of this width at most.
_SQUARE = 4_096
_UNKNOWN = -1


class WordRelations:
    """Codes (places in RELATIONS) of pairs of places in `vocabulary`; both orders are alike."""

    def __init__(self, vocabulary: tuple[Token, ...], occurrences: NDArray[np.int64]) -> None:
        self._vocabulary = vocabulary
        self._width = min(_SQUARE, len(vocabulary))
        ranks = np.empty(len(vocabulary), dtype=np.int64)
        ranks[np.argsort(-occurrences, kind="stable")] = np.arange(len(vocabulary))
        self._ranks = ranks
        self._square = np.full((self._width, self._width), _UNKNOWN, dtype=np.int8)

    def of(self, left: Places, right: Places) -> Codes:
        """Code for each pair of two arrays of one shape."""
        ones, others = left.ravel().astype(np.int64), right.ravel().astype(np.int64)
        ranks, opposite = self._ranks[ones], self._ranks[others]
        is_frequent = (ranks < self._width) & (opposite < self._width)
        found = np.empty(len(ones), dtype=np.int8)
        found[is_frequent] = self._looked_up(ones[is_frequent], others[is_frequent])
        found[~is_frequent] = self._worked_out(ones[~is_frequent], others[~is_frequent])
        return found.reshape(left.shape)

    def _looked_up(self, ones: Ids, others: Ids) -> Codes:
        ranks, opposite = self._ranks[ones], self._ranks[others]
        found = self._square[ranks, opposite]
        missing = found == _UNKNOWN
        if missing.any():
            codes = self._worked_out(ones[missing], others[missing])
            self._square[ranks[missing], opposite[missing]] = codes
            self._square[opposite[missing], ranks[missing]] = codes
            found[missing] = codes
        return found

    def _worked_out(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> Codes:
        if not len(ones):
            return np.zeros(0, dtype=np.int8)
        size = len(self._vocabulary)
        low, high = np.minimum(ones, others), np.maximum(ones, others)
        pairs, places = np.unique(low * size + high, return_inverse=True)
        words = self._vocabulary
        codes = [_CODES[relation_of(words[pair // size], words[pair % size])] for pair in pairs]
        return np.array(codes, dtype=np.int8)[places]
