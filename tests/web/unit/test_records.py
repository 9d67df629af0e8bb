"""One record: read, corrected, changed, withdrawn; and two people at the same one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import Audience
from crosslight.investigations.models import Entity, Statement
from crosslight.ledger.acts import Act
from tests.coordination.factories import Pair, notified
from tests.factories import World
from tests.web.signed_in import browser_of
from tests.web.unit.ledger import acts_on

PARTICULARS = {
    "source": "Interview note 9",
    "source_grade": "A",
    "information_grade": "1",
    "handling_code": "H1",
    "nature": "fact",
    "observed_on": "",
}


@pytest.fixture
def ndeye(world: World) -> Client:
    return browser_of(world.ndeye)


@pytest.fixture
def pair(world: World) -> Pair:
    return notified(world)


def address(entity: Entity, act: str = "") -> str:
    return f"/unit/investigations/records/{entity.pk}/{act}"


def phone_of(entity: Entity) -> Statement:
    return Statement.objects.get(entity=entity, property="phone", is_current=True)


def correction(entity: Entity, **changes: Any) -> dict[str, Any]:
    return {**PARTICULARS, "value": "+44 7700 900321", "version": entity.version, **changes}


def test_a_record_shows_each_value_with_where_it_comes_from(pair: Pair, ndeye: Client) -> None:
    page = ndeye.get(address(pair.entity_a)).content.decode()

    assert "+44 7700 900123" in page
    assert "canary-a-source" in page
    assert "H3: other limits, ask first" in page
    assert "X: reliability cannot be assessed" in page
    assert "Mamadou Diallo" not in page
    assert Act.ENTITY_CONSULTED in acts_on(pair.entity_a.pk)


def test_a_correction_keeps_what_was_there(pair: Pair, ndeye: Client) -> None:
    old = phone_of(pair.entity_a)
    where = address(pair.entity_a, f"statements/{old.pk}/correct/")

    form = ndeye.get(where).content.decode()
    page = ndeye.post(where, correction(pair.entity_a), follow=True).content.decode()

    assert "+44 7700 900123" in form
    assert "Correct: Phone number" in form
    assert phone_of(pair.entity_a).value == "+44 7700 900321"
    assert "1 corrected value" in page


def test_a_wrong_value_is_said_and_kept_in_its_box(pair: Pair, ndeye: Client) -> None:
    old = phone_of(pair.entity_a)
    where = address(pair.entity_a, f"statements/{old.pk}/correct/")

    response = ndeye.post(where, correction(pair.entity_a, value="12"))

    assert response.status_code == 422
    assert "This is not a phone number." in response.content.decode()
    assert phone_of(pair.entity_a).pk == old.pk


def test_a_day_that_may_be_a_month_is_not_guessed(pair: Pair, ndeye: Client) -> None:
    born = Statement.objects.get(entity=pair.entity_a, property="birthDate")
    corrected = address(pair.entity_a, f"statements/{born.pk}/correct/")
    added = address(pair.entity_a, "statements/")
    data = correction(pair.entity_a, property="birthDate", value="03/04/1987")

    for where in (corrected, added):
        response = ndeye.post(where, data)
        assert response.status_code == 422
        assert "Write the year first: 1987-04-03 or 1987-03-04." in response.content.decode()


def test_who_comes_second_sees_both_versions_and_changes_nothing(
    world: World, pair: Pair, ndeye: Client
) -> None:
    old = phone_of(pair.entity_a)
    where = address(pair.entity_a, f"statements/{old.pk}/correct/")
    colleague = browser_of(world.colleague)
    colleague.post(address(pair.entity_a, "statements/"), _added(pair.entity_a))

    late = ndeye.post(where, correction(pair.entity_a))

    assert late.status_code == 409
    assert "+44 7700 900321" in late.content.decode()
    assert phone_of(pair.entity_a).pk == old.pk


def _added(entity: Entity) -> dict[str, Any]:
    return correction(entity, property="email", value="mamadou@example.org")


def test_a_value_is_added(pair: Pair, ndeye: Client) -> None:
    page = ndeye.post(address(pair.entity_a, "statements/"), _added(pair.entity_a), follow=True)

    assert "mamadou@example.org" in page.content.decode()
    added = Statement.objects.get(entity=pair.entity_a, property="email")
    assert (added.source, added.source_grade) == ("Interview note 9", "A")


def test_role_and_audience_are_changed(pair: Pair, ndeye: Client) -> None:
    data = {
        "role": "financier",
        "subject_category": "suspect",
        "audience": "only_us",
        "visibility": "open",
        "version": pair.entity_a.version,
    }

    form = ndeye.get(address(pair.entity_a, "change/")).content.decode()
    ndeye.post(address(pair.entity_a, "change/"), data)

    pair.entity_a.refresh_from_db()
    assert "Role and audience" in form
    assert (pair.entity_a.role, pair.entity_a.audience) == ("financier", Audience.ONLY_US)


def test_withdrawing_needs_a_reason_and_annuls_the_match(pair: Pair, ndeye: Client) -> None:
    without = ndeye.post(address(pair.entity_a, "withdraw/"), {"reason": ""})
    page = ndeye.post(address(pair.entity_a, "withdraw/"), {"reason": "entry_error"}, follow=True)

    pair.entity_a.refresh_from_db()
    assert without.status_code == 422
    assert pair.entity_a.state == EntityState.WITHDRAWN
    assert pair.match.state == MatchState.ANNULLED
    text = page.content.decode()
    assert "Withdrawn" in text
    assert "Correct<" not in text


@pytest.mark.parametrize("act", ["", "change/", "statements/"])
def test_another_units_record_and_none_are_the_same_bytes(
    pair: Pair, ndeye: Client, act: str
) -> None:
    hidden = ndeye.get(address(pair.entity_b, act))
    missing = ndeye.get(f"/unit/investigations/records/ent_01J0000000000000000000000A/{act}")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_another_units_statement_is_not_reached_through_an_own_record(
    pair: Pair, ndeye: Client
) -> None:
    theirs = phone_of(pair.entity_b)
    where = address(pair.entity_a, f"statements/{theirs.pk}/correct/")

    assert ndeye.get(where).status_code == 404
    assert ndeye.post(where, correction(pair.entity_a)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_current


def test_what_is_no_statement_is_not_there(pair: Pair, ndeye: Client) -> None:
    for nonsense in ("%00", "sta_%00", "x" * 1000):
        response = ndeye.get(address(pair.entity_a, f"statements/{nonsense}/correct/"))
        assert response.status_code == 404
