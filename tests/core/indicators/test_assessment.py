from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.indicators import (
    ASSESSED_DIMENSIONS,
    AgeGroup,
    Assessment,
    AssessmentList,
    Catalogue,
    Dimension,
    NotCountedReason,
    ObservationBasis,
    ObservedIndicator,
    Outcome,
    OutcomeReason,
    Polarity,
    Strength,
    UnknownIndicator,
    assess,
    catalogue,
    is_reachable,
    lists_for,
    reason_not_to_count,
)
from crosslight.core.indicators.parsing import parse_catalogue

CATALOGUE = catalogue()
ADULT_LABOUR = AssessmentList.ADULT_LABOUR
CHILD_LABOUR = AssessmentList.CHILD_LABOUR
ADULT_SEXUAL = AssessmentList.ADULT_SEXUAL
CHILD_SEXUAL = AssessmentList.CHILD_SEXUAL
MUST_NOT_COUNT = tuple(
    each.id
    for each in CATALOGUE.indicators
    if each.polarity is Polarity.CAUTION
    or each.dimension not in ASSESSED_DIMENSIONS
    or not any(rating.strength for rating in each.ratings.values())
)
OUTSIDE = (Dimension.PRES, Dimension.SITE, Dimension.FIN, Dimension.ONL)
RATED = tuple(each.id for each in CATALOGUE.indicators if each.id not in MUST_NOT_COUNT)

observations = st.builds(
    ObservedIndicator, id=st.sampled_from(RATED), basis=st.sampled_from(ObservationBasis)
)
noise = st.builds(
    ObservedIndicator, id=st.sampled_from(MUST_NOT_COUNT), basis=st.sampled_from(ObservationBasis)
)
lists = st.sampled_from(AssessmentList)


def read(*ids: str, list_name: AssessmentList = ADULT_LABOUR, **more: object) -> Assessment:
    observed = [ObservedIndicator(id=each, basis=ObservationBasis.TOLD) for each in ids]
    return assess(observed, catalogue=CATALOGUE, list_name=list_name, **more)


def outcomes(assessment: Assessment) -> dict[Dimension, tuple[Outcome, OutcomeReason]]:
    return {each.dimension: (each.outcome, each.reason) for each in assessment.dimensions}


def counted(assessment: Assessment) -> dict[str, Strength]:
    return {
        each.observation.indicator.id: each.strength
        for result in assessment.dimensions
        for each in result.counted
    }


def reasons(assessment: Assessment) -> dict[str, NotCountedReason]:
    return {each.observation.indicator.id: each.reason for each in assessment.not_counted}


def test_a_dimension_is_positive_with_what_its_rule_asks_and_says_which_rule():
    result = read("ILO-D1-01", "ILO-D1-02").dimensions[0]
    assert (result.dimension, result.outcome) == (Dimension.D1, Outcome.POSITIVE)
    assert result.number_of(Strength.STRONG) == result.number_of(Strength.MEDIUM) == 1
    assert (result.rule.id, result.rule.version) == ("ILO_EC_DIMENSION", "0.1.0")


def test_a_dimension_below_the_threshold_is_negative():
    assessment = read("ILO-D1-02", "ILO-D1-04")
    assert outcomes(assessment)[Dimension.D1] == (
        Outcome.NEGATIVE,
        OutcomeReason.THRESHOLD_NOT_MET,
    )


def test_silence_is_not_assessed():
    assert set(outcomes(read()).values()) == {
        (Outcome.NOT_ASSESSED, OutcomeReason.NOTHING_LOOKED_FOR)
    }


def test_silence_on_what_was_looked_for_is_negative():
    assessment = read(looked_for=["ILO-D1-02", "NIJAD-06", "UNODC-GEN-33"])
    assert assessment.outcome(Dimension.D1) is Outcome.NEGATIVE
    assert assessment.outcome(Dimension.D6) is Outcome.NOT_ASSESSED


def test_a_dimension_out_of_reach_of_the_known_ratings_is_never_negative():
    assessment = read("ILO-D4-08", list_name=ADULT_SEXUAL, looked_for=RATED)
    assert outcomes(assessment)[Dimension.D4] == (
        Outcome.NOT_ASSESSED,
        OutcomeReason.TOO_FEW_RATINGS_KNOWN,
    )
    assert counted(assessment) == {"ILO-D4-08": Strength.WEAK}


