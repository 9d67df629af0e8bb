from __future__ import annotations

from datetime import timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.coordination.errors import (
    AlreadyAnswered,
    NothingToHandOver,
    ReceiverNotConfirmed,
    RecordChanged,
)
from crosslight.coordination.models import HandoverItem, OriginatorPermission
from crosslight.coordination.services import entry, handovers, reading
from crosslight.core.entities.states import WithdrawalReason
from crosslight.core.lifecycle.handover import ANSWER_WITHIN, HandoverState, ItemState
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import DecisionKind, RefusalCode
from crosslight.core.vocabulary.law import HandlingCode
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.coordination.factories import PHONE, Pair, decided
from tests.investigations.factories import person, registered, said


@pytest.fixture
def pair(world) -> Pair:
    """Unit B gives to unit A; the match's record holds an H2 statement, a second one none."""
    held = person(
        said("name", "Mamadou Diallo", source="canary-b-source"),
        said("phone", PHONE, handling_code=HandlingCode.H2),
    )
    made = decided(world, DecisionKind.HANDOVER, b=held)
    entry.enter_entity(
        actor=world.ousman,
        investigation_id=made.inv_b.pk,
        draft=person(said("name", "Second Record"), said("notes", "canary-second")),
    )
    return made


def second(pair):
    return pair.inv_b.entities.get(caption="Second Record")


def pick(pair, entity=None):
    return handovers.add_item(
        actor=pair.world.lamin,
        handover_id=pair.handover.pk,
        entity_id=(entity or second(pair)).pk,
    )


def permit(pair, **changes):
    said_so = {
        "originator": "Port police",
        "reference": "PP-12",
        "granted_on": clock.today(),
    } | changes
    return handovers.record_permission(
        actor=pair.world.lamin,
        handover_id=pair.handover.pk,
        entity_id=pair.entity_b.pk,
        **said_so,
    )


def offer(pair, typed="Unit A"):
    return handovers.offer_handover(
        actor=pair.world.lamin, handover_id=pair.handover.pk, receiver_typed=typed
    )


def seen_by(actor, pair):
    return reading.consult_handover(actor=actor, handover_id=pair.handover.pk, purpose="handover")


def test_the_giver_sees_what_can_go_and_what_blocks_the_rest(pair):
    rows = {row.caption: row for row in seen_by(pair.world.lamin, pair).candidates}
    assert rows["Mamadou Diallo"].blocked == "needs_permission"
    assert rows["Second Record"].blocked == ""
    permit(pair)
    rows = {row.caption: row for row in seen_by(pair.world.lamin, pair).candidates}
    assert rows["Mamadou Diallo"].blocked == ""


def test_a_permission_is_for_this_statement_and_this_receiver(pair):
    (permission,) = permit(pair)
    assert permission.statement.property == "phone"
    assert permission.receiver_id == pair.world.unit_a.pk
    assert permit(pair) == ()
    assert OriginatorPermission.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"originator": " "}, {"reference": ""}, {"granted_on": "tomorrow"}]
)
def test_a_permission_without_who_where_or_when_is_none(pair, changes):
    if "granted_on" in changes:
        changes = {"granted_on": clock.today() + timedelta(days=1)}
    with pytest.raises(FieldErrors):
        permit(pair, **changes)
    assert not OriginatorPermission.objects.exists()


def test_before_the_offer_the_receiver_sees_nothing(pair):
    pick(pair)
    for reader in (pair.world.fatou, pair.world.ndeye, pair.world.officer_c):
        with pytest.raises(NotFoundOrHidden):
            seen_by(reader, pair)
    assert reading.list_handovers(actor=pair.world.fatou) == []


def test_the_receivers_name_is_typed_once_more(pair):
    pick(pair)
    for typed in ("", "Unit B", "Unit", "Unit A2"):
        with pytest.raises(ReceiverNotConfirmed):
            offer(pair, typed)
    assert offer(pair, " unit   A ").state == HandoverState.OFFERED
    handover = pair.handover
    assert handover.answer_by - handover.offered_at == ANSWER_WITHIN
    told = Notice.objects.filter(kind=NoticeKind.HANDOVER_WAITING, object_id=handover.pk)
    assert pair.world.fatou.id in told.values_list("user_id", flat=True)


