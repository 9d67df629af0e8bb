"""The model's figures, read once from its own data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any

import yaml

from crosslight.core.matching.model import Attribute
from crosslight.core.names import Relation

MODEL = "v1"


@dataclass(frozen=True, slots=True)
class Level:
    """`m`: how often it is seen of one entity recorded twice; `u`: of two entities.

    `kin`: of two relatives, where that is more often than of any two; 0 where it is not.
    `by_holders`: u is the part of all people that holds the value, of whom some are counted.
    """

    m: float
    u: float
    kin: float = 0.0
    by_holders: bool = False

    @property
    def weight(self) -> float:
        return log2(self.m / self.u)

    @property
    def against_kin(self) -> float:
        """log2 of how much likelier the level is of one entity than of two relatives."""
        return log2(self.m / (self.kin or self.u))


@dataclass(frozen=True, slots=True)
class Comparison:
    """`rarity`: agreement weighs by the share of the population that holds the value.

    `most`: the weight that agreement never exceeds.
    """

    levels: Mapping[str, Level]
    rarity: bool = False
    most: float = 100.0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.levels)


@dataclass(frozen=True, slots=True)
class Agreement(Level):
    """`rarity`: the weight is that of an average name, a rarer one weighs more, a commoner less."""

    most: float = 10.0
    rarity: bool = False


@dataclass(frozen=True, slots=True)
class NameFigures:
    agreeing: Mapping[Relation, Agreement]
    differing: Mapping[Relation, Level]
    default_share: float
    least_share: float
    left_out: float
    title: float
    title_against_name: float
    most_total: float
    least_total: float
    alias_penalty: float

    @property
    def chance(self) -> float:
        """How often two words of two entities are one name, spelt alike or not."""
        return sum(level.u for level in self.agreeing.values() if level.rarity)


@dataclass(frozen=True, slots=True)
class BandFigures:
    weak: float
    probable: float
    strong: float
    name_agrees: float
    names_differ: float
    contradiction: float
    carries: float
    rare_holders: int


@dataclass(frozen=True, slots=True)
class Figures:
    model: str
    provenance: str
    comparisons: Mapping[Attribute, Comparison]
    names: NameFigures
    bands: BandFigures
    common_value_weight: float
    fewest_holders: int
    relatives: float


@cache
def figures() -> Figures:
    """Those of the released model."""
    path = files("crosslight.core.matching.v1").joinpath("model-v1.yaml")
    return read_figures(path.read_text(encoding="utf-8"))


def model_of_file(text: str) -> Figures:
    """Figures of a file that `crosslight match estimate` wrote.

    Raises ValueError where it is no model file, or not of the comparisons of this release.
    """
    try:
        found = read_figures(text)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"no model file: {str(error).partition(chr(10))[0]}") from error
    if _shape(found) != _shape(figures()):
        raise ValueError("its comparisons or their levels are not those of this release")
    return found


def _shape(known: Figures) -> tuple[object, ...]:
    levels = {attribute: set(held.levels) for attribute, held in known.comparisons.items()}
    return levels, set(known.names.agreeing), set(known.names.differing)


def read_figures(text: str) -> Figures:
    """Figures of a model file."""
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return Figures(
        model=content["model"],
        provenance=content["provenance"],
        comparisons={
            Attribute(name): _comparison(row) for name, row in content["comparisons"].items()
        },
        names=_names(content["names"]),
        bands=BandFigures(**content["bands"]),
        common_value_weight=content["common_value_weight"],
        fewest_holders=content["fewest_holders"],
        relatives=content["relatives"],
    )


def _comparison(row: Mapping[str, Any]) -> Comparison:
    levels = {name: Level(**level) for name, level in row["levels"].items()}
    return Comparison(levels, rarity=row.get("rarity", False), most=row.get("most", 100.0))


def _names(row: Mapping[str, Any]) -> NameFigures:
    plain = {name: value for name, value in row.items() if name not in ("agreeing", "differing")}
    return NameFigures(
        agreeing={Relation(name): Agreement(**level) for name, level in row["agreeing"].items()},
        differing={Relation(name): Level(**level) for name, level in row["differing"].items()},
        **plain,
    )
