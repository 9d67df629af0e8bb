from __future__ import annotations

from datetime import timedelta

import pytest

from crosslight.coordination.models import Decision, Handover, JointRoom
from crosslight.coordination.services import decisions, reading
from crosslight.core.coordination.terms import PROCEDURE_VERSION
from crosslight.core.lifecycle.match import JOINT_PLAN_WITHIN, OUTCOME_AFTER, MatchState
from crosslight.core.vocabulary.coordination import (
    Criterion,
    DecisionKind,
    OutcomeCode,
)
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
    WrongState,
)
from tests.coordination.factories import acknowledged, confirmed, decided, proposed, terms


def propose(actor, pair, kind=DecisionKind.SEPARATE, **changes):
    said = {"terms": terms(pair, kind), "reason": "Because"} | changes
    return decisions.propose_decision(actor=actor, match_id=pair.match.pk, kind=kind, **said)


def consulted(actor, pair):
    return reading.consult_match(actor=actor, match_id=pair.match.pk, purpose="coordination")


def test_the_sheet_is_filled_answer_by_answer_and_never_summed(world):
    pair = confirmed(world)
    decisions.fill_criteria(
        actor=world.fatou,
        match_id=pair.match.pk,
        answers={Criterion.DELAY: "None", Criterion.PHASE: ""},
    )
    assert consulted(world.ndeye, pair).own.criteria == {"delay": "None"}
    with pytest.raises(NotAllowed):
        decisions.fill_criteria(actor=world.ndeye, match_id=pair.match.pk, answers={})


def test_a_proposal_opens_the_deliberation_and_is_seen_in_two_columns(world):
    pair = proposed(world)
    assert pair.match.state == MatchState.DELIBERATION
    (theirs,) = consulted(world.lamin, pair).proposals
    assert (theirs.is_ours, theirs.reason, theirs.by) == (False, "column-a", "Fatou Example")
    (mine,) = reading.list_matches(actor=world.fatou)
    (other,) = reading.list_matches(actor=world.lamin)
    assert (mine.is_our_turn, other.is_our_turn) == (False, True)


def test_two_identical_columns_decide_even_when_both_were_proposed(world):
    pair = proposed(world)
    propose(world.lamin, pair, reason="The same thought")
    decision = Decision.objects.get()
    assert (decision.reason_a, decision.reason_b) == ("column-a", "The same thought")
    assert decision.reference == "CD-0001"
    assert decision.procedure_version == PROCEDURE_VERSION
    assert pair.match.outcome_by - pair.match.decided_at == OUTCOME_AFTER


@pytest.mark.parametrize(
    "change",
    [
        {"terms": {"boundary": "Another one", "until": "2099-01-01"}},
        {"kind": DecisionKind.JOINT},
    ],
)
def test_different_columns_decide_nothing(world, change):
    pair = proposed(world)
    kind = change.pop("kind", DecisionKind.SEPARATE)
    propose(world.lamin, pair, kind, **change)
    assert not Decision.objects.exists()


def test_to_whom_a_handover_goes_is_part_of_the_column(world):
    pair = proposed(world, DecisionKind.HANDOVER)
    propose(world.lamin, pair, DecisionKind.HANDOVER, giver_unit_id=world.unit_a.pk)
    assert not Decision.objects.exists()
    propose(world.lamin, pair, DecisionKind.HANDOVER, giver_unit_id=world.unit_b.pk)
    decision = Decision.objects.get()
    assert (decision.giver_id, decision.receiver_id) == (world.unit_b.pk, world.unit_a.pk)
    handover = Handover.objects.get()
    assert handover.receiver_investigation_id == pair.inv_a.pk
    assert consulted(world.fatou, pair).handover_id == handover.pk


@pytest.mark.parametrize("giver", [None, "", "uni_0123456789abcdefghjkmnpqrs"])
def test_a_handover_needs_one_of_the_two_as_giver(world, giver):
    pair = confirmed(world)
    with pytest.raises(FieldErrors) as refused:
        propose(world.fatou, pair, DecisionKind.HANDOVER, giver_unit_id=giver)
    assert [fault.field for fault in refused.value.errors] == ["giver_unit_id"]
    assert pair.match.state == MatchState.CONFIRMED_SAME


