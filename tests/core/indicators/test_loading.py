from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from crosslight.core.indicators import (
    AssessmentList,
    CatalogueError,
    Dimension,
    Strength,
    StrengthBasis,
    UnknownCatalogueVersion,
    catalogue,
    catalogue_versions,
)
from crosslight.core.indicators.loading import read_documents


def test_all_indicators_load_and_agree_with_the_totals_of_the_data(shipped, raw):
    assert len(shipped.indicators) == 517 == raw["meta"]["total"]
    verified = [each for each in shipped.indicators if each.is_verified]
    assert len(verified) == 311 == raw["meta"]["verified_true"]
    assert len(shipped.sources) == 33
    assert len(shipped.typologies[0].entries) == 25


def test_nothing_of_an_indicator_is_lost_or_changed(shipped, raw):
    for written, each in zip(raw["indicators"], shipped.indicators, strict=True):
        assert each.id == written["id"]
        assert each.label == written["label"]
        assert each.description == written["description"]
        assert each.dimension == written["dimension"]
        assert each.polarity == written["polarity"]
        assert each.is_verified is written["verified"]
        assert each.evidence == written["evidence"]
        assert each.locator == written["locator"]
        assert each.source == written["source"]
        assert list(each.observers) == written["observers"]
        assert list(each.exploitation) == written["exploitation"]
        assert each.applies_to == frozenset(written["applies_to"])
        assert dict(each.labels) == written.get("labels", {})
        assert each.note == written.get("note")
        assert each.external_code == written.get("external_code")
        strengths = written["strength"] or {}
        assert each.overlay == strengths.pop("analytic_overlay", None)
        assert {name: each.ratings[name].strength for name in each.ratings} == strengths


def test_the_latest_version_is_the_default_and_any_shipped_version_can_be_asked_for():
    assert catalogue_versions()[-1] == catalogue().version
    assert catalogue("0.1.0").version == "0.1.0"
    assert catalogue("0.1.0") is catalogue("0.1.0")


@pytest.mark.parametrize("version", ["9.9.9", "", "../..", "0_1_0"])
def test_a_version_that_is_not_shipped_is_an_error_that_names_it(version):
    with pytest.raises(UnknownCatalogueVersion) as caught:
        catalogue(version)
    assert caught.value.version == version


def test_no_strength_stands_on_a_basis_that_may_not_be_scored(shipped):
    for indicator in shipped.indicators:
        for rating in indicator.ratings.values():
            assert rating.strength is None or rating.basis.is_scorable


def test_a_rating_is_read_with_its_basis(shipped):
    rating = shipped.get("ILO-D1-02").ratings[AssessmentList.ADULT_SEXUAL]
    assert rating.strength is Strength.MEDIUM
    assert rating.basis is StrengthBasis.TO_BE_CHECKED
    assert shipped.get("FLEX-02").overlay is Strength.MEDIUM
    assert shipped.get("FLEX-02").ratings == {}


def test_the_sections_are_described_in_words(shipped):
    assert "Exploitation" in shipped.dimensions[Dimension.D4]
    assert shipped.observers["UNION"] == "Trade union"
    assert shipped.exploitation["MARR"].htcds == "ForcedMarriage"
    assert shipped.exploitation["ANY"].htcds is None
    assert shipped.rules.project_guards


def test_a_key_given_twice_is_refused():
    text = "concepts:\n  C.DEBT: {label: one}\n  C.DEBT: {label: two}\n"
    with pytest.raises(CatalogueError, match=r"C\.DEBT"):
        read_documents([("concepts.yaml", text)])


def test_a_section_given_by_two_files_is_refused():
    with pytest.raises(CatalogueError, match=r"second\.yaml: meta"):
        read_documents([("first.yaml", "meta: {a: b}"), ("second.yaml", "meta: {a: c}")])


@pytest.mark.parametrize("text", ["meta: [", "just a sentence", "", "\tmeta: 1"])
def test_a_file_that_is_no_mapping_is_refused_by_name(text):
    with pytest.raises(CatalogueError, match=r"broken\.yaml"):
        read_documents([("broken.yaml", text)])


def test_the_shipped_files_say_what_the_reference_says(raw):
    folder = os.environ.get("CROSSLIGHT_REFERENCE")
    if not folder:
        pytest.skip("CROSSLIGHT_REFERENCE names no folder with the reference catalogue")
    text = (Path(folder) / "indicators.yaml").read_text(encoding="utf-8")
    assert raw == yaml.load(text, Loader=yaml.CSafeLoader)