def test_an_empty_package_does_not_go(pair):
    with pytest.raises(NothingToHandOver):
        offer(pair)


def test_what_changed_after_it_was_picked_must_be_seen_again(pair):
    item = pick(pair)
    entry.add_statements(
        actor=pair.world.ousman,
        entity_id=item.entity_id,
        version=1,
        statements=[said("alias", "New alias")],
    )
    with pytest.raises(RecordChanged):
        offer(pair)
    handovers.remove_item(actor=pair.world.lamin, item_id=item.pk)
    pick(pair)
    assert offer(pair).state == HandoverState.OFFERED


def test_the_receiver_sees_exactly_the_snapshot_and_not_the_source(pair):
    permit(pair)
    pick(pair, pair.entity_b)
    offer(pair)
    giver, receiver = seen_by(pair.world.lamin, pair), seen_by(pair.world.ndeye, pair)
    assert giver.items[0].snapshot == receiver.items[0].snapshot
    assert receiver.items[0].entity_id is None
    assert receiver.candidates == ()
    assert "canary-b-source" not in str(receiver)
    (name, phone) = receiver.items[0].snapshot.statements
    assert name.source == f"Unit B, {pair.inv_b.reference}"
    assert phone.handling_code == "H2"


def test_items_are_answered_one_by_one_and_then_there_is_a_receipt(pair):
    permit(pair)
    first, other = pick(pair, pair.entity_b), pick(pair)
    offer(pair)
    copy = handovers.accept_item(actor=pair.world.fatou, item_id=first.pk)
    assert pair.handover.state == HandoverState.OFFERED
    with pytest.raises(AlreadyAnswered):
        handovers.withdraw_handover(actor=pair.world.lamin, handover_id=pair.handover.pk)
    refused = handovers.refuse_item(
        actor=pair.world.fatou, item_id=other.pk, code=RefusalCode.DISPROPORTIONATE, note="No use"
    )
    assert (refused.state, refused.snapshot) == (ItemState.REFUSED, {})
    assert len(refused.snapshot_sha256) == 64
    handover = pair.handover
    assert (handover.state, handover.receipt) == (HandoverState.COMPLETED, "CD-0001-R")
    assert (copy.unit_id, copy.investigation_id) == (pair.world.unit_a.pk, pair.inv_a.pk)
    assert copy.origin_handover == handover.pk
    view = seen_by(pair.world.fatou, pair)
    assert [item.refusal_code for item in view.items] == ["", "DISPROPORTIONATE"]
    assert "canary-second" not in str(view)
    told = Notice.objects.filter(kind=NoticeKind.HANDOVER_ANSWERED)
    assert list(told.values_list("user_id", flat=True)) == [pair.world.lamin.id]


def test_the_receiver_may_choose_another_case_of_its_own(pair):
    item = pick(pair)
    offer(pair)
    elsewhere = registered(pair.world.ndeye, pair.world.fatou)
    with pytest.raises(NotFoundOrHidden):
        handovers.accept_item(
            actor=pair.world.fatou, item_id=item.pk, investigation_id=pair.inv_b.pk
        )
    copy = handovers.accept_item(
        actor=pair.world.fatou, item_id=item.pk, investigation_id=elsewhere.pk
    )
    assert copy.investigation_id == elsewhere.pk


def test_an_item_is_answered_once(pair):
    first, _ = pick(pair), permit(pair)
    pick(pair, pair.entity_b)
    offer(pair)
    handovers.accept_item(actor=pair.world.fatou, item_id=first.pk)
    with pytest.raises(WrongState):
        handovers.refuse_item(actor=pair.world.fatou, item_id=first.pk, code=RefusalCode.NOT_HELD)


def test_a_refused_item_is_not_accepted_afterwards(pair):
    permit(pair)
    refused = pick(pair)
    pick(pair, pair.entity_b)
    offer(pair)
    handovers.refuse_item(actor=pair.world.fatou, item_id=refused.pk, code=RefusalCode.NOT_HELD)
    with pytest.raises(WrongState):
        handovers.accept_item(actor=pair.world.fatou, item_id=refused.pk)


