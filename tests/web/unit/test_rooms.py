"""K10: each unit shows what it chooses and takes it back; one plan, one thread, both the same."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import RoomItem, RoomMessage
from crosslight.coordination.services import entry
from crosslight.coordination.services import rooms as services
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.investigations.models import Statement
from tests.coordination.factories import VICTIM, Pair, decided, draft_a
from tests.factories import World
from tests.web.unit.asking import body, get, page, post

HIDDEN = "roo_" + "0" * 26


@pytest.fixture
def pair(world: World) -> Pair:
    return decided(world, DecisionKind.JOINT)


def statement(pair: Pair, name: str) -> Statement:
    return Statement.objects.get(entity=pair.entity_a, property=name)


def shown(world: World, pair: Pair) -> RoomItem:
    return services.publish_item(
        actor=world.ndeye,
        room_id=pair.room.pk,
        entity_id=pair.entity_a.pk,
        statement_ids=[statement(pair, "birthPlace").pk],
    )


def test_only_the_chosen_statements_are_shown_to_both(world: World, pair: Pair) -> None:
    room, record = pair.room.pk, pair.entity_a.pk
    chosen = [statement(pair, "name").pk, statement(pair, "birthPlace").pk]

    assert record in page(world.ndeye, "room", room)
    assert post(world.ndeye, "room_publish", room, record, statements=chosen).status_code == 302

    for reader in (world.ousman, world.lamin, world.fatou):
        seen = page(reader, "room", room)
        assert "Seta A" in seen
        assert "canary-a" not in seen
    assert "Yours (Unit A)" in page(world.ndeye, "room", room)
    assert "Of Unit A" in page(world.ousman, "room", room)


def test_what_needs_a_permission_is_not_offered(world: World, pair: Pair) -> None:
    limited = statement(pair, "idNumber")

    form = page(world.ndeye, "room_publish", pair.room.pk, pair.entity_a.pk)
    forced = post(
        world.ndeye, "room_publish", pair.room.pk, pair.entity_a.pk, statements=[limited.pk]
    )
    nothing = post(world.ndeye, "room_publish", pair.room.pk, pair.entity_a.pk)

    assert "Stays with you: permission of the originator is missing." in form
    assert limited.pk not in form
    assert forced.status_code == nothing.status_code == 422
    assert not RoomItem.objects.exists()


def test_protected_records_are_not_offered(world: World, pair: Pair) -> None:
    child = entry.enter_entity(
        actor=world.ndeye, investigation_id=pair.inv_a.pk, draft=draft_a(**VICTIM)
    )

    assert child.pk not in page(world.ndeye, "room", pair.room.pk)


def test_only_its_owner_takes_a_record_back(world: World, pair: Pair) -> None:
    item = shown(world, pair)

    refused = post(world.ousman, "room_revoke", pair.room.pk, item.pk)
    assert refused.status_code == 403
    assert "Seta A" in page(world.ousman, "room", pair.room.pk)
    post(world.ndeye, "room_revoke", pair.room.pk, item.pk)

    after = page(world.ousman, "room", pair.room.pk)
    assert "Seta A" not in after
    assert "Unit A took a record back." in after


def test_the_plan_is_written_by_heads_and_a_stale_page_shows_both(world: World, pair: Pair) -> None:
    room = pair.room
    first = {"plan": "Monday: quay", "version": room.version}

    assert post(world.fatou, "room_plan", room.pk, **first).status_code == 302
    late = post(world.lamin, "room_plan", room.pk, plan="Monday: road", version=room.version)
    by_officer = post(world.ousman, "room_plan", room.pk, **first)

    assert late.status_code == 409
    assert "Monday: road" in body(late)
    assert "Monday: quay" in body(late)
    assert by_officer.status_code == 404
    assert "Monday: quay" in page(world.ousman, "room", room.pk)
    assert post(world.fatou, "room_plan", room.pk, plan=" ", version=2).status_code == 422
    assert post(world.fatou, "room_plan", room.pk, plan="p", version="x").status_code == 422


def test_messages_are_read_by_both_and_marks_of_direction_are_shown(
    world: World, pair: Pair
) -> None:
    post(world.ousman, "room_message", pair.room.pk, text="Van <b>seen</b> \u202etxet")

    seen = page(world.ndeye, "room", pair.room.pk)

    assert "Van &lt;b&gt;seen&lt;/b&gt;" in seen
    assert "‹RLO›" in seen
    assert "Ousman Example" in seen
    assert post(world.ousman, "room_message", pair.room.pk, text="").status_code == 422
    assert post(world.ousman, "room_message", pair.room.pk, text="a\x00b").status_code == 422
    assert RoomMessage.objects.count() == 1


def test_a_room_of_others_is_as_absent_as_none(world: World, pair: Pair) -> None:
    item = shown(world, pair)

    for stranger in (world.officer_c, world.head_a2, world.amina, world.luis, world.ncp_a):
        hidden, absent = get(stranger, "room", pair.room.pk), get(stranger, "room", HIDDEN)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    assert "No joint room yet." in page(world.head_c, "rooms")
    assert post(world.head_c, "room_revoke", pair.room.pk, item.pk).status_code == 404
    assert post(world.head_c, "room_message", pair.room.pk, text="x").status_code == 404
    assert post(world.head_c, "room_plan", pair.room.pk, plan="x", version=1).status_code == 404


def test_another_units_record_cannot_be_shown(world: World, pair: Pair) -> None:
    theirs = get(world.ndeye, "room_publish", pair.room.pk, pair.entity_b.pk)

    assert theirs.status_code == 404
    assert "canary-b" not in body(theirs)
