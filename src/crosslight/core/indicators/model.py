"""What an indicator is: its place in the ILO/EC scheme, its ratings, its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    """The six dimensions of the ILO/EC scheme, and the signs that stand outside them."""

    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"
    D6 = "D6"
    ACT = "ACT"
    PRES = "PRES"
    SITE = "SITE"
    FIN = "FIN"
    ONL = "ONL"
    RISK = "RISK"


ASSESSED_DIMENSIONS = (
    Dimension.D1,
    Dimension.D2,
    Dimension.D3,
    Dimension.D4,
    Dimension.D5,
    Dimension.D6,
)


class Strength(StrEnum):
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"

    @property
    def rank(self) -> int:
        """Higher is stronger; only for choosing among ratings of one concept."""
        return _RANKS[self]


_RANKS = {Strength.WEAK: 1, Strength.MEDIUM: 2, Strength.STRONG: 3}


class StrengthBasis(StrEnum):
    """How the strength is known. It says nothing about whether the meaning was verified."""

    SECONDARY = "secondary"
    TO_BE_CHECKED = "to_be_checked"
    BY_ANALOGY = "by_analogy"
    UNKNOWN = "unknown"
    NOT_IN_LIST = "not_in_list"

    @property
    def is_scorable(self) -> bool:
        """A strength guessed by analogy, unknown or of no list must not exist, let alone count."""
        return self in {StrengthBasis.SECONDARY, StrengthBasis.TO_BE_CHECKED}


class Evidence(StrEnum):
    """Where the meaning of an entry, or the wording of a rule, was read."""

    PRIMARY = "primary"
    REPRODUCTION = "reproduction"
    REPRODUCTION_UNATTRIBUTED = "reproduction_unattributed"
    SECONDARY = "secondary"
    TO_BE_CHECKED = "to_be_checked"
    OWN_PROPOSAL = "own_proposal"


class Polarity(StrEnum):
    SUPPORTS = "supports"
    CAUTION = "caution"


class DimensionBasis(StrEnum):
    """Whether the source itself places the indicator in its dimension."""

    SOURCE = "source"
    OWN_MAPPING = "own_mapping"


class AgeGroup(StrEnum):
    ADULT = "adult"
    CHILD = "child"


class AssessmentList(StrEnum):
    """The four ILO/EC lists; a person is read with one of them at a time."""

    ADULT_LABOUR = "adult_labour"
    CHILD_LABOUR = "child_labour"
    ADULT_SEXUAL = "adult_sexual"
    CHILD_SEXUAL = "child_sexual"

    @property
    def age_group(self) -> AgeGroup:
        is_adult = self in {AssessmentList.ADULT_LABOUR, AssessmentList.ADULT_SEXUAL}
        return AgeGroup.ADULT if is_adult else AgeGroup.CHILD

    @property
    def exploitation(self) -> frozenset[str]:
        """Codes of the forms of exploitation this list speaks about."""
        is_sexual = self in {AssessmentList.ADULT_SEXUAL, AssessmentList.CHILD_SEXUAL}
        return _SEXUAL_FORMS if is_sexual else _LABOUR_FORMS

    @property
    def label(self) -> str:
        return _LIST_LABELS[self]


# Domestic servitude is a sub-form of forced labour in the catalogue, and Directive 2011/36/EU,
# Article 2(3), reads forced labour or services as "including begging".
_LABOUR_FORMS = frozenset({"LAB", "DOM", "BEG", "ANY"})
_SEXUAL_FORMS = frozenset({"SEX", "ANY"})
_LIST_LABELS = {
    AssessmentList.ADULT_LABOUR: "adults, labour exploitation",
    AssessmentList.CHILD_LABOUR: "children, labour exploitation",
    AssessmentList.ADULT_SEXUAL: "adults, sexual exploitation",
    AssessmentList.CHILD_SEXUAL: "children, sexual exploitation",
}


def lists_for(*, is_adult: bool | None) -> tuple[AssessmentList, AssessmentList]:
    """Return the labour and the sexual list for a person; an unclear age is treated as a child."""
    if is_adult:
        return AssessmentList.ADULT_LABOUR, AssessmentList.ADULT_SEXUAL
    return AssessmentList.CHILD_LABOUR, AssessmentList.CHILD_SEXUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The strength of an indicator on one list; none where it is not known."""

    strength: Strength | None
    basis: StrengthBasis


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Indicator:
    """One sign that may point towards trafficking. Never a proof, alone or summed.

    `ratings` is empty where no list rates the indicator. `overlay` is a weight given by an
    analyst outside the four lists; it is shown and never scored.
    """

    id: str
    label: str
    description: str
    dimension: Dimension
    dimension_basis: DimensionBasis
    concept: str
    polarity: Polarity
    ratings: Mapping[AssessmentList, Rating]
    overlay: Strength | None
    applies_to: frozenset[AgeGroup]
    exploitation: tuple[str, ...]
    observers: tuple[str, ...]
    source: str
    locator: str
    is_verified: bool
    evidence: Evidence
    labels: Mapping[str, str]
    external_code: str | None
    note: str | None

    def strength_on(self, list_name: AssessmentList) -> Strength | None:
        """Return the strength that may be scored on the list, if there is one."""
        rating = self.ratings.get(list_name)
        return rating.strength if rating and rating.basis.is_scorable else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What several indicators have in common, with the explanation that is usually innocent."""

    id: str
    label: str
    common_innocent_explanation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A published source. `licence` says what is known of its terms, not more."""

    id: str
    title: str
    publisher: str
    year: str | None
    url: str | None
    other_urls: tuple[str, ...]
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploitationForm:
    """A form of exploitation and its names in other standards."""

    code: str
    label: str
    eu_directive: str | None
    htcds: str | None
    ctdc: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypologyEntry:
    """One business model of a published typology; a classification, not an indicator."""

    id: str
    name: str
    exploitation: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typology:
    id: str
    evidence: str
    is_verified: bool
    source_url: str
    note: str
    entries: tuple[TypologyEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label with the language it is really in."""

    text: str
    language: str
    is_fallback: bool
