"""K15 and O6: a unit asks about a common value, the regional office answers, both on pages."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import CommonValue, KeyPopulation, ValueAppeal
from crosslight.coordination.services import entry
from crosslight.core.matching import COMMON_VALUE_HOLDERS
from crosslight.investigations.models import Entity
from tests.coordination.factories import investigations
from tests.factories import World
from tests.investigations.factories import person, said
from tests.web.signed_in import browser_of

TOLD = "+447700900999</bdi> is held by many records, so it makes no matches."
REASON = "One driver has the number now"


@pytest.fixture
def entity(world: World) -> Entity:
    """Unit A's record with a phone that unit B's records have made common."""
    inv_a, inv_b = investigations(world)
    phone = said("phone", "+44 7700 900999")
    for number in range(COMMON_VALUE_HOLDERS):
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=inv_b.pk,
            draft=person(said("name", f"Guesto{number}"), phone),
        )
    return entry.enter_entity(
        actor=world.ndeye,
        investigation_id=inv_a.pk,
        draft=person(said("name", "Binta Sow"), phone),
    )


def record(entity: Entity, act: str = "") -> str:
    return f"/unit/investigations/records/{entity.pk}/{act}"


def asking(entity: Entity) -> str:
    return record(entity, f"values/{CommonValue.objects.get().pk}/")


def test_the_record_says_which_value_makes_no_matches_and_no_number(world, entity) -> None:
    page = browser_of(world.ndeye).get(record(entity)).content.decode()
    assert TOLD in page
    assert str(COMMON_VALUE_HOLDERS + 1) not in page.split(TOLD)[1][:200]
    assert "Ask to look again" not in page


def test_a_head_asks_and_the_office_answers(world: World, entity: Entity) -> None:
    head, office = browser_of(world.fatou), browser_of(world.rco)
    assert "Ask to look again" in head.get(record(entity)).content.decode()
    assert head.post(asking(entity), {"reason": ""}).status_code == 422
    sent = head.post(asking(entity), {"reason": REASON}, follow=True).content.decode()
    assert "Sent to the regional office." in sent
    assert "The regional office is looking at it." in sent
    listed = office.get("/oversight/matching/").content.decode()
    assert REASON in listed
    assert f"{COMMON_VALUE_HOLDERS + 1} records" in listed
    appeal = ValueAppeal.objects.get()
    page = f"/oversight/matching/appeals/{appeal.pk}/"
    assert REASON in office.get(page).content.decode()
    assert office.post(page, {"answer": "lifted", "reason": ""}).status_code == 422
    answered = office.post(page, {"answer": "lifted", "reason": "Shown"}, follow=True)
    assert "Your answer is recorded." in answered.content.decode()
    assert TOLD not in head.get(record(entity)).content.decode()
    assert office.get(page).status_code == 409


def test_oversight_reads_the_list_and_answers_nothing(world: World, entity: Entity) -> None:
    browser_of(world.fatou).post(asking(entity), {"reason": REASON})
    auditor = browser_of(world.auditor)
    page = auditor.get("/oversight/matching/").content.decode()
    assert "+447700900999" in page
    assert "/appeals/" not in page
    appeal = ValueAppeal.objects.get()
    assert auditor.get(f"/oversight/matching/appeals/{appeal.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["ndeye", "lamin", "rco", "amina"])
def test_nobody_else_finds_the_question(world: World, entity: Entity, name: str) -> None:
    browser = browser_of(world.actors[name])
    assert browser.get(asking(entity)).status_code == 404
    assert browser.post(asking(entity), {"reason": REASON}).status_code == 404


def test_an_index_of_another_release_is_said_on_the_page(world: World, entity: Entity) -> None:
    browser = browser_of(world.rco)
    assert "crosslight match rebuild" not in browser.get("/oversight/matching/").content.decode()
    KeyPopulation.objects.update(release="")
    assert "crosslight match rebuild" in browser.get("/oversight/matching/").content.decode()