def test_which_dimensions_the_known_ratings_reach_on_each_list():
    reach = {
        name: "".join(
            each
            for each in ASSESSED_DIMENSIONS
            if is_reachable(each, catalogue=CATALOGUE, list_name=name)
        )
        for name in AssessmentList
    }
    assert reach == {
        ADULT_LABOUR: "D1D2D3D4D5D6",
        CHILD_LABOUR: "D1D2D3D4D5D6",
        ADULT_SEXUAL: "D1D5",
        CHILD_SEXUAL: "",
    }


def test_a_concept_counts_once_in_a_dimension_with_its_strongest_indicator():
    assessment = read("ILO-D3-04", "ILO-D3-07", "ILO-D3-08")
    assert counted(assessment) == {"ILO-D3-04": Strength.MEDIUM}
    beside = [each for each in assessment.not_counted if each.stands_for]
    assert [each.stands_for.id for each in beside] == ["ILO-D3-04", "ILO-D3-04"]
    assert set(reasons(assessment).values()) == {NotCountedReason.CONCEPT_ALREADY_COUNTED}


def test_the_strongest_rating_of_a_concept_wins_whatever_the_order(raw):
    raw["indicators"][27]["strength"]["adult_labour"] = "strong"
    spoiled = parse_catalogue(raw)
    assert spoiled.indicators[27].id == "ILO-D3-07"
    for ids in (("ILO-D3-04", "ILO-D3-07"), ("ILO-D3-07", "ILO-D3-04")):
        observed = [ObservedIndicator(id=each, basis=ObservationBasis.SEEN) for each in ids]
        found = assess(observed, catalogue=spoiled, list_name=ADULT_LABOUR)
        assert counted(found) == {"ILO-D3-07": Strength.STRONG}


def test_a_concept_counts_in_each_dimension_where_it_was_seen():
    assert set(counted(read("ILO-D2-05", "ILO-D5-01"))) == {"ILO-D2-05", "ILO-D5-01"}


def test_many_reports_of_one_indicator_count_once_and_keep_how_it_is_known():
    observed = [ObservedIndicator(id="ILO-D1-02", basis=each) for each in ObservationBasis] * 3
    result = assess(observed, catalogue=CATALOGUE, list_name=ADULT_LABOUR).dimensions[0]
    assert len(result.counted) == 1
    assert result.counted[0].observation.bases == tuple(ObservationBasis)
    assert result.outcome is Outcome.NEGATIVE


@pytest.mark.parametrize(
    ("indicator_id", "list_name", "reason"),
    [
        ("NIJAD-06", ADULT_SEXUAL, NotCountedReason.CAUTION),
        ("FLEX-01", ADULT_LABOUR, NotCountedReason.RISK_FACTOR),
        ("GLAA-02", ADULT_LABOUR, NotCountedReason.OPENS_QUESTION),
        ("FINCEN20-F-01", ADULT_LABOUR, NotCountedReason.OPENS_QUESTION),
        ("NIJAD-01", ADULT_SEXUAL, NotCountedReason.OPENS_QUESTION),
        ("GLAA-01", ADULT_LABOUR, NotCountedReason.ACT_ONLY),
        ("VEGA-07", ADULT_LABOUR, NotCountedReason.OTHER_AGE_GROUP),
        ("ILO-D4-08", CHILD_LABOUR, NotCountedReason.OTHER_AGE_GROUP),
        ("ILO-D1-11", ADULT_LABOUR, NotCountedReason.OTHER_EXPLOITATION),
        ("ILO-D4-01", ADULT_SEXUAL, NotCountedReason.OTHER_EXPLOITATION),
        ("UNODC-GEN-33", ADULT_LABOUR, NotCountedReason.NOT_RATED),
        ("FLEX-02", ADULT_LABOUR, NotCountedReason.OVERLAY_ONLY),
        ("ILO-D2-02", ADULT_SEXUAL, NotCountedReason.RATED_BY_ANALOGY),
        ("ILO-D1-10", ADULT_LABOUR, None),
    ],
)
def test_what_must_not_be_scored_is_listed_with_its_reason(indicator_id, list_name, reason):
    assessment = read(indicator_id, list_name=list_name)
    assert reasons(assessment) == ({indicator_id: reason} if reason else {})
    assert (indicator_id in counted(assessment)) is (reason is None)


