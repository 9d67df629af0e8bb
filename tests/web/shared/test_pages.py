"""The pages that everyone has: they open, in every language, with their headers."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import World
from tests.web.signed_in import browser_of

PUBLIC = ["landing", "account_login", "help", "account_signup", "account_inactive"]
PRIVATE = ["my_account", "notices", "mfa_index", "account_logout"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_open_to_anyone(name: str, world: World, client: Client) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert b"<main" in response.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PRIVATE)
def test_own_pages_open_in_every_language(name: str, language: str, world: World) -> None:
    browser = browser_of(world.amina)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = browser.get(reverse(name))

    assert response.status_code == 200, response.headers
    assert f'lang="{language}"' in response.content.decode()
