"""What was worked out for a pair before: asked for millions of pairs at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.v1.hashing import Words

Codes = NDArray[np.int8]
Places = NDArray[np.int64]

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_LEAST, _MOST = 10, 21


class PairMemory:
    """Codes by number, each in the one place that its number leads to; the latest stays there."""

    def __init__(self, *, records: int) -> None:
        """`records`: how many are compared, for whose pairs there should be room."""
        bits = min(max(_LEAST, (16 * records).bit_length()), _MOST)
        self._shift = np.uint64(64 - bits)
        self._numbers = np.zeros(1 << bits, dtype=np.uint64)
        self._codes = np.zeros(1 << bits, dtype=np.int8)

    def of(self, numbers: Words, work_out: Callable[[Places], Codes]) -> Codes:
        """Code of each number, none of which is 0; `work_out` gives those at the places it gets."""
        slots = ((numbers * _SPREAD) >> self._shift).view(np.int64)
        found = self._codes[slots]
        missing = np.flatnonzero(self._numbers[slots] != numbers)
        if len(missing):
            _, first, places = np.unique(numbers[missing], return_index=True, return_inverse=True)
            new = missing[first]
            codes = work_out(new)
            self._keep(slots[new], numbers[new], codes)
            found[missing] = codes[places]
        return found

    def _keep(self, slots: Places, numbers: Words, codes: Codes) -> None:
        """Two of one slot may come at once: only the one whose number was written stays."""
        self._numbers[slots] = numbers
        stays = self._numbers[slots] == numbers
        self._codes[slots[stays]] = codes[stays]
