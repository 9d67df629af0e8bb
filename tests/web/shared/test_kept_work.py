"""Nothing that was typed is lost: not to a session that ended, not to a form that came too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from crosslight.accounts.models import User
from crosslight.config.urls import urlpatterns as product
from crosslight.foundation import clock
from crosslight.web.shared import errors
from crosslight.web.shared.access import SIGNED_IN, ScreenRequest, screen
from tests.factories import World
from tests.web.shared.test_signing_in import PASSWORD, user_with_password
from tests.web.signed_in import browser_of

STORY = "Eleven people sleep in\nthe store-room <b>\u202e"


@screen(SIGNED_IN, methods=("POST",))
def save(request: ScreenRequest) -> HttpResponse:
    return HttpResponse("saved " + request.POST["facts"])


urlpatterns = [path("save/", save), *product]
handler400 = errors.bad_request
handler404 = errors.page_not_found

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _no_memory_of_other_tries(db: None) -> None:
    cache.clear()


def sign_in(client: Client, user: User, address: str) -> HttpResponse:
    return client.post(address, {"login": user.email, "password": PASSWORD})


def expire_session(client: Client) -> None:
    client.session.flush()
    del client.cookies["sessionid"]


@pytest.fixture
def amina(world: World, client: Client) -> tuple[Client, User]:
    user = user_with_password(world.amina)
    sign_in(client, user, reverse("account_login"))
    client.get(reverse("my_account"))
    return client, user


def test_a_form_sent_after_the_session_ended_is_completed(amina: tuple[Client, User]) -> None:
    client, user = amina
    expire_session(client)

    to_sign_in = client.post("/save/", {"facts": STORY, "version": "3"})["Location"]
    assert "kept for 30 minutes" in client.get(to_sign_in).content.decode()
    next_address = reverse("kept_work")
    client.post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD, "next": next_address},
    )
    page = client.get(next_address)

    assert "the store-room &lt;b&gt;" in page.content.decode()
    fields = dict(page.context["work"].fields)
    assert page.context["work"].path == "/save/"
    answer = client.post(page.context["work"].path, fields)
    assert answer.content.decode() == f"saved {STORY}"
    assert client.get(next_address)["Location"] == reverse("home")


def test_another_person_does_not_see_what_was_kept(
    amina: tuple[Client, User], world: World
) -> None:
    client, _user = amina
    expire_session(client)
    client.post("/save/", {"facts": STORY})

    sign_in(client, user_with_password(world.banker), reverse("account_login"))

    assert client.get(reverse("kept_work"))["Location"] == reverse("home")


def test_after_half_an_hour_it_is_gone(amina: tuple[Client, User]) -> None:
    client, user = amina
    expire_session(client)
    client.post("/save/", {"facts": STORY})
    sign_in(client, user, reverse("account_login"))

    with clock.later(timedelta(minutes=31)):
        assert client.get(reverse("kept_work"))["Location"] == reverse("home")


def test_it_can_be_put_away_unsent(amina: tuple[Client, User]) -> None:
    client, user = amina
    expire_session(client)
    client.post("/save/", {"facts": STORY})
    sign_in(client, user, reverse("account_login"))

    client.post(reverse("kept_work"))

    assert client.get(reverse("kept_work"))["Location"] == reverse("home")


def test_a_browser_that_is_not_known_gets_its_text_back_at_once(client: Client, db: None) -> None:
    response = client.post("/save/", {"facts": STORY, "password": "not this"})

    text = response.content.decode()
    assert response.status_code == 403
    assert "A-101" in text
    assert "the store-room &lt;b&gt;" in text
    assert "not this" not in text


def test_a_missing_csrf_token_loses_nothing(world: World) -> None:
    browser = browser_of(world.amina, checks_csrf=True)

    response = browser.post("/save/", {"facts": STORY})

    text = response.content.decode()
    assert response.status_code == 403
    assert "A-102" in text
    assert "Eleven people sleep in" in text


def test_what_is_too_large_has_a_page_of_its_own(amina: tuple[Client, User]) -> None:
    client, _user = amina

    response = client.post("/save/", {"facts": "x" * (3 * 1024 * 1024)})

    assert response.status_code == 413
    assert "I-413" in response.content.decode()


def test_too_many_fields_have_it_too(amina: tuple[Client, User]) -> None:
    client, _user = amina

    response = client.post("/save/", {f"f{number}": "1" for number in range(600)})

    assert response.status_code == 413
