"""A match explains itself in the language of its reader."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from crosslight.investigations.models import Statement
from tests.coordination.factories import Pair, acknowledged, notified
from tests.factories import World
from tests.web.signed_in import browser_of
from tests.web.unit.test_records import correction

FRENCH = "fr-SN,fr;q=0.9,en;q=0.5"


@pytest.fixture
def ndeye(world: World) -> Client:
    return browser_of(world.ndeye)


def _match_page(browser: Client, pair: Pair, **headers: str) -> str:
    response = browser.get(f"/unit/matches/{pair.match.pk}/", headers=headers)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_a_match_explains_itself_in_french_and_in_english(world: World, ndeye: Client) -> None:
    pair = notified(world)
    english = _match_page(ndeye, pair)
    ndeye.post(reverse("language"), {"language": "fr", "next": "/"})
    french = _match_page(ndeye, pair)

    assert '<html lang="fr"' in french
    for said, in_french in (
        ("The same phone number, and few others have it.", "Le même numéro de téléphone, et peu"),
        ("The names are one name in the spellings", "Les noms sont un seul et même nom dans les"),
        ("A bit more means twice as likely the same.", "Un bit de plus"),
    ):
        assert said in english
        assert said not in french
        assert in_french in french


def test_a_browser_that_asks_for_french_is_answered_in_french(world: World, ndeye: Client) -> None:
    page = _match_page(ndeye, acknowledged(world), **{"accept-language": FRENCH})

    assert "Les deux unités ont accusé réception." in page
    assert "Pourquoi ce recoupement" in page
    assert "Non communiqué par l’unité Unit B" in page


def test_a_page_that_is_not_there_says_so_in_french(ndeye: Client) -> None:
    answer = ndeye.get(
        "/unit/matches/mat_01J0000000000000000000000A/", headers={"accept-language": FRENCH}
    )

    assert answer.status_code == 404
    assert "Il n’y a rien ici que vous puissiez ouvrir." in html.unescape(answer.content.decode())


def test_a_wrong_value_is_said_in_french(world: World, ndeye: Client) -> None:
    entity = notified(world).entity_a
    old = Statement.objects.get(entity=entity, property="phone")

    answer = ndeye.post(
        reverse("unit:statement_correct", args=[entity.pk, old.pk]),
        correction(entity, value="12"),
        headers={"accept-language": FRENCH},
    )

    assert answer.status_code == 422
    assert "Ce n’est pas un numéro de téléphone." in html.unescape(answer.content.decode())
