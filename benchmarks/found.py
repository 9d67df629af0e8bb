"""What a tool found: pairs of rows with the score that orders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from benchmarks.measures import Curve, curve

Ids = pyarrow.Array | pyarrow.ChunkedArray


@dataclass(frozen=True, slots=True)
class Found:
    """`left` and `right` are ids of rows; `bands` is empty for a tool without bands.

    `stages` names parts of the time.
    """

    left: Ids
    right: Ids
    scores: NDArray[np.float64]
    seconds: float
    bands: Sequence[str] = ()
    stages: Mapping[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.scores)

    def same(self, truth: Mapping[str, str]) -> NDArray[np.bool_]:
        """Which pairs are of one entity."""
        ids = pyarrow.array(truth.keys(), pyarrow.string())
        _, entities = np.unique(np.array(list(truth.values()), dtype=object), return_inverse=True)
        left, right = (entities[_places(side, ids)] for side in (self.left, self.right))
        return np.asarray(left == right)

    def curve(self, truth: Mapping[str, str], *, positives: int) -> Curve:
        return curve(self.scores, self.same(truth), positives=positives)


def _places(side: Ids, ids: pyarrow.Array) -> NDArray[np.int64]:
    """Raises where a tool hands back an id that it was not given."""
    found = compute.index_in(side.cast(pyarrow.string()), value_set=ids)
    if found.null_count:
        raise ValueError(f"{found.null_count} ids are not among those of the rows")
    chunks = found.chunks if isinstance(found, pyarrow.ChunkedArray) else [found]
    return np.concatenate([np.zeros(0, np.int64), *(chunk.to_numpy() for chunk in chunks)]).astype(
        np.int64
    )


def strings(values: Sequence[str]) -> pyarrow.Array:
    return pyarrow.array(values, pyarrow.string())
