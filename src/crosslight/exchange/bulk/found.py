"""Wanted pairs as arrays: what every engine of a bulk run finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching import BANDS


@dataclass(frozen=True, slots=True)
class Found:
    """Of each pair the two records, the smaller first, its weight and its band's place in BANDS.

    `compared` is how many pairs were weighed to find these.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    weights: NDArray[np.float64]
    bands: NDArray[np.int8]
    compared: int

    def __len__(self) -> int:
        return len(self.left)

    @staticmethod
    def joined(parts: Sequence[Found]) -> Found:
        return Found(
            np.concatenate([np.zeros(0, np.int32), *(part.left for part in parts)]),
            np.concatenate([np.zeros(0, np.int32), *(part.right for part in parts)]),
            np.concatenate([np.zeros(0, np.float64), *(part.weights for part in parts)]),
            np.concatenate([np.zeros(0, np.int8), *(part.bands for part in parts)]),
            compared=sum(part.compared for part in parts),
        )

    @staticmethod
    def read(path: Path) -> Found:
        with np.load(path) as file:
            return Found(
                file["left"],
                file["right"],
                file["weights"],
                file["bands"],
                compared=int(file["compared"]),
            )

    def write(self, path: Path) -> None:
        with path.open("wb") as stream:
            np.savez(
                stream,
                left=self.left,
                right=self.right,
                weights=self.weights,
                bands=self.bands,
                compared=np.int64(self.compared),
            )

    def ordered(self) -> Found:
        """By left record, the heaviest first."""
        return self.at(np.lexsort((self.right, -self.weights, self.left)))

    def heaviest(self, most: int) -> Found:
        """The `most` heaviest, in the order they have here."""
        if len(self) <= most:
            return self
        order = np.lexsort((self.right, self.left, -self.weights))
        return self.at(np.sort(order[:most]))

    def at(self, places: NDArray[np.int64]) -> Found:
        return Found(
            self.left[places],
            self.right[places],
            self.weights[places],
            self.bands[places],
            compared=self.compared,
        )

    def by_band(self) -> Mapping[str, int]:
        """How many pairs each band has, the strongest first; bands without any are left out."""
        counts = np.bincount(self.bands, minlength=len(BANDS))
        return {
            band.value: int(count)
            for band, count in reversed(list(zip(BANDS, counts, strict=True)))
            if count
        }
