"""C10: the catalogue as pages, with source, verified mark and innocent explanation."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from crosslight.core.indicators import Catalogue, Polarity, catalogue
from crosslight.core.indicators.translations import NO_TRANSLATION
from crosslight.core.vocabulary.contributors import OBSERVERS, ContributorKind
from crosslight.web.contributor.shortlist import SHOWN_FIRST, first_indicators
from tests.factories import World
from tests.web.signed_in import browser_of


@pytest.fixture
def amina(world: World) -> Client:
    return browser_of(world.amina)


def test_all_of_the_catalogue_is_there_page_by_page(amina: Client) -> None:
    page = amina.get("/contributor/indicators/").content.decode()

    assert "517 indicators" in page
    assert "Page 1 of 26" in page
    assert "May be innocent:" in page
    assert "Not verified" in page


def test_words_and_subject_narrow_it(amina: Client) -> None:
    page = amina.get("/contributor/indicators/", {"q": "passport", "dimension": "D5"})

    text = page.content.decode()
    assert "Show all" in text
    assert 'value="passport"' in text
    assert "517 indicators" not in text


@pytest.mark.parametrize(
    "query", [{"q": "\x00\x07"}, {"dimension": "D99"}, {"page": "x"}, {"q": "z" * 9000}]
)
def test_odd_questions_break_nothing(amina: Client, query: dict[str, str]) -> None:
    assert amina.get("/contributor/indicators/", query).status_code == 200


def test_one_sign_tells_its_source_strength_and_limits(amina: Client) -> None:
    sign = catalogue().get("ILO-D5-01")

    page = amina.get(f"/contributor/indicators/{sign.id}/").content.decode()

    assert sign.label in page
    assert catalogue().source_of(sign).publisher in page
    assert "A common innocent explanation:" in page
    assert "still to be checked against the source" in page or "secondary account" in page


def test_what_must_never_be_counted_is_marked(amina: Client) -> None:
    caution = next(each for each in catalogue().indicators if each.polarity is Polarity.CAUTION)

    page = amina.get(f"/contributor/indicators/{caution.id}/").content.decode()

    assert "Caution: never counted" in page


def test_an_unknown_sign_is_not_there(amina: Client) -> None:
    assert amina.get("/contributor/indicators/NO-SUCH-1/").status_code == 404


@pytest.mark.parametrize("language", ["fr", "es", "pt", "ar"])
def test_signs_and_innocent_explanations_are_in_the_language_of_the_page(
    world: World, language: str
) -> None:
    amina = browser_of(world.amina)
    amina.cookies["django_language"] = language
    known = catalogue()
    sign = known.get("ILO-D1-02")
    innocent = known.innocent_explanation(known.concept_of(sign), language)

    page = amina.get("/contributor/indicators/").content.decode()

    assert f'lang="{language}" dir="auto">{escape(known.label(sign, language).text)}' in page
    assert innocent is not None
    assert f'lang="{language}" dir="auto">{escape(innocent.text)}' in page
    assert 'lang="en" dir="auto">' not in page


def test_what_is_not_translated_is_shown_in_english_and_marked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Catalogue, "_translation", lambda *_: NO_TRANSLATION)
    amina = browser_of(world.amina)
    amina.cookies["django_language"] = "ar"

    page = amina.get("/contributor/indicators/").content.decode()

    assert 'dir="rtl"' in page
    assert 'lang="en" dir="auto">Misled about pay' in page


@pytest.mark.parametrize("kind", list(ContributorKind))
def test_eight_different_signs_come_first_for_every_kind(kind: ContributorKind) -> None:
    first = first_indicators(catalogue(), observers=OBSERVERS[kind])

    assert len(first) == SHOWN_FIRST
    assert len({each.concept for each in first}) == SHOWN_FIRST
    assert all(each.polarity is Polarity.SUPPORTS for each in first)
    assert len({each.dimension for each in first}) > 2