def test_who_may_do_what_in_a_handover(pair):
    item = pick(pair)
    with pytest.raises(NotAllowed):
        handovers.add_item(
            actor=pair.world.ousman, handover_id=pair.handover.pk, entity_id=pair.entity_b.pk
        )
    offer(pair)
    for giver in (pair.world.lamin, pair.world.ousman):
        with pytest.raises(NotAllowed):
            handovers.accept_item(actor=giver, item_id=item.pk)
    with pytest.raises(NotAllowed):
        handovers.accept_item(actor=pair.world.ndeye, item_id=item.pk)
    with pytest.raises(NotFoundOrHidden):
        handovers.accept_item(actor=pair.world.head_c, item_id=item.pk)
    with pytest.raises(WrongState):
        pick(pair, pair.entity_b)


@pytest.mark.parametrize("wrong", ["", "hai_1", "\x00", "hai_0123456789abcdefghjkmnpqrs"])
def test_nonsense_ids_are_absent(pair, wrong):
    with pytest.raises(NotFoundOrHidden):
        handovers.refuse_item(actor=pair.world.fatou, item_id=wrong, code=RefusalCode.NOT_HELD)
    with pytest.raises(NotFoundOrHidden):
        handovers.add_item(actor=pair.world.lamin, handover_id=pair.handover.pk, entity_id=wrong)


def test_only_records_of_the_matched_case_can_be_picked(pair):
    elsewhere = registered(pair.world.ousman, pair.world.lamin)
    other = entry.enter_entity(
        actor=pair.world.ousman,
        investigation_id=elsewhere.pk,
        draft=person(said("name", "Third Record")),
    )
    for entity in (other, pair.entity_a):
        with pytest.raises(NotFoundOrHidden):
            pick(pair, entity)


def test_what_is_taken_back_is_gone_for_the_receiver(pair):
    pick(pair)
    offer(pair)
    handovers.withdraw_handover(actor=pair.world.lamin, handover_id=pair.handover.pk)
    view = seen_by(pair.world.fatou, pair)
    assert view.state == HandoverState.WITHDRAWN
    assert [item.snapshot for item in view.items] == [None]
    with pytest.raises(WrongState):
        handovers.accept_item(actor=pair.world.fatou, item_id=view.items[0].id)


def test_of_what_was_never_offered_the_receiver_learns_nothing(pair):
    pick(pair)
    handovers.withdraw_handover(actor=pair.world.lamin, handover_id=pair.handover.pk)
    assert seen_by(pair.world.fatou, pair).items == ()
    assert len(seen_by(pair.world.lamin, pair).items) == 1


def test_withdrawing_the_matched_record_takes_back_the_offer_too(pair):
    permit(pair)
    pick(pair, pair.entity_b)
    offer(pair)
    entry.withdraw_entity(
        actor=pair.world.lamin,
        entity_id=pair.entity_b.pk,
        reason=WithdrawalReason.NO_LEGAL_BASIS,
    )
    assert pair.match.state == MatchState.ANNULLED
    assert pair.handover.state == HandoverState.WITHDRAWN
    assert HandoverItem.objects.get().snapshot == {}


def test_a_record_withdrawn_while_the_rest_is_answered_does_not_hold_up_the_receipt(pair):
    permit(pair)
    first = pick(pair, pair.entity_b)
    pick(pair)
    offer(pair)
    handovers.accept_item(actor=pair.world.fatou, item_id=first.pk)
    entry.withdraw_entity(
        actor=pair.world.ousman,
        entity_id=second(pair).pk,
        reason=WithdrawalReason.SOURCE_WITHDREW,
    )
    assert pair.handover.state == HandoverState.COMPLETED
    view = seen_by(pair.world.fatou, pair)
    assert [(item.state, item.refusal_code) for item in view.items] == [
        ("accepted", ""),
        ("refused", "NOT_HELD"),
    ]
    assert "canary-second" not in str(view)
    recalled = read_entries(act=Act.HANDOVER_ITEM_REFUSED)[-1].entry
    assert (recalled.actor, recalled.reference) == (pair.world.ousman.id, "NOT_HELD")
