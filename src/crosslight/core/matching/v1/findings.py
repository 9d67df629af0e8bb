"""What one comparison finds in a batch of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching.model import Attribute, Ints

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]

COMMON = "common"


@dataclass(frozen=True, slots=True)
class Finding:
    """Of the pairs in `pairs`: level (a place in `names`), weight, and which values were compared.

    Pairs where a side holds no value of the attribute are not in it. `against_kin` weighs the same
    against two relatives, who share surname, home and phone. `holders` is how many
    hold the value that both share, 0 where not counted or not shared. `words` counts the
    agreeing words of names, `relations` the pairs of words in each relation.
    """

    attribute: Attribute
    names: tuple[str, ...]
    pairs: Pairs
    levels: NDArray[np.int8]
    weights: Floats
    left: Pairs
    right: Pairs
    holders: Ints
    against_kin: Floats
    words: Ints | None = None
    relations: NDArray[np.int8] | None = None

    def is_at(self, *names: str) -> NDArray[np.bool_]:
        wanted = [place for place, name in enumerate(self.names) if name in names]
        return np.isin(self.levels, wanted)


def heaviest(found: Finding) -> Finding:
    """Of each pair its finding of greatest weight; ties are settled alike from both sides."""
    if len(found.pairs) < 2 or (np.diff(found.pairs) > 0).all():  # noqa: PLR2004
        return found
    low, high = np.minimum(found.left, found.right), np.maximum(found.left, found.right)
    order = np.lexsort((high, low, found.levels, found.weights, found.pairs))
    is_last = np.ones(len(order), dtype=np.bool_)
    is_last[:-1] = found.pairs[order][1:] != found.pairs[order][:-1]
    return taken(found, order[is_last])


def taken(found: Finding, places: NDArray[np.int64]) -> Finding:
    return Finding(
        found.attribute,
        found.names,
        found.pairs[places],
        found.levels[places],
        found.weights[places],
        found.left[places],
        found.right[places],
        found.holders[places],
        found.against_kin[places],
        None if found.words is None else found.words[places],
        None if found.relations is None else found.relations[places],
    )


def stacked(parts: list[Finding]) -> Finding:
    """Several findings of one attribute, not of names, as one."""
    if len(parts) == 1:
        return parts[0]
    return Finding(
        parts[0].attribute,
        parts[0].names,
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("pairs", "levels", "weights", "left", "right", "holders", "against_kin")
        ),
    )
