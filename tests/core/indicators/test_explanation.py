from __future__ import annotations

from crosslight.core.indicators import (
    AssessmentList,
    NotCountedReason,
    ObservationBasis,
    ObservedIndicator,
    OutcomeReason,
    assess,
    explanation,
)


def sentences(shipped, *ids, list_name=AssessmentList.ADULT_LABOUR, **more):
    observed = [ObservedIndicator(id=each, basis=ObservationBasis.SEEN) for each in ids]
    return assess(observed, catalogue=shipped, list_name=list_name, **more).sentences()


def test_every_reason_has_its_sentence():
    assert set(explanation._REASONS) == set(NotCountedReason)
    assert set(explanation._OUTCOMES) == set(OutcomeReason)


def test_the_explanation_starts_with_what_was_read_and_what_it_never_says(shipped):
    first = sentences(shipped)[0]
    assert "adults, labour exploitation" in first
    assert "0.1.0" in first
    assert "No indicator, alone or summed, identifies a victim or a suspect." in first


def test_the_rule_is_given_with_its_version_and_how_well_it_is_established(shipped):
    rule = sentences(shipped)[1]
    assert rule.startswith("Rule ILO_EC_DIMENSION, version 0.1.0: a dimension is positive with 2 ")
    assert rule.endswith("Read only in a secondary digest that cites the source; not verified.")


def test_a_positive_dimension_shows_what_counted_and_how_it_is_known(shipped):
    text = sentences(shipped, "ILO-D1-01", "ILO-D1-02")[2]
    assert "positive; the signs point towards it, for review." in text
    assert 'Counted, 1 strong and 1 medium: "Misled about what the job is' in text
    assert '"Misled about pay" (ILO-D1-02), seen, medium.' in text


def test_a_strength_still_to_be_checked_says_so(shipped):
    text = sentences(shipped, "ILO-D1-02", list_name=AssessmentList.ADULT_SEXUAL)[2]
    assert "medium, a strength still to be checked against the source." in text


def test_how_well_the_counted_indicators_are_known_is_said(shipped):
    assert any(
        each.startswith("The meaning was read in the source for 0 of the 2 counted")
        for each in sentences(shipped, "ILO-D1-01", "ILO-D4-02")
    )


def test_each_counted_concept_comes_with_its_innocent_explanation_once(shipped):
    text = sentences(shipped, "ILO-D2-05", "ILO-D5-01")
    weighed = [each for each in text if each.startswith("Weigh ")]
    assert weighed == [
        'Weigh "Identity papers held by another" against a common innocent explanation: '
        "Voluntary safekeeping with free access; hotel registration."
    ]


def test_what_was_not_counted_is_said_with_the_reason(shipped):
    text = sentences(shipped, "NIJAD-06", "ILO-D3-07", "ILO-D3-08")
    assert (
        'Not counted: "Visible tattoos in the photo" (NIJAD-06), seen: a study showed that this '
        "sign does not predict trafficking; it is shown and never scored."
    ) in text
    assert (
        'Not counted: "False information about law or officials" (ILO-D3-08), seen: the same '
        'concept is already counted as "False stories of successful migration" (ILO-D3-07).'
    ) in text


def test_an_open_question_names_what_would_count_and_the_innocent_explanation(shipped):
    questions = {
        sign.id: [each for each in sentences(shipped, sign.id) if each.startswith("Open question")]
        for sign in shipped.indicators
        if sign.dimension == "PRES"
    }
    assert all(len(each) == 1 for each in questions.values())
    texts = [each[0] for each in questions.values()]
    assert any("What would count, if observed: " in each for each in texts)
    assert any("No indicator of this concept is rated on this list." in each for each in texts)


def test_the_act_is_said_to_be_recorded_or_missing(shipped):
    assert any(each.startswith("Not recorded: an act") for each in sentences(shipped))
    assert any(
        each.startswith("Recorded by the reviewer: an act")
        for each in sentences(shipped, is_act_recorded=True)
    )
    assert any(
        "(GLAA-01)." in each and "Recorded" in each for each in sentences(shipped, "GLAA-01")
    )


def test_the_result_comes_with_its_rule_and_how_well_that_is_established(shipped):
    text = sentences(shipped, "ILO-D1-01", "ILO-D1-02", "ILO-D4-01", "ILO-D4-02", "GLAA-01")[-1]
    assert text.startswith(
        "The signs point towards: presumed victim, for review. Rule ADULT_PALERMO_DEFAULT, "
        'version 0.1.0: "presumed victim (for review by the authority)".'
    )
    assert "Written for this project; no published source claimed." in text


def test_a_survey_class_is_shown_as_no_finding_about_the_person(shipped):
    looked_for = [each.id for each in shipped.indicators]
    text = sentences(shipped, looked_for=looked_for)
    (survey,) = [each for each in text if "ADULT_STRICT_MOLDOVA" in each]
    assert survey.startswith("For information only: ")
    assert '"not a victim (successful migrant)"' in survey
    assert "not a finding about this person and closes nothing" in survey
    assert explanation.NO_PERSON_RULE in text


def test_recruitment_without_exploitation_is_said_to_stay_open(shipped):
    assert sentences(shipped, "ILO-D1-01")[-1] == explanation.KEEP_OPEN
    assert explanation.KEEP_OPEN not in sentences(shipped, "ILO-D4-02")


def test_a_gap_in_the_catalogue_is_not_blamed_on_the_report(shipped):
    text = sentences(shipped, list_name=AssessmentList.CHILD_SEXUAL)
    assert sum("a gap in the catalogue and not in the report" in each for each in text) == 6
