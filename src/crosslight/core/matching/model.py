"""What every release of the matching model takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crosslight.core.vocabulary.matching import Band as Band  # noqa: PLC0414

Ints = NDArray[np.int64]


# A band's place here is its code in arrays: a higher code is a stronger band.
BANDS = (Band.NONE, Band.WEAK, Band.PROBABLE, Band.STRONG)
NOTIFYING = frozenset({Band.PROBABLE, Band.STRONG})


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
    ADVERT = "advert"
    NETWORK = "network"
    DEVICE = "device"
    LINK = "link"
    FILE = "file"
    CASE = "case"
    ROUTE = "route"
    ORGANISATION = "organisation"
    KINSHIP = "kinship"


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
class Reason:
    """One sentence: an English text to be translated, with `%(name)s` places for `params`."""

    template: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparison found.

    `said` holds no value of either side; `left`, `right` and `why` do, and are for readers who
    may see them.
    """

    attribute: Attribute
    level: str
    weight: float
    left: str
    right: str
    label: str
    said: Reason
    why: tuple[Reason, ...] = ()

    @property
    def pointer(self) -> str:
        return str(self.said)

    @property
    def sentence(self) -> str:
        """English, with both values."""
        why = f" ({'; '.join(map(str, self.why))})" if self.why else ""
        return f"{self.label}: {self.left} | {self.right}. {self.said}{why}"


@dataclass(frozen=True, slots=True)
class MatchResult:
    """`weight` is log2 of how much likelier the evidence is of one entity than of two."""

    weight: float
    band: Band
    evidence: tuple[Evidence, ...]
    model: str

    @property
    def notifies(self) -> bool:
        return self.band in NOTIFYING


class Population(Protocol):
    """How many entities of a population hold each key; 0 means "not counted"."""

    @property
    def total(self) -> int: ...

    def holders(self, keys: Ints) -> Ints: ...


DEFAULT_POPULATION = 1_000_000


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Nothing is known of the population: no value is common, names weigh as in the lexicon."""

    total: int = DEFAULT_POPULATION

    def holders(self, keys: Ints) -> Ints:
        return np.zeros(len(keys), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Counts:
    """A population counted beforehand: `keys` in rising order, each with its `numbers`."""

    total: int
    keys: Ints
    numbers: Ints

    def holders(self, keys: Ints) -> Ints:
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.numbers[places], 0)

    @staticmethod
    def of(holders: Mapping[int, int], *, total: int) -> Counts:
        keys = np.array(sorted(holders), dtype=np.int64)
        numbers = np.array([holders[int(key)] for key in keys], dtype=np.int64)
        return Counts(total, keys, numbers)
