from __future__ import annotations

import pytest

from crosslight.coordination.errors import ProtectedRecord
from crosslight.coordination.models import JointRoom
from crosslight.coordination.services import entry, reading, rooms
from crosslight.core.entities.states import WithdrawalReason
from crosslight.core.vocabulary.coordination import DecisionKind, EntityRole
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
    WrongState,
)
from crosslight.investigations.services import EntityChange
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.coordination.factories import PHONE, Pair, decided
from tests.investigations.factories import person, said


@pytest.fixture
def pair(world) -> Pair:
    held = person(
        said("name", "Mamadou Diallo", source="canary-b-source"),
        said("phone", PHONE),
        said("notes", "canary-b-notes"),
    )
    return decided(world, DecisionKind.JOINT, b=held)


def the_room() -> JointRoom:
    """Also once another match of the pair was opened."""
    return JointRoom.objects.get()


def seen_by(actor, pair):
    return reading.consult_room(actor=actor, room_id=the_room().pk, purpose="joint_room")


def publish(pair, actor=None, entity=None, **rest):
    return rooms.publish_item(
        actor=actor or pair.world.ousman,
        room_id=the_room().pk,
        entity_id=(entity or pair.entity_b).pk,
        **rest,
    )


def test_a_room_begins_empty_with_both_units_in_it(pair):
    view = seen_by(pair.world.ndeye, pair)
    assert (view.units, view.lead_unit) == (("Unit A", "Unit B"), "Unit A")
    assert (view.items, view.messages, view.plan) == ((), (), "")


def test_only_what_is_published_is_seen_and_whose_it_is(pair):
    phone = pair.entity_b.statements.get(property="phone")
    publish(pair, statement_ids=[phone.pk])
    view = seen_by(pair.world.ndeye, pair)
    (item,) = view.items
    assert (item.unit, item.is_ours, item.handling_code) == ("Unit B", False, "H1")
    assert [statement.value for statement in item.snapshot.statements] == [PHONE]
    assert "canary" not in str(view)
    assert "Diallo" not in str(view)
    assert seen_by(pair.world.ousman, pair).items[0].is_ours


def test_what_is_taken_back_is_gone_for_both(pair):
    item = publish(pair)
    for other in (pair.world.ndeye, pair.world.fatou):
        with pytest.raises(NotAllowed):
            rooms.revoke_item(actor=other, item_id=item.pk)
    rooms.revoke_item(actor=pair.world.lamin, item_id=item.pk)
    (row,) = seen_by(pair.world.ndeye, pair).items
    assert row.snapshot is None
    assert row.revoked_at


def test_a_withdrawn_record_leaves_the_room(pair):
    publish(pair)
    entry.withdraw_entity(
        actor=pair.world.ousman,
        entity_id=pair.entity_b.pk,
        reason=WithdrawalReason.SOURCE_WITHDREW,
    )
    (row,) = seen_by(pair.world.ndeye, pair).items
    assert row.snapshot is None


def test_with_its_match_the_room_ends_for_both(pair):
    publish(pair)
    phone = pair.entity_a.statements.get(property="phone")
    mine = publish(pair, actor=pair.world.ndeye, entity=pair.entity_a, statement_ids=[phone.pk])
    rooms.plan_room(actor=pair.world.fatou, room_id=pair.room.pk, version=1, text="canary-plan")
    rooms.post_message(actor=pair.world.ndeye, room_id=pair.room.pk, text="canary-message")
    pair.entity_b.refresh_from_db()
    entry.change_entity(
        actor=pair.world.ousman,
        entity_id=pair.entity_b.pk,
        version=pair.entity_b.version,
        change=EntityChange(role=EntityRole.POSSIBLE_VICTIM),
    )
    for reader in (pair.world.ndeye, pair.world.ousman):
        view = seen_by(reader, pair)
        assert [item.snapshot for item in view.items] == [None, None]
        assert "canary" not in str(view)
        assert view.actions == frozenset()
    for act in (
        lambda: publish(pair, actor=pair.world.ndeye, entity=pair.entity_a),
        lambda: rooms.post_message(actor=pair.world.ndeye, room_id=the_room().pk, text="Hello"),
    ):
        with pytest.raises(WrongState):
            act()
    recalled, erased = (each.entry for each in read_entries(object_id=mine.pk)[-2:])
    assert (recalled.act, recalled.actor) == (Act.ROOM_REVOKED, pair.world.ousman.id)
    assert (erased.act, erased.actor) == (Act.ROOM_ITEM_ERASED, pair.world.ousman.id)


def test_nobody_publishes_what_is_not_theirs(pair):
    with pytest.raises(NotFoundOrHidden):
        publish(pair, actor=pair.world.ndeye)
    with pytest.raises(NotFoundOrHidden):
        publish(pair, actor=pair.world.officer_c)
    with pytest.raises(FieldErrors):
        publish(pair, statement_ids=["sta_0123456789abcdefghjkmnpqrs"])


def test_a_protected_record_stays_home(pair):
    victim = entry.enter_entity(
        actor=pair.world.ousman,
        investigation_id=pair.inv_b.pk,
        draft=person(said("name", "Someone"), role=EntityRole.POSSIBLE_VICTIM),
    )
    with pytest.raises(ProtectedRecord):
        publish(pair, entity=victim)


def test_both_heads_write_one_plan_and_a_stale_page_loses_nothing(pair):
    plan = {"room_id": pair.room.pk, "version": 1}
    rooms.plan_room(actor=pair.world.fatou, text="Quay first", **plan)
    with pytest.raises(StaleVersion) as refused:
        rooms.plan_room(actor=pair.world.lamin, text="Road first", **plan)
    assert refused.value.yours["plan"] == "Road first"
    assert refused.value.theirs == {"version": 2, "plan": "Quay first"}
    with pytest.raises(NotAllowed):
        rooms.plan_room(actor=pair.world.ndeye, room_id=pair.room.pk, version=2, text="Mine")


def test_messages_are_read_by_both_and_by_no_third(pair):
    rooms.post_message(actor=pair.world.ndeye, room_id=pair.room.pk, text="When do you move?")
    (message,) = seen_by(pair.world.lamin, pair).messages
    assert (message.unit, message.by, message.text) == (
        "Unit A",
        "Ndeye Example",
        "When do you move?",
    )
    for stranger in (pair.world.officer_c, pair.world.officer_a2):
        with pytest.raises(NotFoundOrHidden):
            seen_by(stranger, pair)
        with pytest.raises(NotFoundOrHidden):
            rooms.post_message(actor=stranger, room_id=pair.room.pk, text="Hello")
    with pytest.raises(FieldErrors):
        rooms.post_message(actor=pair.world.ndeye, room_id=pair.room.pk, text=" ")
