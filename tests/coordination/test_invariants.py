"""The invariants of procedures A.3 by their names: I1 to I5 and I7; the others lie beside."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.coordination.errors import PermissionMissing
from crosslight.coordination.models import Decision, Match, MatchKey, Proposal, ReleasedValue
from crosslight.coordination.services import (
    clocks,
    decisions,
    entry,
    handovers,
    procedure,
    reading,
    rooms,
)
from crosslight.core.entities.states import WithdrawalReason
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import (
    Audience,
    DecisionKind,
    OutcomeCode,
    Verdict,
)
from crosslight.core.vocabulary.law import HandlingCode
from crosslight.core.vocabulary.people import UNIT_ROLES, ActorKind
from crosslight.foundation import clock
from crosslight.foundation.errors import NotAllowed, NotFoundOrHidden, WrongState
from crosslight.investigations.services import EntityChange
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.coordination.factories import (
    PHONE,
    acknowledged,
    answered,
    confirmed,
    decided,
    draft_b,
    in_protection,
    in_state,
    notified,
    proposed,
    terms,
)
from tests.factories import user_of
from tests.investigations.factories import person, registered, said


def consulted(reader, pair):
    return reading.consult_match(actor=reader, match_id=pair.match.pk, purpose="coordination")


# --- I1 --------------------------------------------------------------------------------------


def test_I1_no_value_of_the_other_side_before_both_acknowledged_and_then_only_the_set(world):
    pair = notified(world)
    procedure.acknowledge_match(actor=world.ndeye, match_id=pair.match.pk)
    assert ReleasedValue.objects.count() == 0
    for reader in (world.ndeye, world.ousman):
        assert consulted(reader, pair).verification == ()
    procedure.acknowledge_match(actor=world.ousman, match_id=pair.match.pk)
    view = consulted(world.ndeye, pair)
    assert {row.attribute for row in view.verification if row.other} == {
        "birth_date",
        "birth_place",
        "passport",
        "id_document",
    }
    shown = {cell.value for row in view.verification for cell in row.other}
    assert shown == {"1987", "Setb B", "…890", ""}


def test_I1_verdicts_stay_blind_until_both_are_in(world):
    pair = acknowledged(world)
    procedure.answer_match(
        actor=world.ousman, match_id=pair.match.pk, verdict=Verdict.SAME, reason="canary-b-why"
    )
    before = consulted(world.ndeye, pair)
    assert (before.other.has_answered, before.other.verdict) == (True, "")
    assert "canary-b-why" not in str(asdict(before))
    procedure.answer_match(
        actor=world.ndeye, match_id=pair.match.pk, verdict=Verdict.SAME, reason="fits"
    )
    after = consulted(world.ndeye, pair)
    assert after.other.verdict == "same"
    assert "canary-b-why" not in str(asdict(after))


def test_I1_not_the_same_deletes_the_swapped_sets_of_both(world):
    pair = answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME)
    assert pair.match.state == MatchState.NOT_SAME
    assert ReleasedValue.objects.count() == 0
    assert consulted(world.ndeye, pair).verification == ()


def test_I1_a_third_unit_sees_nothing_of_a_match(world):
    pair = acknowledged(world)
    for stranger in (world.officer_c, world.head_c, world.officer_a2, world.head_a2):
        assert reading.list_matches(actor=stranger) == []
        with pytest.raises(NotFoundOrHidden):
            consulted(stranger, pair)
        with pytest.raises(NotFoundOrHidden):
            procedure.acknowledge_match(actor=stranger, match_id=pair.match.pk)


# --- I2 --------------------------------------------------------------------------------------


def test_I2_both_sides_are_told_in_the_same_transaction_at_the_same_instant(world):
    pair = notified(world)
    notices = Notice.objects.filter(object_id=pair.match.pk)
    told = set(notices.values_list("user_id", flat=True))
    assert told == {
        actor.id for actor in (world.ndeye, world.fatou, world.colleague, world.ousman, world.lamin)
    }
    assert notices.values("created_at").distinct().count() == 1
    assert set(notices.values_list("kind", "due_at")) == {
        (NoticeKind.MATCH_ACKNOWLEDGE, pair.match.acknowledge_by)
    }


def test_I2_if_the_second_side_cannot_be_told_nothing_is_saved(world, monkeypatch):
    calls = []

    def tell_first_only(roles, *, unit_id=None, **rest):
        calls.append(unit_id)
        if len(calls) == 2:
            raise RuntimeError("the second side could not be told")
        return [user_of(world.ousman)]

    def enter_both():
        notified(world)

    monkeypatch.setattr("crosslight.coordination.services.opening.users_with_role", tell_first_only)
    with pytest.raises(RuntimeError):
        enter_both()
    assert Match.objects.count() == 0
    assert not Notice.objects.filter(kind=NoticeKind.MATCH_ACKNOWLEDGE).exists()
    assert MatchKey.objects.filter(profile__unit=world.unit_a).count() == 0


def test_I2_the_sets_are_swapped_at_one_moment_in_both_directions(world):
    pair = acknowledged(world)
    released = ReleasedValue.objects.filter(match=pair.match)
    assert released.values("released_at").distinct().count() == 1
    assert set(released.values_list("from_unit_id", flat=True)) == {
        world.unit_a.pk,
        world.unit_b.pk,
    }
    a, b = consulted(world.ndeye, pair), consulted(world.ousman, pair)
    assert [(row.own, row.other) for row in a.verification] == [
        (row.other, row.own) for row in b.verification
    ]
    (swap,) = read_entries(act=Act.MATCH_SET_RELEASED)
    assert set(swap.entry.recipients) == {world.unit_a.pk, world.unit_b.pk}


# --- I3 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [
        MatchState.NOTIFIED,
        MatchState.ACKNOWLEDGED,
        MatchState.CONFIRMED_SAME,
        MatchState.DELIBERATION,
    ],
)
def test_I3_a_clock_that_ran_out_escalates_and_discloses_nothing(world, state):
    pair = in_state(world, state)
    before = [consulted(reader, pair) for reader in (world.ndeye, world.ousman)]
    released = ReleasedValue.objects.count()
    with clock.later(timedelta(days=30)):
        assert [match.pk for match in clocks.escalate_overdue()] == [pair.match.pk]
        assert clocks.escalate_overdue() == ()
        after = [consulted(reader, pair) for reader in (world.ndeye, world.ousman)]
    assert [replace(view, escalated_at=None) for view in after] == before
    assert all(view.escalated_at for view in after)
    assert ReleasedValue.objects.count() == released
    assert pair.match.state == state
    told = Notice.objects.filter(kind=NoticeKind.MATCH_OVERDUE).values_list("user_id", flat=True)
    assert set(told) == {world.ncp_a.id, world.ncp_b.id}


def test_I3_a_clock_that_still_runs_does_nothing(world):
    pair = notified(world)
    with clock.at(pair.match.acknowledge_by):
        assert clocks.escalate_overdue() == ()


def test_I3_states_without_a_clock_never_escalate(world):
    in_protection(world)
    with clock.later(timedelta(days=400)):
        assert clocks.escalate_overdue() == ()


# --- I4 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ActorKind.SYSTEM, ActorKind.MACHINE])
def test_I4_neither_system_nor_machine_confirms_proposes_or_agrees(world, kind):
    pair = acknowledged(world)
    robot = replace(world.fatou, id="system:robot", kind=kind, roles=UNIT_ROLES)
    with pytest.raises(NotAllowed):
        procedure.answer_match(
            actor=robot, match_id=pair.match.pk, verdict=Verdict.SAME, reason="sure"
        )
    for officer in (world.ndeye, world.ousman):
        procedure.answer_match(
            actor=officer, match_id=pair.match.pk, verdict=Verdict.SAME, reason="fits"
        )
    joint = {"kind": DecisionKind.JOINT, "terms": terms(pair, DecisionKind.JOINT)}
    with pytest.raises(NotAllowed):
        decisions.propose_decision(actor=robot, match_id=pair.match.pk, reason="x", **joint)
    proposal = decisions.propose_decision(
        actor=world.lamin, match_id=pair.match.pk, reason="one network", **joint
    )
    with pytest.raises(NotAllowed):
        decisions.agree_decision(actor=robot, proposal_id=proposal.pk, reason="x")
    assert pair.match.state == MatchState.DELIBERATION
    assert Decision.objects.count() == 0


def test_I4_nothing_moves_until_both_columns_are_identical_and_both_heads_are_named(world):
    pair = proposed(world, DecisionKind.SEPARATE)
    ours = pair.match.proposals.get()
    with pytest.raises(WrongState):
        decisions.agree_decision(actor=world.fatou, proposal_id=ours.pk, reason="own goal")
    with pytest.raises(NotAllowed):
        decisions.agree_decision(actor=world.ousman, proposal_id=ours.pk, reason="no head")
    counter = decisions.propose_decision(
        actor=world.lamin,
        match_id=pair.match.pk,
        kind=DecisionKind.SEPARATE,
        terms={**terms(pair, DecisionKind.SEPARATE), "boundary": "The other way round"},
        reason="our road",
    )
    assert Decision.objects.count() == 0
    decision = decisions.agree_decision(
        actor=world.fatou, proposal_id=counter.pk, reason="agreed by phone"
    )
    assert {decision.head_a_id, decision.head_b_id} == {world.fatou.id, world.lamin.id}
    assert (decision.reason_a, decision.reason_b) == ("agreed by phone", "our road")
    assert decision.terms["boundary"] == "The other way round"
    columns = Proposal.objects.filter(match=pair.match, superseded_at=None)
    assert columns.count() == 2
    assert columns.values("kind", "terms").distinct().count() == 1


@pytest.mark.parametrize("kind", DecisionKind)
def test_I4_every_decision_names_a_head_and_a_reason_of_each_side(world, kind):
    pair = decided(world, kind)
    decision = Decision.objects.get(match=pair.match)
    assert (decision.head_a_id, decision.head_b_id) == (world.fatou.id, world.lamin.id)
    assert (decision.reason_a, decision.reason_b) == ("column-a", "column-b")
    assert pair.match.state == kind.value.lower()


# --- I5 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [HandlingCode.H2, HandlingCode.H3])
def test_I5_h2_and_h3_enter_a_handover_only_with_a_stored_permission(world, code):
    held = person(said("name", "Mamadou Diallo"), said("phone", PHONE, handling_code=code))
    pair = decided(world, DecisionKind.HANDOVER, b=held)
    picked = {"actor": world.lamin, "handover_id": pair.handover.pk, "entity_id": pair.entity_b.pk}
    with pytest.raises(PermissionMissing):
        handovers.add_item(**picked)
    handovers.record_permission(
        **picked, originator="Port police", reference="PP-12", granted_on=clock.today()
    )
    item = handovers.add_item(**picked)
    assert item.handling_code == code
    handovers.offer_handover(
        actor=world.lamin, handover_id=pair.handover.pk, receiver_typed="Unit A"
    )
    copy = handovers.accept_item(actor=world.fatou, item_id=item.pk)
    assert copy.statements.get(property="phone").handling_code == code


def test_I5_the_most_restrictive_code_wins_and_h1_keeps_its_mark(world):
    held = person(
        said("name", "Mamadou Diallo", handling_code=HandlingCode.H0),
        said("phone", PHONE, handling_code=HandlingCode.H1),
    )
    pair = decided(world, DecisionKind.HANDOVER, b=held)
    handovers.add_item(actor=world.lamin, handover_id=pair.handover.pk, entity_id=pair.entity_b.pk)
    handovers.offer_handover(
        actor=world.lamin, handover_id=pair.handover.pk, receiver_typed="UNIT  a"
    )
    seen = reading.consult_handover(
        actor=world.fatou, handover_id=pair.handover.pk, purpose="handover"
    )
    (item,) = seen.items
    assert (item.handling_code, item.is_barred_from_court) == ("H1", True)
    copy = handovers.accept_item(actor=world.fatou, item_id=item.id)
    codes = dict(copy.statements.values_list("property", "handling_code"))
    assert codes == {"name": "H0", "phone": "H1"}
    assert {row.originator_unit_id for row in copy.statements.all()} == {world.unit_b.pk}


def test_I5_a_value_said_under_h0_and_h3_is_withheld(world):
    pair = acknowledged(
        world,
        b=draft_b(
            said("nationality", "XS", handling_code=HandlingCode.H0),
            said("nationality", "XS", handling_code=HandlingCode.H3),
        ),
    )
    rows = {row.attribute: row for row in consulted(world.ndeye, pair).verification}
    (cell,) = rows["nationality"].other
    assert (cell.is_withheld, cell.value) == (True, "")


def test_I5_what_another_unit_gave_under_h2_is_not_released_to_a_third(world):
    held = person(
        said("name", "Mamadou Diallo"),
        said("phone", PHONE),
        said("birthPlace", "Setb B", handling_code=HandlingCode.H2),
    )
    pair = decided(world, DecisionKind.HANDOVER, b=held)
    picked = {"actor": world.lamin, "handover_id": pair.handover.pk, "entity_id": pair.entity_b.pk}
    handovers.record_permission(
        **picked, originator="Port police", reference="PP-12", granted_on=clock.today()
    )
    item = handovers.add_item(**picked)
    handovers.offer_handover(
        actor=world.lamin, handover_id=pair.handover.pk, receiver_typed="Unit A"
    )
    copy = handovers.accept_item(actor=world.fatou, item_id=item.pk)
    entry.change_entity(
        actor=world.ndeye,
        entity_id=copy.pk,
        version=copy.version,
        change=EntityChange(audience=Audience.MATCH_ONLY),
    )
    inv_c = registered(world.officer_c, world.head_c)
    entry.enter_entity(
        actor=world.officer_c,
        investigation_id=inv_c.pk,
        draft=person(said("name", "Mamadou Diallo"), said("phone", PHONE)),
    )
    third = Match.objects.filter(sides__entity=copy).get()
    procedure.acknowledge_match(actor=world.ndeye, match_id=third.pk)
    procedure.acknowledge_match(actor=world.officer_c, match_id=third.pk)
    seen = reading.consult_match(actor=world.officer_c, match_id=third.pk, purpose="coordination")
    (row,) = seen.verification
    assert row.attribute == "birth_place"
    assert row.other[0].is_withheld


@pytest.mark.parametrize("code", [HandlingCode.H2, HandlingCode.H3])
def test_I5_a_room_shows_no_h2_or_h3(world, code):
    held = person(said("name", "Mamadou Diallo"), said("phone", PHONE, handling_code=code))
    pair = decided(world, DecisionKind.JOINT, b=held)
    with pytest.raises(PermissionMissing):
        rooms.publish_item(actor=world.ousman, room_id=pair.room.pk, entity_id=pair.entity_b.pk)
    open_part = pair.entity_b.statements.get(property="name")
    rooms.publish_item(
        actor=world.ousman,
        room_id=pair.room.pk,
        entity_id=pair.entity_b.pk,
        statement_ids=[open_part.pk],
    )
    (item,) = reading.consult_room(
        actor=world.ndeye, room_id=pair.room.pk, purpose="joint_room"
    ).items
    assert [statement.property for statement in item.snapshot.statements] == ["name"]


# --- I7 --------------------------------------------------------------------------------------


def test_I7_withdrawal_annuls_every_open_match_and_takes_its_content(world):
    pair = confirmed(world)
    entry.withdraw_entity(
        actor=world.ndeye, entity_id=pair.entity_a.pk, reason=WithdrawalReason.NO_LEGAL_BASIS
    )
    assert pair.match.state == MatchState.ANNULLED
    assert pair.match.evidence == []
    assert ReleasedValue.objects.count() == 0
    assert MatchKey.objects.filter(profile__entity=pair.entity_a).count() == 0
    with pytest.raises(WrongState):
        decisions.send_outcome(
            actor=world.fatou, match_id=pair.match.pk, code=OutcomeCode.NO_EFFECT
        )
