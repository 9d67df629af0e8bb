"""How observed indicators are read together: one dimension, then one person.

The thresholds and the result words come from the data of each catalogue version. The conditions
of the person rules are prose there; this module holds one function for each sentence, and a
catalogue with a sentence it does not know is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.indicators.model import AgeGroup, AssessmentList, Dimension, Evidence

OUTPUT_TERM = "presumed victim, for review"
"""The only term an assessment gives; HTCDS PossibleVictimOfTrafficking with the organisation."""


class Outcome(StrEnum):
    """`NOT_ASSESSED` where nothing that could count was, or could be, looked for."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The least numbers that make a dimension positive; `medium_or_weak` takes either."""

    strong: int = 0
    medium: int = 0
    weak: int = 0
    medium_or_weak: int = 0

    def is_met(self, *, strong: int, medium: int, weak: int) -> bool:
        return (
            strong >= self.strong
            and medium >= self.medium
            and weak >= self.weak
            and medium + weak >= self.medium + self.weak + self.medium_or_weak
        )

    def sentence(self) -> str:
        """Return the threshold in words, as in "1 strong and 1 medium or weak"."""
        named = (
            (self.strong, "strong"),
            (self.medium, "medium"),
            (self.weak, "weak"),
            (self.medium_or_weak, "medium or weak"),
        )
        return " and ".join(f"{number} {name}" for number, name in named if number)


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionRule:
    id: str
    version: str
    evidence: Evidence
    thresholds: tuple[Threshold, ...]

    def is_positive(self, *, strong: int, medium: int, weak: int) -> bool:
        return any(
            threshold.is_met(strong=strong, medium=medium, weak=weak)
            for threshold in self.thresholds
        )

    def sentence(self) -> str:
        return ", or ".join(threshold.sentence() for threshold in self.thresholds)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestVector:
    """Numbers and the answer the rule must give for them; shipped with the catalogue."""

    __test__ = False

    strong: int
    medium: int
    weak: int
    is_positive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the person rules look at."""

    outcomes: Mapping[Dimension, Outcome]
    is_act_recorded: bool
    is_exploitation_intended: bool

    def all_positive(self, *dimensions: Dimension) -> bool:
        return all(self.outcomes[each] is Outcome.POSITIVE for each in dimensions)

    def any_positive(self, *dimensions: Dimension) -> bool:
        return any(self.outcomes[each] is Outcome.POSITIVE for each in dimensions)

    def all_negative(self, *dimensions: Dimension) -> bool:
        return all(self.outcomes[each] is Outcome.NEGATIVE for each in dimensions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRuleCase:
    condition: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRule:
    id: str
    version: str
    applies_to: AgeGroup
    evidence: Evidence
    cases: tuple[PersonRuleCase, ...]
    note: str

    @property
    def is_informative(self) -> bool:
        """An informative rule is shown beside the others and decides nothing."""
        return self.id in _INFORMATIVE_RULES

    def is_for(self, list_name: AssessmentList) -> bool:
        lists = _RULE_LISTS.get(self.id)
        return list_name.age_group is self.applies_to and (lists is None or list_name in lists)

    def results(self, facts: Facts) -> tuple[str, ...]:
        """Return the result words of every case whose condition the facts meet."""
        return tuple(case.result for case in self.cases if _CONDITIONS[case.condition](facts))


def is_known_condition(condition: str) -> bool:
    """Whether this module can read the sentence as a condition."""
    return condition in _CONDITIONS


# A classification of a labour-migration survey: it sorts answers, and it names one class "not a
# victim", which no assessment here may say of a person.
_INFORMATIVE_RULES = frozenset({"ADULT_STRICT_MOLDOVA"})
_RULE_LISTS = {"ADULT_STRICT_MOLDOVA": frozenset({AssessmentList.ADULT_LABOUR})}

_D1, _D2, _D3 = Dimension.D1, Dimension.D2, Dimension.D3
_D4, _D5, _D6 = Dimension.D4, Dimension.D5, Dimension.D6


def _nothing_found(facts: Facts) -> bool:
    return facts.all_negative(_D4, _D1, _D2, _D5)


def _exploited_without_means(facts: Facts) -> bool:
    # Abuse of vulnerability (D3, D6) may stand in for the means, so where it is positive
    # there is a means.
    has_means = not facts.all_negative(_D1, _D2) or facts.any_positive(_D3, _D6)
    return facts.all_positive(_D4) and not has_means and facts.all_negative(_D5)


def _deceived_and_exploited(facts: Facts) -> bool:
    return facts.all_positive(_D1, _D4) and facts.all_negative(_D5)


def _means_exploitation_and_coercion(facts: Facts) -> bool:
    return facts.any_positive(_D1, _D2) and facts.all_positive(_D4, _D5)


def _act_means_purpose(facts: Facts) -> bool:
    has_means = facts.any_positive(_D1, _D2, _D3, _D5, _D6)
    return facts.all_positive(_D4) and has_means and facts.is_act_recorded


def _act_purpose(facts: Facts) -> bool:
    has_purpose = facts.all_positive(_D4) or facts.is_exploitation_intended
    return has_purpose and facts.is_act_recorded


_CONDITIONS: Mapping[str, Callable[[Facts], bool]] = {
    "D4 negative and D1, D2, D5 negative": _nothing_found,
    "D4 positive, no means, D5 negative": _exploited_without_means,
    "D1 positive and D4 positive, D5 negative": _deceived_and_exploited,
    "(D1 or D2 positive) and D4 positive and D5 positive": _means_exploitation_and_coercion,
    "D4 positive and at least one of D1, D2, D3, D5, D6 positive and an act is recorded": (
        _act_means_purpose
    ),
    "D4 positive (or exploitation clearly intended) and an act is recorded": _act_purpose,
}
