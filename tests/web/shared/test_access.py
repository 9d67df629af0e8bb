"""Default deny: no declared action, no page; no role, no page; and every refusal on record."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from crosslight.config.urls import urlpatterns as product
from crosslight.core.policy.rules import may_view_input, may_view_queue
from crosslight.foundation.errors import NotAllowed, NotFoundOrHidden, StaleVersion
from crosslight.ledger.selectors import entries_count, read_entries
from crosslight.web.shared import errors
from crosslight.web.shared.access import SIGNED_IN, ScreenRequest, screen
from tests.factories import World
from tests.web.signed_in import browser_of

HIDDEN = "inp_" + "0" * 26


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@screen(may_view_queue)
def queue(request: ScreenRequest) -> HttpResponse:
    return HttpResponse(f"queue of {request.actor.country}")


@screen(may_view_input)
def hidden_or_missing(request: ScreenRequest, input_id: str) -> HttpResponse:
    raise NotFoundOrHidden


@screen(SIGNED_IN)
def refused(request: ScreenRequest) -> HttpResponse:
    raise NotAllowed("You cannot do this. It belongs to another unit.")


@screen(SIGNED_IN, methods=("POST",))
def stale(request: ScreenRequest) -> HttpResponse:
    raise StaleVersion(yours={"facts": "mine <b>"}, theirs={"facts": "theirs"})


@screen(SIGNED_IN)
def broken(request: ScreenRequest) -> HttpResponse:
    raise ValueError("secret words that a person typed")


urlpatterns = [
    path("undeclared/", undeclared),
    path("queue/", queue),
    path("input/<str:input_id>/", hidden_or_missing),
    path("refused/", refused),
    path("stale/", stale),
    path("broken/", broken),
    *product,
]
handler404 = errors.page_not_found

pytestmark = pytest.mark.urls(__name__)


def test_a_view_without_declared_action_does_not_open(world: World) -> None:
    response = browser_of(world.luis).get("/undeclared/")

    assert response.status_code == 404
    assert b"secret" not in response.content


def test_who_is_signed_out_is_led_to_signing_in_and_back(world: World, client: Client) -> None:
    response = client.get("/queue/?view=new")

    assert response.status_code == 302
    assert response["Location"] == "/account/sign-in/?next=%2Fqueue%2F%3Fview%3Dnew"


def test_the_role_opens_the_screen(world: World) -> None:
    assert browser_of(world.luis).get("/queue/").content == b"queue of XN"


def test_a_contributor_never_reaches_a_screen_of_the_authority(world: World) -> None:
    before = entries_count()

    response = browser_of(world.amina).get("/queue/")

    assert response.status_code == 404
    (entry,) = read_entries(after=before - 1, limit=10)
    assert entry.entry.act == "act.refused"
    assert entry.entry.actor == world.amina.id
    assert "P-003" in str(entry.entry)


def test_an_expired_mandate_is_told_so(world: World) -> None:
    response = browser_of(world.expired).get("/contributor/")

    assert response.status_code in {403, 404}


def test_hidden_and_missing_are_the_same_bytes(world: World) -> None:
    browser = browser_of(world.ndeye)

    hidden = browser.get(f"/input/{HIDDEN}/")
    missing = browser.get("/input/inp_zzzzzzzzzzzzzzzzzzzzzzzzzz/")
    no_such_address = browser.get("/no/such/page/at/all/")

    assert hidden.status_code == missing.status_code == no_such_address.status_code == 404
    assert hidden.content == missing.content == no_such_address.content
    assert hidden.headers == missing.headers == no_such_address.headers


def test_a_role_that_lacks_the_screen_sees_those_bytes_too(world: World) -> None:
    browser = browser_of(world.amina)

    assert browser.get("/queue/").content == browser.get("/no/such/page/").content


def test_a_refusal_says_its_reason_and_is_on_record(world: World) -> None:
    before = entries_count()

    response = browser_of(world.ndeye).get("/refused/")

    assert response.status_code == 403
    assert "It belongs to another unit." in response.content.decode()
    assert entries_count() == before + 1


def test_a_stale_page_shows_both_versions(world: World) -> None:
    response = browser_of(world.amina).post("/stale/")

    text = response.content.decode()
    assert response.status_code == 409
    assert "mine &lt;b&gt;" in text
    assert "theirs" in text
    assert "E-409" in text


def test_an_unforeseen_failure_says_nothing_of_its_cause(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = browser_of(world.amina)
    browser.raise_request_exception = False

    response = browser.get("/broken/")

    assert response.status_code == 500
    assert "Nothing was sent." in response.content.decode()
    assert "secret words" not in response.content.decode() + capsys.readouterr().out


def test_other_methods_are_refused(world: World) -> None:
    response = browser_of(world.luis).post("/queue/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_what_runs_in_the_background_gets_a_status_and_no_page(client: Client, db: None) -> None:
    response = client.post("/refused/", headers={"X-Autosave": "1"})

    assert response.status_code == 401
    assert response.content == b""
