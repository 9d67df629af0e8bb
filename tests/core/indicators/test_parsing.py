from __future__ import annotations

import pytest

from crosslight.core.indicators import CatalogueError
from crosslight.core.indicators.parsing import parse_catalogue


def test_the_shipped_data_is_accepted(raw):
    assert parse_catalogue(raw).version == "0.1.0"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dimension", "D7"),
        ("dimension", None),
        ("dimension_basis", "guess"),
        ("concept", "C.NOTHING"),
        ("source", "NOBODY_2020"),
        ("polarity", "proves"),
        ("evidence", "hearsay"),
        ("observers", ["NGO_VICTIM", "ASTROLOGER"]),
        ("observers", []),
        ("observers", "NGO_VICTIM"),
        ("exploitation", ["XXX"]),
        ("applies_to", ["elder"]),
        ("verified", "yes"),
        ("label", ""),
        ("label", 7),
        ("labels", {"fr": 7}),
        ("strength", {"adult_labor": "strong"}),
        ("strength", "strong"),
        ("colour", "red"),
    ],
)
def test_a_value_that_is_not_known_is_refused_and_the_entry_named(raw, key, value):
    raw["indicators"][3][key] = value
    with pytest.raises(CatalogueError, match=raw["indicators"][3]["id"]):
        parse_catalogue(raw)


@pytest.mark.parametrize("key", ["label", "dimension", "source", "verified", "strength_basis"])
def test_a_missing_value_is_refused_and_the_entry_named(raw, key):
    del raw["indicators"][3][key]
    with pytest.raises(CatalogueError, match=rf"ILO-D1-04.*{key} is missing"):
        parse_catalogue(raw)


def test_an_id_used_twice_is_refused_and_named(raw):
    raw["indicators"][5]["id"] = "ILO-D1-01"
    with pytest.raises(CatalogueError, match="ILO-D1-01: the id is used twice"):
        parse_catalogue(raw)


def test_a_strength_without_a_basis_that_allows_it_is_refused(raw):
    raw["indicators"][1]["strength"]["child_sexual"] = "strong"
    with pytest.raises(CatalogueError, match=r"ILO-D1-02.*child_sexual.*by_analogy"):
        parse_catalogue(raw)


@pytest.mark.parametrize("key", ["total", "verified_true"])
def test_totals_that_do_not_agree_are_refused(raw, key):
    raw["meta"][key] += 1
    with pytest.raises(CatalogueError, match=key):
        parse_catalogue(raw)


def test_a_lost_indicator_is_noticed(raw):
    raw["indicators"].pop()
    with pytest.raises(CatalogueError, match="516 were found"):
        parse_catalogue(raw)


def test_a_code_list_that_differs_from_the_software_is_refused(raw):
    raw["code_lists"]["dimensions"]["D7"] = "A seventh dimension"
    with pytest.raises(CatalogueError, match="dimensions"):
        parse_catalogue(raw)


def test_a_person_rule_that_no_function_reads_is_refused(raw):
    raw["assessment_rules"]["person_rules"][1]["then"][0]["if"] = "anything at all"
    with pytest.raises(CatalogueError, match=r"ADULT_PALERMO_DEFAULT.*anything at all"):
        parse_catalogue(raw)


@pytest.mark.parametrize("threshold", [{}, {"strong": 0}, {"strong": -1}, {"very_strong": 1}])
def test_a_threshold_that_is_always_met_or_unreadable_is_refused(raw, threshold):
    rule = raw["assessment_rules"]["dimension_rule"]
    rule["positive_if_at_least_one_of"].append(threshold)
    with pytest.raises(CatalogueError, match="number 5"):
        parse_catalogue(raw)


def test_a_crosswalk_to_an_unknown_form_of_exploitation_is_refused(raw):
    raw["exploitation_crosswalk"][0]["code"] = "SEXX"
    with pytest.raises(CatalogueError, match="SEXX"):
        parse_catalogue(raw)


def test_a_typology_with_an_unknown_form_of_exploitation_is_refused(raw):
    raw["typologies"]["polaris_25"]["types"][0]["exploitation_own_mapping"] = ["SEXX"]
    with pytest.raises(CatalogueError, match="POL25-01"):
        parse_catalogue(raw)
