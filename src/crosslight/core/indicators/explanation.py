"""The sentences by which an assessment explains itself to the person who reviews it.

Nothing here claims certainty: signs point towards something, and everything is for review.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crosslight.core.indicators.catalogues import Catalogue
from crosslight.core.indicators.model import AssessmentList, Indicator, Strength, StrengthBasis
from crosslight.core.indicators.results import (
    Counted,
    DimensionResult,
    NotCounted,
    NotCountedReason,
    Observation,
    OpenQuestion,
    OutcomeReason,
    PersonResult,
)
from crosslight.core.indicators.rules import OUTPUT_TERM

NO_PERSON_RULE = (
    "No person rule of this list is met. That says nothing against the report, and it closes "
    "nothing."
)
KEEP_OPEN = (
    "Keep this open for review: the report speaks of recruitment or of intended exploitation, "
    "and intended exploitation is enough in law even where none is established."
)

_ACT = "an act (recruitment, transport, transfer, harbouring or receipt)"
_OUTCOMES: Mapping[OutcomeReason, str] = {
    OutcomeReason.THRESHOLD_MET: "positive; the signs point towards it, for review",
    OutcomeReason.THRESHOLD_NOT_MET: (
        "negative; what counts stays below the threshold, which is no sign that nothing happened"
    ),
    OutcomeReason.NOTHING_LOOKED_FOR: (
        "not assessed; nothing that may be counted was reported, and silence is not a no"
    ),
    OutcomeReason.TOO_FEW_RATINGS_KNOWN: (
        "not assessed on this list; too few strengths are known for the threshold to be reached, "
        "which is a gap in the catalogue and not in the report"
    ),
}
_REASONS: Mapping[NotCountedReason, str] = {
    NotCountedReason.CAUTION: (
        "a study showed that this sign does not predict trafficking; it is shown and never scored"
    ),
    NotCountedReason.RISK_FACTOR: (
        "a risk factor helps to set priorities and is never evidence about a person"
    ),
    NotCountedReason.OPENS_QUESTION: (
        "a sign of this kind makes no dimension positive by itself; it opens a question"
    ),
    NotCountedReason.ACT_ONLY: "it records an act, which is not a dimension",
    NotCountedReason.OTHER_AGE_GROUP: "it is not for this age group",
    NotCountedReason.OTHER_EXPLOITATION: "it speaks of other forms of exploitation than this list",
    NotCountedReason.NOT_RATED: "none of the four lists gives it a strength",
    NotCountedReason.OVERLAY_ONLY: "its only weight is an analyst's own, outside the four lists",
    NotCountedReason.RATED_BY_ANALOGY: (
        "its strength on this list could only be guessed by analogy, until the source is checked"
    ),
    NotCountedReason.RATING_UNKNOWN: "its strength on this list is not known",
    NotCountedReason.NOT_IN_LIST: "this list of the source does not have it",
    NotCountedReason.CONCEPT_ALREADY_COUNTED: "the same concept is already counted",
}


def heading(catalogue: Catalogue, *, list_name: AssessmentList) -> str:
    return (
        f"Read with the list for {list_name.label} of the indicator catalogue "
        f"{catalogue.version}. {catalogue.caution}"
    )


def dimension_rule(catalogue: Catalogue) -> str:
    """Return the rule of the dimensions and how well it is established."""
    rule = catalogue.rules.dimension_rule
    return (
        f"Rule {rule.id}, version {rule.version}: a dimension is positive with "
        f"{rule.sentence()}, each concept counted once. "
        f"Evidence for the rule: {catalogue.evidence[rule.evidence]}"
    )


def dimension(result: DimensionResult, label: str) -> str:
    """Return the outcome of a dimension with everything counted in it."""
    counted = "; ".join(_counted(each) for each in result.counted)
    what = f" Counted, {_numbers(result)}: {counted}." if counted else ""
    return f"{result.dimension}, {label}: {_OUTCOMES[result.reason]}.{what}"


def _numbers(result: DimensionResult) -> str:
    numbers = ((result.number_of(strength), strength) for strength in Strength)
    return " and ".join(f"{number} {strength}" for number, strength in numbers if number)


def _counted(counted: Counted) -> str:
    unchecked = (
        ", a strength still to be checked against the source"
        if counted.strength_basis is StrengthBasis.TO_BE_CHECKED
        else ""
    )
    return f"{_observed(counted.observation)}, {counted.strength}{unchecked}"


def _observed(observation: Observation) -> str:
    return f"{_named(observation.indicator)}, {' and '.join(observation.bases)}"


def _named(indicator: Indicator) -> str:
    return f'"{indicator.label}" ({indicator.id})'


def how_well_known(counted: Sequence[Counted]) -> tuple[str, ...]:
    """Return for how many counted indicators the meaning was read in the source."""
    if not counted:
        return ()
    verified = sum(1 for each in counted if each.observation.indicator.is_verified)
    return (
        f"The meaning was read in the source for {verified} of the {len(counted)} counted; "
        "that says nothing about the strengths.",
    )


def innocent_explanations(counted: Iterable[Counted], catalogue: Catalogue) -> tuple[str, ...]:
    """Return, once for each counted concept, what commonly explains it without any crime."""
    concepts = (catalogue.concept_of(each.observation.indicator) for each in counted)
    once = {concept.id: concept for concept in concepts}
    return tuple(
        f'Weigh "{concept.label}" against a common innocent explanation: '
        f"{concept.common_innocent_explanation}."
        for concept in once.values()
        if concept.common_innocent_explanation
    )


def not_counted(item: NotCounted) -> str:
    instead = f" as {_named(item.stands_for)}" if item.stands_for else ""
    return f"Not counted: {_observed(item.observation)}: {_REASONS[item.reason]}{instead}."


def question(item: OpenQuestion) -> str:
    """Return the question that signs outside the dimensions open, for the reviewer alone."""
    raised = ", ".join(_named(each) for each in item.raised_by)
    innocent = item.concept.common_innocent_explanation
    return (
        f'Open question for the reviewer, "{item.concept.label}", raised by {raised}.'
        f"{_would_count(item.rated)}"
        f"{f' A common innocent explanation: {innocent}.' if innocent else ''}"
    )


def _would_count(rated: Sequence[Indicator]) -> str:
    if not rated:
        return " No indicator of this concept is rated on this list."
    return f" What would count, if observed: {', '.join(_named(each) for each in rated)}."


def act(acts: Sequence[Indicator], *, is_recorded: bool) -> str:
    """Return whether the act element is recorded, and by what."""
    if acts:
        return f"Recorded: {_ACT}: {', '.join(_named(each) for each in acts)}."
    if is_recorded:
        return f"Recorded by the reviewer: {_ACT}."
    return f"Not recorded: {_ACT}. The person rules ask for one; record it if the report names one."


def person(item: PersonResult, evidence: str) -> str:
    """Return the result of a person rule; an informative rule never speaks of the person."""
    rule = item.rule
    name = f"{rule.id}, version {rule.version}"
    if rule.is_informative:
        return (
            f"For information only: the survey classification {name}, has the class "
            f'"{item.result}" for such results. A class of a survey is not a finding about '
            f"this person and closes nothing. Evidence for the rule: {evidence} {rule.note}"
        )
    return (
        f'The signs point towards: {OUTPUT_TERM}. Rule {name}: "{item.result}". '
        f"Evidence for the rule: {evidence} {rule.note}"
    )