def test_every_reason_for_a_rating_that_is_not_known_occurs():
    found = {
        reason_not_to_count(each, list_name=name)
        for each in CATALOGUE.indicators
        for name in AssessmentList
    }
    assert found >= {NotCountedReason.RATED_BY_ANALOGY, NotCountedReason.RATING_UNKNOWN}


def test_an_unknown_indicator_is_refused_by_its_id():
    with pytest.raises(UnknownIndicator) as caught:
        read("ILO-D1-01", "XYZ-1")
    assert caught.value.indicator_id == "XYZ-1"
    with pytest.raises(UnknownIndicator):
        read(looked_for=["XYZ-1"])


def test_signs_outside_the_dimensions_open_one_question_for_their_concept():
    signs = [
        each.id
        for each in CATALOGUE.indicators
        if each.concept == "C.MONITORED" and each.dimension in OUTSIDE
    ]
    assert len(signs) > 1
    (question,) = read(*signs).questions
    assert question.concept.id == "C.MONITORED"
    assert [each.id for each in question.raised_by] == signs


def test_a_question_names_what_would_count_for_its_concept():
    (question,) = read("DHSHOT-31").questions
    assert CATALOGUE.get("DHSHOT-31").dimension in OUTSIDE
    assert [each.id for each in question.rated] == ["ILO-D2-05", "ILO-D5-01"]


@pytest.mark.parametrize("dimension", ["PRES", "SITE", "FIN", "ONL", "RISK", "ACT"])
def test_no_strength_makes_a_sign_outside_the_dimensions_count(raw, dimension):
    ids = ("ILO-D4-01", "ILO-D4-02", "ILO-D4-03", "ILO-D4-04")
    for entry in raw["indicators"]:
        if entry["id"] in ids:
            entry["dimension"] = dimension
    assert_nothing_counts(parse_catalogue(raw), ids)


def test_no_strength_makes_a_caution_item_count(raw):
    ids = ("ILO-D4-01", "ILO-D4-02", "ILO-D4-03", "ILO-D4-04")
    for entry in raw["indicators"]:
        if entry["id"] in ids:
            entry["polarity"] = "caution"
    assert_nothing_counts(parse_catalogue(raw), ids)


def assert_nothing_counts(spoiled: Catalogue, ids: tuple[str, ...]) -> None:
    observed = [ObservedIndicator(id=each, basis=ObservationBasis.SEEN) for each in ids]
    assessment = assess(observed, catalogue=spoiled, list_name=ADULT_LABOUR)
    assert counted(assessment) == {}
    assert {each.outcome for each in assessment.dimensions} == {Outcome.NOT_ASSESSED}
    assert set(reasons(assessment)) == set(ids)


def test_a_caution_item_opens_no_question_and_a_risk_factor_neither():
    assert read("NIJAD-06", "FLEX-01", list_name=ADULT_SEXUAL).questions == ()


VICTIM = ("ILO-D1-01", "ILO-D1-02", "ILO-D4-01", "ILO-D4-02")


def test_act_means_and_purpose_point_towards_a_presumed_victim_for_review():
    assessment = read(*VICTIM, "GLAA-01")
    assert assessment.is_presumed_victim
    assert [each.rule.id for each in assessment.person_results] == ["ADULT_PALERMO_DEFAULT"]
    assert [each.id for each in assessment.acts] == ["GLAA-01"]


def test_without_an_act_on_record_no_person_rule_decides():
    assert not read(*VICTIM).is_presumed_victim
    assert read(*VICTIM, is_act_recorded=True).is_presumed_victim


def test_an_act_of_the_other_age_group_is_no_act_of_this_person():
    assert not read(*VICTIM, "VEGA-07").is_act_recorded
    child = read("ILO-D4-01", "ILO-D4-02", "VEGA-07", list_name=CHILD_LABOUR)
    assert child.is_act_recorded
    assert child.is_presumed_victim


def test_intended_exploitation_of_a_child_is_enough():
    read_child = read(list_name=CHILD_SEXUAL, is_act_recorded=True, is_exploitation_intended=True)
    assert read_child.is_presumed_victim


