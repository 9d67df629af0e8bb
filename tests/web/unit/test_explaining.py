"""Why two records are a match: sentences, weights and what holds it back, in two languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.utils import translation

from crosslight.coordination.selectors.views import Pointer
from crosslight.coordination.services.reading import consult_match
from crosslight.core.matching import card
from crosslight.core.matching.v1.wording import LABELS, SENTENCES
from crosslight.web.unit.explaining import explanation, why_only_probable
from tests.coordination.factories import acknowledged, notified
from tests.factories import World
from tests.web.signed_in import browser_of

RARE_PHONE = "The same phone number, and few others have it."


def pointer(attribute: str = "phone", weight: float = 17.9, **rest: str) -> Pointer:
    return Pointer(
        attribute=attribute,
        level="same",
        weight=weight,
        label=rest.get("label", "Phone number"),
        template=rest.get("template", RARE_PHONE),
        params={},
    )


@pytest.fixture(autouse=True)
def in_english():
    """Whatever language the last page of another test was in."""
    with translation.override("en"):
        yield


@pytest.fixture
def view(world: World):
    pair = notified(world)
    return consult_match(actor=world.ndeye, match_id=pair.match.pk, purpose="coordination")


def test_the_page_says_each_comparison_with_its_weight_to_both_sides(world: World) -> None:
    pair = notified(world)
    for actor in (world.ndeye, world.ousman):
        page = browser_of(actor).get(f"/unit/matches/{pair.match.pk}/").content.decode()
        assert RARE_PHONE in page
        assert "The names are one name in the spellings of different countries." in page
        assert page.count('class="weight-step"') == page.count(" bits</bdi>") >= 3
        assert "Model v1, spellings of names" in page


def test_what_speaks_against_it_shows_with_the_sets_and_adds_up(world: World) -> None:
    pair = acknowledged(world)
    page = browser_of(world.ndeye).get(f"/unit/matches/{pair.match.pk}/").content.decode()
    assert "The document numbers are different." in page
    assert "Why this is a match" in page
    view = consult_match(actor=world.ndeye, match_id=pair.match.pk, purpose="coordination")
    assert view.weight == pytest.approx(sum(each.weight for each in view.pointers))


def test_before_the_sets_are_open_only_what_agrees_is_told(view) -> None:
    assert all(each.weight > 0 for each in view.pointers)
    assert view.weight is None
    assert explanation(view).total == ""


def test_in_french_the_sentences_are_french(world: World) -> None:
    pair = notified(world)
    browser = browser_of(world.ndeye)
    browser.post("/language/", {"language": "fr", "next": "/"})
    page = browser.get(f"/unit/matches/{pair.match.pk}/").content.decode()
    assert RARE_PHONE not in page
    with translation.override("fr"):
        said = translation.gettext(RARE_PHONE)
    assert said != RARE_PHONE
    assert said.replace("'", "&#x27;") in page
    inbox = browser.get("/unit/matches/").content.decode()
    assert said.replace("'", "&#x27;") in inbox


def test_every_sentence_and_label_of_the_model_is_in_the_french_catalogue() -> None:
    templates = {text for said in SENTENCES.values() for text in said.values()}
    with translation.override("fr"):
        missing = [text for text in templates if translation.gettext(text) == text]
        unsaid = [label for label in LABELS.values() if not translation.gettext(label)]
    assert missing == []
    assert unsaid == []


def test_bars_stand_one_behind_the_other_on_one_scale(view) -> None:
    told = replace(
        view,
        weight=15.0,
        pointers=(pointer(weight=18.0), pointer("birth_date", -3.0)),
    )
    first, second = explanation(told).bars
    scale = 100 / card().strong
    assert float(first.start) == 0
    assert float(first.width) == pytest.approx(18 * scale, abs=0.01)
    assert float(second.start) == pytest.approx(15 * scale, abs=0.01)
    assert float(second.width) == pytest.approx(3 * scale, abs=0.01)
    assert (first.is_against, second.is_against) == (False, True)
    assert (first.weight, second.weight) == ("+18.0 bits", "−3.0 bits")
    assert explanation(told).total == "+15.0 bits"


def test_a_sum_below_nothing_still_fits_the_drawing(view) -> None:
    told = replace(view, weight=-4.0, pointers=(pointer(weight=-6.0), pointer(weight=2.0)))
    for bar in explanation(told).bars:
        assert 0 <= float(bar.start) <= 100
        assert float(bar.start) + float(bar.width) <= 100.01


@pytest.mark.parametrize(
    ("band", "pointers", "words"),
    [
        ("strong", [pointer()], ""),
        ("weak", [pointer()], ""),
        ("probable", [pointer(), pointer("birth_date", -4.0)], "speaks against"),
        ("probable", [pointer("document")], "no name agrees"),
        ("probable", [pointer("name"), pointer()], "pass to somebody else"),
        ("probable", [pointer("name"), pointer("birth_date")], "a rare identifier"),
    ],
)
def test_what_is_only_probable_says_what_holds_it_back(view, band, pointers, words) -> None:
    said = why_only_probable(replace(view, band=band, pointers=tuple(pointers)))
    assert (said == "") is (words == "")
    assert words in said


def test_no_sentence_holds_a_place_for_a_value() -> None:
    for said in SENTENCES.values():
        for text in said.values():
            assert not re.search(r"%[(a-z]", text)
