from __future__ import annotations

from itertools import product

import pytest

from crosslight.core.indicators import (
    AgeGroup,
    AssessmentList,
    Dimension,
    Outcome,
    dimension_positive,
)
from crosslight.core.indicators.rules import DimensionRule, Facts, Threshold

NO = Outcome.NEGATIVE
YES = Outcome.POSITIVE
OPEN = Outcome.NOT_ASSESSED
SIX = ("D1", "D2", "D3", "D4", "D5", "D6")


def facts(outcomes: str = "", *, act: bool = False, intended: bool = False) -> Facts:
    """Facts from words such as "D1+ D5-"; a dimension that is not named is not assessed."""
    said = {word[:2]: YES if word.endswith("+") else NO for word in outcomes.split()}
    return Facts(
        outcomes={Dimension(each): said.get(each, OPEN) for each in SIX},
        is_act_recorded=act,
        is_exploitation_intended=intended,
    )


@pytest.fixture
def rule(shipped):
    return {each.id: each for each in shipped.rules.person_rules}.__getitem__


def test_the_dimension_rule_passes_every_test_vector_of_the_catalogue(shipped):
    assert len(shipped.rules.test_vectors) == 10
    for vector in shipped.rules.test_vectors:
        found = dimension_positive(strong=vector.strong, medium=vector.medium, weak=vector.weak)
        assert found is vector.is_positive, vector


def test_more_of_anything_never_makes_a_positive_dimension_negative():
    for strong, medium, weak in product(range(4), repeat=3):
        if dimension_positive(strong=strong, medium=medium, weak=weak):
            assert dimension_positive(strong=strong + 1, medium=medium, weak=weak)
            assert dimension_positive(strong=strong, medium=medium + 1, weak=weak)
            assert dimension_positive(strong=strong, medium=medium, weak=weak + 1)


def test_another_catalogue_versions_rule_can_be_applied(shipped):
    strict = DimensionRule(
        id="STRICT",
        version="0.0.1",
        evidence=shipped.rules.dimension_rule.evidence,
        thresholds=(Threshold(strong=3),),
    )
    assert dimension_positive(strong=2, medium=0, weak=0)
    assert not dimension_positive(strong=2, medium=0, weak=0, rule=strict)


def test_the_rule_says_itself_in_words(shipped):
    assert shipped.rules.dimension_rule.sentence() == (
        "2 strong, or 1 strong and 1 medium or weak, or 3 medium, or 2 medium and 1 weak"
    )


def test_each_rule_is_for_its_own_lists(rule):
    def lists(rule_id: str) -> list[AssessmentList]:
        return [each for each in AssessmentList if rule(rule_id).is_for(each)]

    assert lists("ADULT_STRICT_MOLDOVA") == [AssessmentList.ADULT_LABOUR]
    assert lists("ADULT_PALERMO_DEFAULT") == [
        AssessmentList.ADULT_LABOUR,
        AssessmentList.ADULT_SEXUAL,
    ]
    assert lists("CHILD_PALERMO") == [AssessmentList.CHILD_LABOUR, AssessmentList.CHILD_SEXUAL]
    assert rule("CHILD_PALERMO").applies_to is AgeGroup.CHILD


def test_only_the_survey_classification_is_informative(shipped):
    informative = [each.id for each in shipped.rules.person_rules if each.is_informative]
    assert informative == ["ADULT_STRICT_MOLDOVA"]


@pytest.mark.parametrize("means", ["D1+", "D2+", "D3+", "D5+", "D6+"])
def test_an_adult_needs_act_means_and_purpose(rule, means):
    palermo = rule("ADULT_PALERMO_DEFAULT")
    assert palermo.results(facts(f"D4+ {means}", act=True)) == (
        "presumed victim (for review by the authority)",
    )
    assert palermo.results(facts(f"D4+ {means}")) == ()
    assert palermo.results(facts("D4+", act=True)) == ()
    assert palermo.results(facts(means, act=True)) == ()
    assert palermo.results(facts(f"D4- {means}", act=True, intended=True)) == ()


def test_a_child_needs_no_means(rule):
    palermo = rule("CHILD_PALERMO")
    expected = ("presumed child victim (for review by the authority and child protection)",)
    assert palermo.results(facts("D4+", act=True)) == expected
    assert palermo.results(facts("D4-", act=True, intended=True)) == expected
    assert palermo.results(facts("D4+")) == ()
    assert palermo.results(facts("D1+ D2+ D5+", act=True)) == ()


@pytest.mark.parametrize(
    ("outcomes", "results"),
    [
        ("D1- D2- D4- D5-", ("not a victim (successful migrant)",)),
        ("D1- D2- D4+ D5-", ("exploited: labour-rights case",)),
        ("D1- D2- D3- D4+ D5- D6-", ("exploited: labour-rights case",)),
        ("D1- D2- D3+ D4+ D5-", ()),
        ("D1- D2- D4+ D5- D6+", ()),
        ("D1+ D4+ D5-", ("deceived and exploited",)),
        ("D1+ D4+ D5+", ("presumed victim of trafficking for forced labour",)),
        ("D2+ D4+ D5+", ("presumed victim of trafficking for forced labour",)),
        ("D4- D5-", ()),
        ("D4+", ()),
        ("", ()),
    ],
)
def test_the_survey_classes_need_what_was_assessed(rule, outcomes, results):
    assert rule("ADULT_STRICT_MOLDOVA").results(facts(outcomes)) == results


def test_no_rule_gives_a_result_where_nothing_was_assessed(shipped):
    for each in shipped.rules.person_rules:
        assert each.results(facts(act=True)) == ()
