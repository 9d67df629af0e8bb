"""The model's card: its figures as it uses them, for whoever has to answer for a match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosslight.core.matching.v1.figures import Figures, figures
from crosslight.core.matching.v1.keys import COMMON_VALUE_HOLDERS
from crosslight.core.names.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class LevelWeight:
    """`is_upper_bound`: the weight of a rare value; a common one weighs less."""

    attribute: str
    level: str
    weight: float
    is_upper_bound: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Weights are log2(m/u), in bits. A name alone is never more than weak and never notifies."""

    model: str
    provenance: str
    weak: float
    probable: float
    strong: float
    common_value_holders: int
    lexicon_version: str
    spelling_groups: int
    levels: tuple[LevelWeight, ...]


def card(model: Figures | None = None) -> Card:
    """Of the released model, or of another one's figures."""
    known, names = model or figures(), lexicon()
    return Card(
        model=known.model,
        provenance=known.provenance,
        weak=known.bands.weak,
        probable=known.bands.probable,
        strong=known.bands.strong,
        common_value_holders=COMMON_VALUE_HOLDERS,
        lexicon_version=names.version,
        spelling_groups=len(names.groups),
        levels=tuple(_levels(known)),
    )


def _levels(known: Figures) -> Iterator[LevelWeight]:
    for attribute, comparison in known.comparisons.items():
        for name, level in comparison.levels.items():
            by_rarity = level.by_holders or (comparison.rarity and name == "exact")
            weight = comparison.most if by_rarity else level.weight
            yield LevelWeight(attribute.value, name, round(weight, 2), is_upper_bound=by_rarity)
    for relation, agreement in known.names.agreeing.items():
        weight = agreement.most if agreement.rarity else min(agreement.weight, agreement.most)
        yield LevelWeight("name", relation.value, round(weight, 2), is_upper_bound=agreement.rarity)
    for relation, level in known.names.differing.items():
        yield LevelWeight("name", relation.value, round(level.weight, 2), is_upper_bound=False)
