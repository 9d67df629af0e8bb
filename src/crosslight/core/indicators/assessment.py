"""Reading what was observed about one person with one of the four lists.

An assessment explains itself and is for review: it never identifies a victim or a suspect, and
it never closes anything. What must not be scored is listed with the reason instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crosslight.core.indicators import explanation
from crosslight.core.indicators.catalogues import Catalogue
from crosslight.core.indicators.model import (
    ASSESSED_DIMENSIONS,
    AssessmentList,
    Dimension,
    Indicator,
    Polarity,
    Strength,
)
from crosslight.core.indicators.results import (
    DimensionResult,
    NotCounted,
    NotCountedReason,
    Observation,
    ObservationBasis,
    ObservedIndicator,
    OpenQuestion,
    PersonResult,
)
from crosslight.core.indicators.rules import Facts, Outcome
from crosslight.core.indicators.scoring import dimension_result, sort_out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment:
    catalogue: Catalogue
    list_name: AssessmentList
    dimensions: tuple[DimensionResult, ...]
    not_counted: tuple[NotCounted, ...]
    questions: tuple[OpenQuestion, ...]
    acts: tuple[Indicator, ...]
    is_act_recorded: bool
    is_exploitation_intended: bool
    person_results: tuple[PersonResult, ...]

    def outcome(self, dimension: Dimension) -> Outcome:
        """Return the outcome of one of the six dimensions; `KeyError` for any other."""
        return {each.dimension: each.outcome for each in self.dimensions}[dimension]

    @property
    def is_presumed_victim(self) -> bool:
        """Whether a rule points towards "presumed victim, for review"."""
        return any(not each.rule.is_informative for each in self.person_results)

    @property
    def must_stay_open(self) -> bool:
        """Intended exploitation is enough in law: recruitment signs alone must be reviewed."""
        return self.outcome(Dimension.D4) is not Outcome.POSITIVE and (
            self.is_exploitation_intended or any(map(_is_marked, self.dimensions[:2]))
        )

    def sentences(self) -> tuple[str, ...]:
        """Explain the assessment in plain English, with what was not counted and why."""
        return (
            explanation.heading(self.catalogue, list_name=self.list_name),
            *self._dimension_sentences(),
            *(explanation.not_counted(each) for each in self.not_counted),
            *(explanation.question(each) for each in self.questions),
            explanation.act(self.acts, is_recorded=self.is_act_recorded),
            *self._person_sentences(),
        )

    def _dimension_sentences(self) -> tuple[str, ...]:
        labels = self.catalogue.dimensions
        counted = [each for result in self.dimensions for each in result.counted]
        return (
            explanation.dimension_rule(self.catalogue),
            *(explanation.dimension(each, labels[each.dimension]) for each in self.dimensions),
            *explanation.how_well_known(counted),
            *explanation.innocent_explanations(counted, self.catalogue),
        )

    def _person_sentences(self) -> tuple[str, ...]:
        texts = self.catalogue.evidence
        results = self.person_results
        return (
            *(explanation.person(each, texts[each.rule.evidence]) for each in results),
            *(() if self.is_presumed_victim else (explanation.NO_PERSON_RULE,)),
            *((explanation.KEEP_OPEN,) if self.must_stay_open else ()),
        )


def assess(
    observed: Iterable[ObservedIndicator],
    *,
    catalogue: Catalogue,
    list_name: AssessmentList,
    looked_for: Iterable[str] = (),
    is_act_recorded: bool = False,
    is_exploitation_intended: bool = False,
) -> Assessment:
    """Read the observed indicators with one list; `UnknownIndicator` for an id it does not have.

    `looked_for` are the ids of what the reporters could look for, such as the short list they
    were shown. Without it silence on a dimension is "not assessed", never "negative".
    `is_act_recorded` and `is_exploitation_intended` are findings of the reviewer from the rest
    of the report; an observed ACT indicator records an act by itself.
    """
    observations = _observations(observed, catalogue)
    sorted_out = sort_out(observations, list_name=list_name)
    sought = tuple(catalogue.get(each) for each in looked_for)
    dimensions = tuple(
        dimension_result(
            each,
            counted=sorted_out.counted,
            sought=sought,
            catalogue=catalogue,
            list_name=list_name,
        )
        for each in ASSESSED_DIMENSIONS
    )
    acts = tuple(each.indicator for each in observations if _is_act(each.indicator, list_name))
    facts = Facts(
        outcomes={each.dimension: each.outcome for each in dimensions},
        is_act_recorded=is_act_recorded or bool(acts),
        is_exploitation_intended=is_exploitation_intended,
    )
    return Assessment(
        catalogue=catalogue,
        list_name=list_name,
        dimensions=dimensions,
        not_counted=sorted_out.not_counted,
        questions=_questions(sorted_out.not_counted, catalogue, list_name=list_name),
        acts=acts,
        is_act_recorded=facts.is_act_recorded,
        is_exploitation_intended=is_exploitation_intended,
        person_results=_person_results(facts, catalogue, list_name=list_name),
    )


def _observations(
    observed: Iterable[ObservedIndicator], catalogue: Catalogue
) -> tuple[Observation, ...]:
    """Join the reports of each indicator, in catalogue order: the order of reporting is nothing."""
    bases: dict[str, set[ObservationBasis]] = {}
    for each in observed:
        bases.setdefault(catalogue.get(each.id).id, set()).add(each.basis)
    return tuple(
        Observation(
            indicator=indicator,
            bases=tuple(basis for basis in ObservationBasis if basis in bases[indicator.id]),
        )
        for indicator in catalogue.indicators
        if indicator.id in bases
    )


def _is_act(indicator: Indicator, list_name: AssessmentList) -> bool:
    # The act is the same for every form of exploitation, so only the age group is asked.
    return (
        indicator.dimension is Dimension.ACT
        and indicator.polarity is Polarity.SUPPORTS
        and list_name.age_group in indicator.applies_to
    )


def _is_marked(result: DimensionResult) -> bool:
    return result.outcome is Outcome.POSITIVE or result.number_of(Strength.STRONG) > 0


def _questions(
    not_counted: Iterable[NotCounted], catalogue: Catalogue, *, list_name: AssessmentList
) -> tuple[OpenQuestion, ...]:
    raised: dict[str, list[Indicator]] = {}
    for each in not_counted:
        if each.reason is NotCountedReason.OPENS_QUESTION:
            indicator = each.observation.indicator
            raised.setdefault(indicator.concept, []).append(indicator)
    return tuple(
        OpenQuestion(
            concept=catalogue.concepts[concept],
            raised_by=tuple(indicators),
            rated=catalogue.rated(concept=concept, list_name=list_name),
        )
        for concept, indicators in raised.items()
    )


def _person_results(
    facts: Facts, catalogue: Catalogue, *, list_name: AssessmentList
) -> tuple[PersonResult, ...]:
    return tuple(
        PersonResult(rule=rule, result=result)
        for rule in catalogue.rules.person_rules
        if rule.is_for(list_name)
        for result in rule.results(facts)
    )
