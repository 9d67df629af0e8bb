"""O5: the data-protection officer finds, asks, looks and confirms on pages of their own."""

from __future__ import annotations

import pytest

from crosslight.contributions.models import Contribution
from crosslight.foundation.sealing.destruction import sweep
from crosslight.oversight.erasure.models import Erasure
from tests.factories import World
from tests.review.factories import disseminated
from tests.web.signed_in import browser_of

BASE = "/oversight/erasures/"


def asked(browser, object_id: str, kind: str = "erase", ground: str = "led_16_2_unlawful") -> str:
    answer = browser.post(f"{BASE}ask/", {"object_id": object_id, "kind": kind, "ground": ground})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_find_ask_look_confirm(world: World) -> None:
    sent = disseminated(world)
    officer = browser_of(world.nuria)
    found = officer.post(f"{BASE}find/", {"identifier": "+44 7700 900123"}).content.decode()
    assert sent.contribution_id in found
    assert "900123" not in found, "what was typed is not shown again"
    assert (
        "Nothing of your country"
        in officer.post(f"{BASE}find/", {"identifier": "nobody@example.org"}).content.decode()
    )
    page_address = asked(officer, sent.contribution_id)
    page = officer.get(page_address).content.decode()
    assert "Harbour House" in page
    assert "Unit A" in page
    assert "Intelligence inputs" in page
    assert "workshop" not in page, "never the content"
    assert officer.post(f"{page_address}confirm/", {}).status_code == 422
    assert Contribution.objects.get(pk=sent.contribution_id).content
    done = officer.post(f"{page_address}confirm/", {"is_sure": "on"}, follow=True)
    assert "Done, and on record." in done.content.decode()
    sweep()
    assert Contribution.objects.get(pk=sent.contribution_id).content == {}
    again = officer.get(page_address).content.decode()
    assert "Erase it now" not in again
    assert officer.post(f"{page_address}confirm/", {"is_sure": "on"}).status_code == 409
    told = browser_of(world.ndeye).get("/notices/").content.decode()
    assert "Data that you could read were erased." in told
    seen = browser_of(world.amina).get(f"/reports/{sent.contribution_id}/")
    assert seen.status_code in {200, 404}


def test_set_aside_and_lift(world: World) -> None:
    sent = disseminated(world)
    officer = browser_of(world.nuria)
    page = asked(officer, sent.contribution_id, "restrict", "led_16_3_b_evidence")
    officer.post(f"{page}confirm/", {"is_sure": "on"})
    assert Contribution.objects.get(pk=sent.contribution_id).restricted_at
    assert "Lift the restriction" in officer.get(page).content.decode()
    lifted = officer.post(f"{page}lift/", follow=True).content.decode()
    assert "It is in use again." in lifted
    assert Contribution.objects.get(pk=sent.contribution_id).restricted_at is None


def test_what_was_asked_for_is_dropped(world: World) -> None:
    sent = disseminated(world)
    officer = browser_of(world.nuria)
    page = asked(officer, sent.contribution_id)
    assert "Not done." in officer.post(f"{page}drop/", follow=True).content.decode()
    assert Erasure.objects.get().state == "dropped"


@pytest.mark.parametrize(
    "sent", [{}, {"object_id": "con_x", "kind": "erase", "ground": "led_16_3_b_evidence"}]
)
def test_a_form_that_is_wrong_comes_back_with_its_faults(world: World, sent) -> None:
    answer = browser_of(world.nuria).post(f"{BASE}ask/", sent)
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()


@pytest.mark.parametrize("name", ["auditor", "luis", "fatou", "rco", "administrator"])
def test_nobody_else_finds_the_pages(world: World, name: str) -> None:
    stranger = browser_of(world.actors[name])
    for address in (BASE, f"{BASE}era_{'0' * 26}/"):
        assert stranger.get(address).status_code == 404
    for address in (f"{BASE}ask/", f"{BASE}find/", f"{BASE}era_{'0' * 26}/confirm/"):
        assert stranger.post(address, {"object_id": "con_x"}).status_code == 404
    assert "Erase or set aside" not in stranger.get("/").content.decode()
