"""The catalogue in the languages of the pages: whole, of this catalogue, and found by search."""

from __future__ import annotations

import pytest

from crosslight.core.indicators import CatalogueError, catalogue
from crosslight.core.indicators.translations import parse_translation

LANGUAGES = ["fr", "es", "pt", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_catalogue_is_left_in_english(language: str) -> None:
    known = catalogue()
    said = [known.label(each, language) for each in known.indicators]
    said += [
        known.description(each, language)
        for each in known.indicators
        if each.description != each.label
    ]
    said += [known.idea(each, language) for each in known.concepts.values()]
    innocent = [known.innocent_explanation(each, language) for each in known.concepts.values()]
    said += [each for each in innocent if each is not None]
    assert len(said) > 1000
    assert [each.text for each in said if each.language != language] == []


def test_in_english_and_in_an_unknown_language_the_english_is_given() -> None:
    known = catalogue()
    concept = known.concepts["C.DECEIVE_PAY"]
    english = known.idea(concept, "en-GB")
    assert (english.text, english.is_fallback) == ("Misled about pay", False)
    assert known.idea(concept, "xx").is_fallback
    nothing = known.innocent_explanation(concept, "xx")
    assert nothing is not None
    assert nothing.is_fallback


def test_a_description_is_found_in_the_language_of_the_page() -> None:
    known = catalogue()
    sign = known.get("ILO-D1-02")
    words = known.description(sign, "pt").text
    assert sign in known.search(words, language="pt")
    assert known.search(words, language="en") == ()


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({"indicators": {"X-1": {"label": "a"}}, "concepts": {}}, "X-1"),
        ({"indicators": {}, "concepts": {"C.X": {"label": "a"}}}, r"C\.X"),
        ({"indicators": {"A-1": {"label": " "}}, "concepts": {}}, "A-1"),
        ({"indicators": {"A-1": {"name": "a"}}, "concepts": {}}, "name"),
        ({"indicators": {}}, "concepts"),
        ({"indicators": {}, "concepts": {}, "more": {}}, "more"),
        ([], "pt.yaml"),
    ],
)
def test_what_the_catalogue_has_not_is_refused_by_name(raw: object, named: str) -> None:
    with pytest.raises(CatalogueError, match=named):
        parse_translation("pt.yaml", raw, indicators={"A-1"}, concepts={"C.A"})
