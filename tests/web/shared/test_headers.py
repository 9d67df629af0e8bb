from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import World
from tests.web.signed_in import browser_of

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize("address", ["/", "/account/sign-in/", "/help/", "/nothing/", "/account/"])
def test_every_answer_carries_the_strict_policy(address: str, client: Client, world: World) -> None:
    response = client.get(address)

    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert policy >= POLICY
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("name", ["my_account", "notices", "mfa_index", "home", "landing"])
def test_no_answer_stays_in_a_cache(name: str, world: World) -> None:
    response = browser_of(world.amina).get(reverse(name))

    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["landing", "account_login", "my_account", "notices", "help"])
def test_no_page_holds_inline_style_script_or_handler(name: str, world: World) -> None:
    text = browser_of(world.luis).get(reverse(name), follow=True).content.decode()

    assert " style=" not in text
    assert "<style" not in text
    assert " on" not in {part[:3] for part in text.split("<") if "=" in part and " on" in part[:3]}
    assert "<script>" not in text
    assert "javascript:" not in text
