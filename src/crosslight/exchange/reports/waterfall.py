"""How the weights of a pair add up, as the steps of a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from crosslight.core.matching import Card, MatchResult, card


@dataclass(frozen=True, slots=True)
class Step:
    """The sum before and after one comparison, in bits."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps in the order of the evidence, on a scale that holds zero and all bands."""

    steps: tuple[Step, ...]
    least: float
    most: float
    limits: tuple[float, ...]

    @staticmethod
    def of(result: MatchResult, model: Card | None = None) -> Waterfall:
        known = model or card()
        sums = list(accumulate((item.weight for item in result.evidence), initial=0.0))
        limits = (known.weak, known.probable, known.strong)
        return Waterfall(
            steps=tuple(Step(*ends) for ends in pairwise(sums)),
            least=min(sums),
            most=max(*sums, known.strong),
            limits=limits,
        )

    def place(self, weight: float) -> float:
        """Where a sum lies between the ends of the scale, 0 to 1."""
        return (weight - self.least) / (self.most - self.least)
