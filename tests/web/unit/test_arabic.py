"""In Arabic a page runs from right to left, keeps the digits of references, and its forms work."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from crosslight.config.settings import LANGUAGES_OFFERED
from crosslight.foundation import clock
from crosslight.investigations.models import Statement
from crosslight.web.shared.listing import listed
from tests.coordination.factories import acknowledged, notified
from tests.factories import World
from tests.investigations.factories import started
from tests.web.signed_in import browser_of
from tests.web.unit.test_investigations import address, review_in
from tests.web.unit.test_records import correction

EASTERN_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")


@pytest.fixture
def ndeye(world: World) -> Client:
    browser = browser_of(world.ndeye)
    browser.post(reverse("language"), {"language": "ar", "next": "/"})
    return browser


def test_a_deployment_offers_arabic() -> None:
    assert "ar" in dict(LANGUAGES_OFFERED)


def test_a_match_explains_itself_in_arabic(world: World, ndeye: Client) -> None:
    pair = acknowledged(world)
    page = html.unescape(ndeye.get(f"/unit/matches/{pair.match.pk}/").content.decode())

    assert '<html lang="ar" dir="rtl">' in page
    assert "لماذا هذا تقاطع" in page
    assert "رقم الهاتف نفسه، وهو نادر لدى غيرهما." in page
    # The sign of a weight stands before its figure, which is set apart from the words around it.
    assert re.search("\u2066\\+[0-9]+,[0-9]\u2069 بِت", page)
    assert not EASTERN_DIGIT.search(page)


def test_a_day_of_review_is_taken_and_shown(world: World) -> None:
    draft = started(world.ndeye)
    fatou = browser_of(world.fatou)
    fatou.post(reverse("language"), {"language": "ar", "next": "/"})

    answer = fatou.post(address(draft, "approve/"), review_in(90), follow=True)

    draft.refresh_from_db()
    page = answer.content.decode()
    assert draft.review_on == clock.today() + timedelta(days=90)
    assert re.search(f">{draft.review_on.day} [\u0600-\u06ff]+ {draft.review_on.year}<", page)
    assert not EASTERN_DIGIT.search(page)


def test_a_correction_is_saved_and_a_wrong_one_is_said_in_arabic(
    world: World, ndeye: Client
) -> None:
    entity = notified(world).entity_a
    old = Statement.objects.get(entity=entity, property="phone")
    where = reverse("unit:statement_correct", args=[entity.pk, old.pk])

    wrong = ndeye.post(where, correction(entity, value="12"))
    right = ndeye.post(where, correction(entity))

    assert wrong.status_code == 422
    assert "هذا ليس رقم هاتف." in html.unescape(wrong.content.decode())
    assert right.status_code == 302
    assert Statement.objects.filter(entity=entity, value="+44 7700 900321").exists()


def test_a_row_of_words_has_the_comma_of_its_script() -> None:
    with translation.override("ar"):
        assert listed(["شاهد", "محلل"]) == "شاهد، محلل"
    with translation.override("fr"):
        assert listed(["témoin", "analyste"]) == "témoin, analyste"
