"""What may be scored on a list, and what the six dimensions come to.

These rules keep the guards of the catalogue to the letter: caution items, risk factors, signs
outside the dimensions and strengths that are not known never change an outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crosslight.core.indicators.catalogues import Catalogue
from crosslight.core.indicators.loading import catalogue as shipped_catalogue
from crosslight.core.indicators.model import (
    AssessmentList,
    Dimension,
    Indicator,
    Polarity,
    Rating,
    Strength,
    StrengthBasis,
)
from crosslight.core.indicators.results import (
    Counted,
    DimensionResult,
    NotCounted,
    NotCountedReason,
    Observation,
    OutcomeReason,
)
from crosslight.core.indicators.rules import DimensionRule, Outcome


def dimension_positive(
    *, strong: int, medium: int, weak: int, rule: DimensionRule | None = None
) -> bool:
    """Whether these numbers make a dimension positive, by the latest catalogue's rule if no other.

    The rule is the one attributed to ILO and the European Commission, WCMS_105023, p. 3.
    """
    applied = rule or shipped_catalogue().rules.dimension_rule
    return applied.is_positive(strong=strong, medium=medium, weak=weak)


def reason_not_to_count(
    indicator: Indicator, *, list_name: AssessmentList
) -> NotCountedReason | None:
    """Return why the indicator must not be scored on the list, or None if it may."""
    if indicator.polarity is Polarity.CAUTION:
        return NotCountedReason.CAUTION
    if indicator.dimension in _NEVER_SCORED:
        return _NEVER_SCORED[indicator.dimension]
    if list_name.age_group not in indicator.applies_to:
        return NotCountedReason.OTHER_AGE_GROUP
    if indicator.dimension is Dimension.ACT:
        return NotCountedReason.ACT_ONLY
    if list_name.exploitation.isdisjoint(indicator.exploitation):
        return NotCountedReason.OTHER_EXPLOITATION
    if indicator.strength_on(list_name) is not None:
        return None
    return _reason_unrated(indicator, indicator.ratings.get(list_name))


_NEVER_SCORED: Mapping[Dimension, NotCountedReason] = {
    Dimension.RISK: NotCountedReason.RISK_FACTOR,
    Dimension.PRES: NotCountedReason.OPENS_QUESTION,
    Dimension.SITE: NotCountedReason.OPENS_QUESTION,
    Dimension.FIN: NotCountedReason.OPENS_QUESTION,
    Dimension.ONL: NotCountedReason.OPENS_QUESTION,
}
_UNRATED: Mapping[StrengthBasis, NotCountedReason] = {
    StrengthBasis.BY_ANALOGY: NotCountedReason.RATED_BY_ANALOGY,
    StrengthBasis.UNKNOWN: NotCountedReason.RATING_UNKNOWN,
    StrengthBasis.NOT_IN_LIST: NotCountedReason.NOT_IN_LIST,
}


def _reason_unrated(indicator: Indicator, rating: Rating | None) -> NotCountedReason:
    if rating is not None:
        return _UNRATED.get(rating.basis, NotCountedReason.RATING_UNKNOWN)
    return NotCountedReason.OVERLAY_ONLY if indicator.overlay else NotCountedReason.NOT_RATED


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedOut:
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]


def sort_out(observations: Iterable[Observation], *, list_name: AssessmentList) -> SortedOut:
    """Part what counts, each concept once per dimension, from what does not."""
    strongest: dict[tuple[Dimension, str], Counted] = {}
    not_counted: list[NotCounted] = []
    scored: list[Counted] = []
    for observation in observations:
        reason = reason_not_to_count(observation.indicator, list_name=list_name)
        if reason is None:
            scored.append(_scored(observation, list_name))
        else:
            not_counted.append(NotCounted(observation=observation, reason=reason))
    for each in scored:
        best = strongest.get(_place(each))
        if best is None or each.strength.rank > best.strength.rank:
            strongest[_place(each)] = each
    not_counted.extend(
        _beside(each, strongest[_place(each)])
        for each in scored
        if strongest[_place(each)] is not each
    )
    return SortedOut(counted=tuple(strongest.values()), not_counted=tuple(not_counted))


def _scored(observation: Observation, list_name: AssessmentList) -> Counted:
    rating = observation.indicator.ratings[list_name]
    if rating.strength is None:
        raise AssertionError(f"{observation.indicator.id} has no strength to count.")
    return Counted(observation=observation, strength=rating.strength, strength_basis=rating.basis)


def _place(counted: Counted) -> tuple[Dimension, str]:
    return counted.observation.indicator.dimension, counted.observation.indicator.concept


def _beside(counted: Counted, strongest: Counted) -> NotCounted:
    return NotCounted(
        observation=counted.observation,
        reason=NotCountedReason.CONCEPT_ALREADY_COUNTED,
        stands_for=strongest.observation.indicator,
    )


def dimension_result(
    dimension: Dimension,
    *,
    counted: Iterable[Counted],
    sought: Iterable[Indicator],
    catalogue: Catalogue,
    list_name: AssessmentList,
) -> DimensionResult:
    """Return the outcome of one dimension and why; `sought` is what could be looked for."""
    mine = tuple(each for each in counted if each.observation.indicator.dimension is dimension)
    is_sought = any(
        each.dimension is dimension and reason_not_to_count(each, list_name=list_name) is None
        for each in sought
    )
    outcome, reason = _outcome(
        (each.strength for each in mine),
        rule=catalogue.rules.dimension_rule,
        is_reachable=is_reachable(dimension, catalogue=catalogue, list_name=list_name),
        is_looked_for=is_sought or bool(mine),
    )
    return DimensionResult(
        dimension=dimension,
        outcome=outcome,
        reason=reason,
        counted=mine,
        rule=catalogue.rules.dimension_rule,
    )


def _outcome(
    strengths: Iterable[Strength],
    *,
    rule: DimensionRule,
    is_reachable: bool,
    is_looked_for: bool,
) -> tuple[Outcome, OutcomeReason]:
    if _is_positive(strengths, rule):
        return Outcome.POSITIVE, OutcomeReason.THRESHOLD_MET
    if not is_reachable:
        return Outcome.NOT_ASSESSED, OutcomeReason.TOO_FEW_RATINGS_KNOWN
    if not is_looked_for:
        return Outcome.NOT_ASSESSED, OutcomeReason.NOTHING_LOOKED_FOR
    return Outcome.NEGATIVE, OutcomeReason.THRESHOLD_NOT_MET


def _is_positive(strengths: Iterable[Strength], rule: DimensionRule) -> bool:
    found = tuple(strengths)
    return rule.is_positive(
        strong=found.count(Strength.STRONG),
        medium=found.count(Strength.MEDIUM),
        weak=found.count(Strength.WEAK),
    )


def is_reachable(dimension: Dimension, *, catalogue: Catalogue, list_name: AssessmentList) -> bool:
    """Whether observing everything that the list rates would make the dimension positive.

    Where it would not, "negative" would be a statement about gaps in the catalogue.
    """
    everything = tuple(
        Observation(indicator=each, bases=())
        for each in catalogue.indicators
        if each.dimension is dimension
    )
    counted = sort_out(everything, list_name=list_name).counted
    return _is_positive((each.strength for each in counted), catalogue.rules.dimension_rule)
