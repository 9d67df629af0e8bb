"""What every release of the matching model takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Band(StrEnum):
    STRONG = "strong"
    PROBABLE = "probable"
    WEAK = "weak"
    NONE = "none"


class Attribute(StrEnum):
    NAME = "name"
    ALIAS = "alias"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    SEX = "sex"
    NATIONALITY = "nationality"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ACCOUNT = "account"
    DOCUMENT = "document"
    PLATE = "plate"
    ADDRESS = "address"
    PLACE = "place"
    REGISTRATION = "registration"
    VESSEL = "vessel"
    VIN = "vin"
    OCCUPATION = "occupation"


@dataclass(frozen=True, slots=True)
class Record:
    """One entity: values as entered, under a FollowTheMoney schema name.

    `country` is where the entity was entered; national phone numbers are read with it.
    """

    id: str
    schema: str
    values: Mapping[Attribute, tuple[str, ...]]
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparison found.

    `sentence` shows both values; `pointer` says the same to readers who may not see them.
    """

    attribute: Attribute
    level: str
    weight: float
    left: str
    right: str
    sentence: str
    pointer: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatchResult:
    """`weight` is log2 of how much likelier the evidence is of one entity than of two."""

    weight: float
    band: Band
    notifies: bool
    evidence: tuple[Evidence, ...]
    model: str


class Rarity(Protocol):
    """How many entities of the population hold a key."""

    @property
    def total(self) -> int: ...

    def holders(self, key: str) -> int: ...


DEFAULT_POPULATION = 1_000_000


@dataclass(frozen=True, slots=True)
class NoRarity:
    """Nothing is known of the population: no key counts as common, names weigh as in the lexicon.

    `holders` answers 0, which a model reads as "not counted".
    """

    total: int = DEFAULT_POPULATION

    def holders(self, key: str) -> int:  # noqa: ARG002
        return 0
