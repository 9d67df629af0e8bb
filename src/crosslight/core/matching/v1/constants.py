"""The model's figures, read once from its own data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from crosslight.core.matching.model import Attribute

MODEL = "v1"
COMMON_VALUE_HOLDERS = 20
# Name keys of more entities than this would fetch more candidates than a check can compare.
COMMON_NAME_HOLDERS = 200


@dataclass(frozen=True, slots=True)
class IdentifierConstants:
    m: float
    most: float
    near: float
    different: float


@dataclass(frozen=True, slots=True)
class NameConstants:
    m: Mapping[str, float]
    most: Mapping[str, float]
    default_share: float
    least_share: float
    differing: Mapping[str, float]
    left_out: float
    title: float
    most_total: float
    least_total: float
    alias_penalty: float


@dataclass(frozen=True, slots=True)
class BandConstants:
    weak: float
    probable: float
    strong: float
    name_agrees: float
    names_differ: float
    contradiction: float
    carries: float
    rare_holders: int


@dataclass(frozen=True, slots=True)
class Constants:
    """`levels` holds the fixed weights by attribute and level."""

    levels: Mapping[Attribute, Mapping[str, float]]
    identifiers: Mapping[Attribute, IdentifierConstants]
    identifier_default_holders: int
    common_value_weight: float
    country_conflict_penalty: float
    name: NameConstants
    bands: BandConstants


_LEVELLED = (
    Attribute.BIRTH_DATE,
    Attribute.BIRTH_PLACE,
    Attribute.PLACE,
    Attribute.SEX,
    Attribute.NATIONALITY,
    Attribute.OCCUPATION,
    Attribute.ADDRESS,
)


@cache
def constants() -> Constants:
    content = _content()
    return Constants(
        levels={attribute: content[attribute.value] for attribute in _LEVELLED},
        identifiers={
            Attribute(name): IdentifierConstants(**row)
            for name, row in content["identifiers"].items()
        },
        identifier_default_holders=content["identifier_default_holders"],
        common_value_weight=content["common_value_weight"],
        country_conflict_penalty=content["country_conflict_penalty"],
        name=NameConstants(**content["name"]),
        bands=BandConstants(**content["bands"]),
    )


def _content() -> dict[str, Any]:
    path = files("crosslight.core.matching.v1").joinpath("constants-v1.yaml")
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return content