def test_a_joint_decision_opens_a_room_for_both(world):
    pair = decided(world, DecisionKind.JOINT)
    room = JointRoom.objects.get()
    assert room.lead_unit_id == world.unit_a.pk
    assert room.plan_due - room.opened_at == JOINT_PLAN_WITHIN
    assert consulted(world.ousman, pair).room_id == room.pk
    assert [row.id for row in reading.list_rooms(actor=world.ousman)] == [room.pk]


@pytest.mark.parametrize(
    ("kind", "said", "codes"),
    [
        (DecisionKind.SEPARATE, {}, {"boundary": "K-102", "until": "K-102"}),
        (DecisionKind.SEPARATE, {"boundary": "x", "until": "soon"}, {"until": "K-103"}),
        (DecisionKind.SEPARATE, {"boundary": "x", "until": "2001-01-01"}, {"until": "K-103"}),
        (DecisionKind.HANDOVER, {"gives": "x", "takes": "y"}, {"takes": "K-101"}),
        (DecisionKind.JOINT, {"lead_unit": "me", "tasks": "x"}, {"lead_unit": "K-104"}),
        (DecisionKind.JOINT, {"lead_unit": "", "tasks": "a\x00"}, {"tasks": "I-031"}),
    ],
)
def test_terms_that_do_not_fit_are_named(world, kind, said, codes):
    pair = confirmed(world)
    with pytest.raises(FieldErrors) as refused:
        propose(world.fatou, pair, kind, terms=said, giver_unit_id=world.unit_a.pk)
    assert {fault.field: fault.code for fault in refused.value.errors} == codes


def test_a_proposal_without_a_reason_is_none(world):
    pair = confirmed(world)
    with pytest.raises(FieldErrors):
        propose(world.fatou, pair, reason=" ")
    assert pair.match.state == MatchState.CONFIRMED_SAME


def test_agreeing_to_what_was_replaced_shows_both(world):
    pair = proposed(world)
    old = pair.match.proposals.get()
    propose(world.fatou, pair, DecisionKind.JOINT, reason="Better together")
    with pytest.raises(StaleVersion) as refused:
        decisions.agree_decision(actor=world.lamin, proposal_id=old.pk, reason="Fine")
    assert (refused.value.yours["kind"], refused.value.theirs["kind"]) == ("SEPARATE", "JOINT")
    assert not Decision.objects.exists()


def test_a_third_units_head_neither_sees_nor_agrees(world):
    pair = proposed(world)
    proposal = pair.match.proposals.get()
    for name in (proposal.pk, "pro_0123456789abcdefghjkmnpqrs", "pro_", "\x00"):
        with pytest.raises(NotFoundOrHidden):
            decisions.agree_decision(actor=world.head_c, proposal_id=name, reason="Fine")


def test_nothing_is_decided_before_both_said_same_or_after_it_was_decided(world):
    early = acknowledged(world)
    with pytest.raises(WrongState):
        propose(world.fatou, early)
    with pytest.raises(WrongState):
        decisions.send_outcome(actor=world.fatou, match_id=early.match.pk, code=OutcomeCode.ARREST)


def test_the_second_outcome_closes_the_match(world):
    pair = decided(world, DecisionKind.SEPARATE)
    decisions.send_outcome(
        actor=world.fatou, match_id=pair.match.pk, code=OutcomeCode.ARREST, note="Ours only"
    )
    assert pair.match.state == MatchState.SEPARATE
    assert consulted(world.lamin, pair).other.outcome == ""
    with clock.later(timedelta(days=31)):
        (theirs,) = reading.list_matches(actor=world.lamin)
        assert theirs.is_our_turn
        decisions.send_outcome(
            actor=world.lamin, match_id=pair.match.pk, code=OutcomeCode.NO_EFFECT
        )
    assert pair.match.state == MatchState.CLOSED
    view = consulted(world.lamin, pair)
    assert view.other.outcome == "ARREST"
    assert "Ours only" not in str(view)
