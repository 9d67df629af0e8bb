from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from crosslight.accounts.models import User
from tests.factories import World
from tests.web.signed_in import browser_of


def test_arabic_turns_the_page_around(client: Client, db: None) -> None:
    response = client.post(reverse("language"), {"language": "ar", "next": "/help/"})

    assert response["Location"] == "/help/"
    text = client.get("/help/").content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert "bootstrap.rtl.min.css" in text


def test_the_choice_is_kept_on_the_account(world: World) -> None:
    browser_of(world.amina).post(reverse("language"), {"language": "fr", "next": "/"})

    assert User.objects.get(pk=world.amina.id).language == "fr"


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/%2Fevil.example"])
def test_switching_never_leads_to_another_site(address: str, client: Client, db: None) -> None:
    response = client.post(reverse("language"), {"language": "es", "next": address})

    assert response["Location"] == "/"


def test_a_language_that_is_not_offered_is_refused_in_words(client: Client, db: None) -> None:
    response = client.post(reverse("language"), {"language": "xx"})

    assert response.status_code == 400
    assert "I-041" in response.content.decode()


def test_spanish_is_offered_at_the_foot_and_spoken_when_the_browser_asks(
    client: Client, db: None
) -> None:
    page = client.get("/help/", headers={"accept-language": "es-ES,es;q=0.9"}).content.decode()

    assert '<html lang="es" dir="ltr">' in page
    assert re.search(r'lang="es"[^>]*aria-current="true">Español<', page)
    assert "Quién lo ve" in page
