from __future__ import annotations

import pytest

from crosslight.core.indicators import AssessmentList, Dimension, UnknownIndicator


def test_an_indicator_is_found_by_its_id_with_its_concept_and_source(shipped):
    indicator = shipped.get("ILO-D1-01")
    assert indicator.dimension is Dimension.D1
    assert shipped.concept_of(indicator).label == "Misled about the job"
    assert shipped.source_of(indicator).publisher == "ILO / European Commission"
    assert shipped.source_of(indicator).licence.startswith("ILO copyright")


@pytest.mark.parametrize("indicator_id", ["", "ILO-D9-99", "ilo-d1-01", "=1+1", "\u202eILO-D1-01"])
def test_an_unknown_id_is_an_error_that_names_it(shipped, indicator_id):
    with pytest.raises(UnknownIndicator) as caught:
        shipped.get(indicator_id)
    assert caught.value.indicator_id == indicator_id
    assert repr(indicator_id) in str(caught.value)


def test_the_short_list_of_a_sector_holds_what_it_can_observe_and_nothing_else(shipped):
    short = shipped.for_observers(["PORT"])
    assert 0 < len(short) < len(shipped.indicators)
    assert all("PORT" in each.observers for each in short)
    left_out = set(shipped.by_id) - {each.id for each in short}
    assert not any("PORT" in shipped.get(each).observers for each in left_out)


def test_two_sectors_together_see_what_either_sees_once(shipped):
    both = shipped.for_observers(["PORT", "UNION"])
    assert {*shipped.for_observers(["PORT"]), *shipped.for_observers(["UNION"])} == set(both)
    assert len(both) == len(set(both))


def test_no_observer_sees_nothing(shipped):
    assert shipped.for_observers([]) == ()


def test_every_observer_but_the_forensic_expert_has_a_short_list(shipped):
    # A forensic expert examines what others observed: the catalogue has no sign of their own.
    without = [code for code in shipped.observers if not shipped.for_observers([code])]
    assert without == ["FORENSIC"]


def test_a_label_is_given_in_the_language_asked_for(shipped):
    label = shipped.label(shipped.get("ILO-D1-02"), "fr")
    assert (label.text, label.language, label.is_fallback) == (
        "Trompé(e) sur le salaire ou les gains",
        "fr",
        False,
    )
    assert shipped.label(shipped.get("ILO-D1-02"), "fr-CH") == label
    assert shipped.label(shipped.get("ILO-D1-02"), "fr_CH") == label


@pytest.mark.parametrize("language", ["", "xx-YY"])
def test_a_missing_label_falls_back_to_english_and_says_so(shipped, language):
    label = shipped.label(shipped.get("ILO-D1-02"), language)
    assert (label.text, label.language, label.is_fallback) == ("Misled about pay", "en", True)


def test_english_is_no_fallback(shipped):
    assert not shipped.label(shipped.get("ILO-D1-02"), "en-GB").is_fallback


@pytest.mark.parametrize("text", ["trompé salaire", "TROMPE  Salaire", "salaire trompe"])
def test_search_finds_french_labels_without_minding_accents_case_or_order(shipped, text):
    assert [each.id for each in shipped.search(text, language="fr")] == ["ILO-D1-02"]


def test_search_minds_no_accent_inside_a_word(shipped):
    found = shipped.search("situacion migratoria", language="es")
    assert shipped.get("ILO-D1-07") in found
    assert found == shipped.search("situación migratoria", language="es")


def test_search_in_another_language_still_finds_the_english_words(shipped):
    assert shipped.get("ILO-D1-02") in shipped.search("misled pay", language="fr")
    assert shipped.search("salaire trompé", language="en") == ()


def test_search_puts_those_with_the_words_in_the_label_first(shipped):
    found = shipped.search("debt")
    in_label = ["debt" in each.label.casefold() for each in found]
    assert True in in_label
    assert False in in_label
    assert in_label == sorted(in_label, reverse=True)


def test_search_finds_an_id(shipped):
    assert [each.id for each in shipped.search("nijad-06")] == ["NIJAD-06"]


@pytest.mark.parametrize("text", ["", "   ", "\n", "no such words anywhere"])
def test_search_for_nothing_finds_nothing(shipped, text):
    assert shipped.search(text) == ()


def test_the_rated_indicators_of_a_concept_are_those_the_list_can_score(shipped):
    rated = shipped.rated(concept="C.DOCS_HELD", list_name=AssessmentList.ADULT_LABOUR)
    assert [each.id for each in rated] == ["ILO-D2-05", "ILO-D5-01"]
    assert shipped.rated(concept="C.DOCS_HELD", list_name=AssessmentList.CHILD_SEXUAL) == ()
