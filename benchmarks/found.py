"""What a tool found: pairs of rows with the score that orders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures import Curve, curve


@dataclass(frozen=True, slots=True)
class Found:
    """`bands` is empty for a tool without bands, `stages` names parts of the time."""

    left: Sequence[str]
    right: Sequence[str]
    scores: NDArray[np.float64]
    seconds: float
    bands: Sequence[str] = ()
    stages: Mapping[str, float] = field(default_factory=dict)

    def same(self, truth: Mapping[str, str]) -> NDArray[np.bool_]:
        """Which pairs are of one entity."""
        pairs = zip(self.left, self.right, strict=True)
        return np.fromiter((truth[a] == truth[b] for a, b in pairs), np.bool_, len(self.left))

    def curve(self, truth: Mapping[str, str], *, positives: int) -> Curve:
        return curve(self.scores, self.same(truth), positives=positives)
