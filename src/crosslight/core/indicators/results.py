"""What an assessment is made of: observations, what counts of them, outcomes, open questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.indicators.model import (
    Concept,
    Dimension,
    Indicator,
    Strength,
    StrengthBasis,
)
from crosslight.core.indicators.rules import DimensionRule, Outcome, PersonRule


class ObservationBasis(StrEnum):
    """How the reporter knows: seen, told by someone, or derived from other facts."""

    SEEN = "seen"
    TOLD = "told"
    DERIVED = "derived"


class NotCountedReason(StrEnum):
    CAUTION = "caution"
    RISK_FACTOR = "risk_factor"
    OPENS_QUESTION = "opens_question"
    ACT_ONLY = "act_only"
    OTHER_AGE_GROUP = "other_age_group"
    OTHER_EXPLOITATION = "other_exploitation"
    NOT_RATED = "not_rated"
    OVERLAY_ONLY = "overlay_only"
    RATED_BY_ANALOGY = "rated_by_analogy"
    RATING_UNKNOWN = "rating_unknown"
    NOT_IN_LIST = "not_in_list"
    CONCEPT_ALREADY_COUNTED = "concept_already_counted"


class OutcomeReason(StrEnum):
    """Why a dimension has its outcome."""

    THRESHOLD_MET = "threshold_met"
    THRESHOLD_NOT_MET = "threshold_not_met"
    NOTHING_LOOKED_FOR = "nothing_looked_for"
    TOO_FEW_RATINGS_KNOWN = "too_few_ratings_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedIndicator:
    id: str
    basis: ObservationBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """An indicator that was observed, with every way in which it is known."""

    indicator: Indicator
    bases: tuple[ObservationBasis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An observation that counts, as the strongest of its concept in its dimension."""

    observation: Observation
    strength: Strength
    strength_basis: StrengthBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCounted:
    """An observation that adds nothing; `stands_for` is the one that counts for its concept."""

    observation: Observation
    reason: NotCountedReason
    stands_for: Indicator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionResult:
    dimension: Dimension
    outcome: Outcome
    reason: OutcomeReason
    counted: tuple[Counted, ...]
    rule: DimensionRule

    def number_of(self, strength: Strength) -> int:
        return sum(1 for each in self.counted if each.strength is strength)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A sign outside the six dimensions asks about its concept; it never answers.

    `rated` are the indicators of that concept which would count on this list, if observed.
    """

    concept: Concept
    raised_by: tuple[Indicator, ...]
    rated: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonResult:
    """The result words of a person rule, as its catalogue version puts them."""

    rule: PersonRule
    result: str
