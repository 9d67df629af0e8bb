"""K1: what waits, for whom; and that nobody but a unit comes here."""

from __future__ import annotations

import pytest

from tests.coordination.factories import acknowledged, confirmed, notified
from tests.factories import World
from tests.investigations.factories import started
from tests.review.factories import disseminated
from tests.web.signed_in import browser_of


def test_home_leads_to_the_match_that_waits(world: World) -> None:
    pair = notified(world)

    page = browser_of(world.ndeye).get("/unit/").content.decode()

    assert "Answer the next match" in page
    assert f"/unit/matches/{pair.match.pk}/" in page
    assert "The same phone number, and few others have it." in page
    assert "due in 71 hours" in page


def test_an_empty_home_says_what_will_appear(world: World) -> None:
    page = browser_of(world.ndeye).get("/unit/").content.decode()

    assert "No open matches." in page
    assert "Answer the next match" not in page
    assert "Nobody owes you an answer." in page


def test_who_has_acknowledged_waits_for_the_other_unit(world: World) -> None:
    pair = notified(world)
    browser = browser_of(world.ndeye)
    browser.post(f"/unit/matches/{pair.match.pk}/acknowledge/")

    page = browser.get("/unit/").content.decode()

    assert "No open matches." in page
    assert f"{pair.match.reference}</bdi></span> <bdi" in page


def test_home_shows_open_cases_and_inputs_of_the_own_unit(world: World) -> None:
    started(world.ndeye, title="Vans on the coast road")
    started(world.ousman, title="canary-b-title")
    received = disseminated(world)

    page = browser_of(world.ndeye).get("/unit/").content.decode()

    assert "Vans on the coast road" in page
    assert "canary-b-title" not in page
    assert received.reference in page
    assert "New</span>" in page


def test_an_input_is_new_until_someone_of_the_unit_opens_it(world: World) -> None:
    received = disseminated(world)
    browser_of(world.fatou).get(f"/unit/inputs/{received.pk}/")

    page = browser_of(world.ndeye).get("/unit/").content.decode()

    assert received.reference in page
    assert "New</span>" not in page


@pytest.mark.parametrize("name", ["amina", "luis", "nuria", "rco", "vpo_a", "administrator"])
@pytest.mark.parametrize("address", ["", "matches/", "investigations/", "investigations/new/"])
def test_who_is_in_no_unit_finds_nothing_here(world: World, name: str, address: str) -> None:
    browser = browser_of(world.actors[name])
    nowhere = browser.get("/nowhere/")

    response = browser.get(f"/unit/{address}")

    assert response.status_code == 404
    assert response.content == nowhere.content


def test_without_the_second_factor_nothing_opens(world: World) -> None:
    pair = acknowledged(world)

    response = browser_of(world.ndeye, has_factor=False).get(f"/unit/matches/{pair.match.pk}/")

    assert response.status_code in {302, 403}
    assert b"Setb B" not in response.content


def test_an_officer_is_not_sent_to_do_what_only_the_head_may(world: World) -> None:
    confirmed(world)

    officer = browser_of(world.ndeye).get("/unit/").content.decode()
    head = browser_of(world.fatou).get("/unit/").content.decode()

    assert "Your unit head decides" in officer
    assert "Decide together" not in officer
    assert "Decide together" in head
