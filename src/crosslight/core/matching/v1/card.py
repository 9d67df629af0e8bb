"""The model's card: its figures as it uses them, for whoever has to answer for a match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosslight.core.matching.v1.constants import COMMON_VALUE_HOLDERS, MODEL, constants
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
    weak: float
    probable: float
    strong: float
    common_value_holders: int
    lexicon_version: str
    spelling_groups: int
    levels: tuple[LevelWeight, ...]


def card() -> Card:
    bands = constants().bands
    names = lexicon()
    return Card(
        model=MODEL,
        weak=bands.weak,
        probable=bands.probable,
        strong=bands.strong,
        common_value_holders=COMMON_VALUE_HOLDERS,
        lexicon_version=names.version,
        spelling_groups=len(names.groups),
        levels=tuple(_levels()),
    )


def _levels() -> Iterator[LevelWeight]:
    known = constants()
    for attribute, row in known.identifiers.items():
        yield LevelWeight(attribute.value, "exact", row.most, is_upper_bound=True)
        yield LevelWeight(attribute.value, "near", row.near, is_upper_bound=False)
        yield LevelWeight(attribute.value, "different", row.different, is_upper_bound=False)
    for attribute, weights in known.levels.items():
        for level, weight in weights.items():
            yield LevelWeight(attribute.value, level, weight, is_upper_bound=False)
    for level, weight in known.name.most.items():
        yield LevelWeight("name", level, weight, is_upper_bound=True)
    for level, weight in known.name.differing.items():
        yield LevelWeight("name", level, weight, is_upper_bound=False)
