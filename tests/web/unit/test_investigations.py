"""K2 and K3: opening a case, its registration by the head, its records, its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from crosslight.coordination.models import Match
from crosslight.coordination.services import entry
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.foundation import clock
from crosslight.investigations.models import Investigation
from crosslight.ledger.acts import Act
from tests.coordination.factories import draft_a, draft_b
from tests.factories import World
from tests.investigations.factories import person, registered, said, started
from tests.review.factories import disseminated
from tests.web.signed_in import browser_of
from tests.web.unit.ledger import acts_on

CASE = {
    "title": "Vans on the coast road",
    "purpose": "Find who drives the crews",
    "crime_area": "labour_exploitation",
    "phase": "open",
    "legal_basis": "led_article_8",
}


@pytest.fixture
def ndeye(world: World) -> Client:
    return browser_of(world.ndeye)


def address(investigation: Investigation, act: str = "") -> str:
    return f"/unit/investigations/{investigation.pk}/{act}"


def review_in(days: int) -> dict[str, str]:
    day = clock.today() + timedelta(days=days)
    return {
        "review_on_day": str(day.day),
        "review_on_month": str(day.month),
        "review_on_year": str(day.year),
    }


def test_a_case_is_opened_as_a_draft(world: World, ndeye: Client) -> None:
    response = ndeye.post("/unit/investigations/new/", CASE, follow=True)

    opened = Investigation.objects.get()
    page = response.content.decode()
    assert opened.title == CASE["title"]
    assert opened.state == InvestigationState.DRAFT
    assert "not matched until the case is registered" in page
    assert "Ask Fatou Example to register it." in page


def test_what_is_missing_is_said_and_nothing_is_opened(ndeye: Client) -> None:
    response = ndeye.post("/unit/investigations/new/", CASE | {"title": "", "crime_area": "magic"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Give the case a title" in page
    assert CASE["purpose"] in page
    assert not Investigation.objects.exists()


def test_a_case_started_from_an_input_goes_on_to_its_first_record(
    world: World, ndeye: Client
) -> None:
    received = disseminated(world)

    form = ndeye.get(f"/unit/investigations/new/?input={received.pk}").content.decode()
    response = ndeye.post("/unit/investigations/new/", CASE | {"input": received.pk})

    assert received.title in form
    assert response.headers["Location"].endswith(f"/records/new/?input={received.pk}")


def test_an_input_of_another_unit_starts_nothing(world: World) -> None:
    received = disseminated(world)
    browser = browser_of(world.officer_c)

    hidden = browser.get(f"/unit/investigations/new/?input={received.pk}")
    missing = browser.get("/unit/investigations/new/?input=int_01J0000000000000000000000A")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_the_head_registers_it_with_a_day_of_review(world: World) -> None:
    draft = started(world.ndeye)
    fatou = browser_of(world.fatou)

    offered = fatou.get(address(draft)).content.decode()
    said_so = fatou.post(address(draft, "approve/"), review_in(90), follow=True).content.decode()

    draft.refresh_from_db()
    assert "Register this case?" in offered
    assert draft.purpose in offered
    assert "Task of a competent authority" in offered
    assert draft.state == InvestigationState.REGISTERED
    assert "Its records are matched from now on." in said_so


def test_a_review_in_the_past_registers_nothing(world: World) -> None:
    draft = started(world.ndeye)

    response = browser_of(world.fatou).post(address(draft, "approve/"), review_in(-1))

    draft.refresh_from_db()
    assert response.status_code == 422
    assert "Give a date after today." in response.content.decode()
    assert draft.state == InvestigationState.DRAFT


def test_an_officer_registers_and_closes_nothing(world: World, ndeye: Client) -> None:
    draft = started(world.ndeye)

    page = ndeye.get(address(draft)).content.decode()
    answers = [ndeye.post(address(draft, act), review_in(9)) for act in ("approve/", "close/")]

    draft.refresh_from_db()
    assert "Register this case?" not in page
    assert "Close the case" not in page
    assert {response.status_code for response in answers} <= {403, 404}
    assert draft.state == InvestigationState.DRAFT


def test_registering_twice_is_refused_with_a_page(world: World) -> None:
    case = registered(world.ndeye, world.fatou)

    response = browser_of(world.fatou).post(address(case, "approve/"), review_in(90))

    assert response.status_code == 409


def test_registering_says_nothing_of_matches(world: World) -> None:
    held = registered(world.ousman, world.lamin)
    entry.enter_entity(actor=world.ousman, investigation_id=held.pk, draft=draft_b())
    draft = started(world.ndeye)
    entry.enter_entity(actor=world.ndeye, investigation_id=draft.pk, draft=draft_a())

    page = browser_of(world.fatou).post(address(draft, "approve/"), review_in(90), follow=True)

    assert Match.objects.count() == 1
    text = page.content.decode()
    assert "Unit B" not in text
    assert Match.objects.get().pk not in text


def test_the_head_closes_it(world: World) -> None:
    case = registered(world.ndeye, world.fatou)

    page = browser_of(world.fatou).post(address(case, "close/"), follow=True).content.decode()

    case.refresh_from_db()
    assert case.state == InvestigationState.CLOSED
    assert "no longer matched" in page
    assert "Add record" not in page


def test_opening_a_case_and_its_list_is_in_the_ledger(world: World, ndeye: Client) -> None:
    case = started(world.ndeye)

    ndeye.get("/unit/investigations/")
    ndeye.get(address(case))

    acts = acts_on(case.pk)
    assert Act.INVESTIGATION_LISTED in acts
    assert Act.INVESTIGATION_CONSULTED in acts


def test_another_units_case_and_none_are_the_same_bytes(world: World, ndeye: Client) -> None:
    theirs = registered(world.ousman, world.lamin, title="canary-b-title")
    nowhere = "inv_01J0000000000000000000000A"

    for act in ("", "records/new/"):
        hidden = ndeye.get(address(theirs, act))
        missing = ndeye.get(f"/unit/investigations/{nowhere}/{act}")
        odd = ndeye.get(f"/unit/investigations/%27%3B--/{act}")
        assert hidden.status_code == missing.status_code == odd.status_code == 404
        assert hidden.content == missing.content == odd.content


def test_a_search_stays_in_the_own_unit_and_out_of_the_address(world: World, ndeye: Client) -> None:
    case = registered(world.ndeye, world.fatou)
    theirs = registered(world.ousman, world.lamin)
    for actor, held, name in (
        (world.ndeye, case, "Ada Seekable"),
        (world.ousman, theirs, "Bo Seekable"),
    ):
        draft = person(said("name", name))
        entry.enter_entity(actor=actor, investigation_id=held.pk, draft=draft)

    found = ndeye.post(address(case), {"text": "Seekable"}).content.decode()
    by_address = ndeye.get(address(case), {"text": "Seekable"}).content.decode()

    assert "Ada Seekable" in found
    assert "Bo Seekable" not in found
    assert "Found in your unit" in found
    assert "Found in your unit" not in by_address


def test_titles_are_shown_as_text(world: World, ndeye: Client) -> None:
    started(world.ndeye, title="<script>alert(1)</script>")

    page = ndeye.get("/unit/investigations/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