def test_the_survey_classification_alone_presumes_nothing():
    assessment = read(looked_for=RATED)
    assert [each.result for each in assessment.person_results] == [
        "not a victim (successful migrant)"
    ]
    assert not assessment.is_presumed_victim


@pytest.mark.parametrize("signs", [("ILO-D1-01",), ("ILO-D2-01",), ("ILO-D1-02",) * 3])
def test_recruitment_signs_without_exploitation_must_stay_open(signs):
    expected = "ILO-D1-02" not in signs
    assert read(*signs, looked_for=RATED).must_stay_open is expected
    assert not read(*VICTIM).must_stay_open
    assert read(is_exploitation_intended=True).must_stay_open


def test_an_unclear_age_is_treated_as_a_child():
    assert lists_for(is_adult=None) == lists_for(is_adult=False) == (CHILD_LABOUR, CHILD_SEXUAL)
    assert lists_for(is_adult=True) == (ADULT_LABOUR, ADULT_SEXUAL)
    assert {each.age_group for each in lists_for(is_adult=None)} == {AgeGroup.CHILD}


@given(
    observed=st.lists(observations, max_size=12),
    added=st.lists(noise, min_size=1, max_size=30),
    list_name=lists,
    looked_for=st.sets(st.sampled_from(RATED), max_size=5),
)
def test_what_must_not_be_scored_never_changes_an_outcome(observed, added, list_name, looked_for):
    before = assess(observed, catalogue=CATALOGUE, list_name=list_name, looked_for=looked_for)
    after = assess(
        [*added, *observed],
        catalogue=CATALOGUE,
        list_name=list_name,
        looked_for={*looked_for, *(each.id for each in added)},
    )
    assert outcomes(after) == outcomes(before)
    assert counted(after) == counted(before)


def test_everything_that_must_not_be_scored_together_assesses_nothing():
    for name in AssessmentList:
        assessment = read(*MUST_NOT_COUNT, list_name=name)
        assert {each.outcome for each in assessment.dimensions} == {Outcome.NOT_ASSESSED}
        assert counted(assessment) == {}
        assert len(assessment.not_counted) == len(MUST_NOT_COUNT)
        assert assessment.person_results == ()


@given(observed=st.lists(observations | noise, max_size=15), list_name=lists, data=st.data())
def test_the_order_of_reporting_is_nothing(observed, list_name, data):
    shuffled = data.draw(st.permutations(observed))
    one = assess(observed, catalogue=CATALOGUE, list_name=list_name)
    other = assess(shuffled, catalogue=CATALOGUE, list_name=list_name)
    assert one.sentences() == other.sentences()


@given(observed=st.lists(observations | noise, max_size=15), list_name=lists)
def test_every_observed_indicator_is_accounted_for_once_and_said(observed, list_name):
    assessment = assess(observed, catalogue=CATALOGUE, list_name=list_name)
    ids = [
        *counted(assessment),
        *(each.observation.indicator.id for each in assessment.not_counted),
    ]
    assert sorted(ids) == sorted({each.id for each in observed})
    text = "\n".join(assessment.sentences())
    assert all(f"({each})" in text for each in ids)
    places = [
        (each.observation.indicator.dimension, each.observation.indicator.concept)
        for result in assessment.dimensions
        for each in result.counted
    ]
    assert len(places) == len(set(places))


CERTAIN = re.compile(r"\b(prove[sdn]?|proof|certain|certainly|confirmed|guilty|definitely)\b", re.I)


@given(
    observed=st.lists(observations | noise, max_size=15),
    list_name=lists,
    is_act_recorded=st.booleans(),
    is_exploitation_intended=st.booleans(),
)
def test_no_sentence_claims_certainty(
    observed, list_name, is_act_recorded, is_exploitation_intended
):
    assessment = assess(
        observed,
        catalogue=CATALOGUE,
        list_name=list_name,
        is_act_recorded=is_act_recorded,
        is_exploitation_intended=is_exploitation_intended,
    )
    own_words = re.sub(r'"[^"]*"', "", "\n".join(assessment.sentences()))
    assert not CERTAIN.search(own_words)
    assert ("presumed victim, for review" in own_words) is assessment.is_presumed_victim
