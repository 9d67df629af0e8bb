from __future__ import annotations

from datetime import timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.coordination.services import procedure, reading
from crosslight.core.lifecycle.match import DECIDE_WITHIN, VERIFY_WITHIN, MatchState
from crosslight.core.vocabulary.coordination import Verdict
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldErrors, NotFoundOrHidden, WrongState
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.coordination.factories import acknowledged, answered, notified


def acknowledge(actor, pair):
    return procedure.acknowledge_match(actor=actor, match_id=pair.match.pk)


def answer(actor, pair, verdict=Verdict.SAME, reason="It fits"):
    return procedure.answer_match(
        actor=actor, match_id=pair.match.pk, verdict=verdict, reason=reason
    )


def waiting(actor, kind):
    return Notice.objects.filter(user_id=actor.id, kind=kind, read_at=None).count()


def test_one_side_alone_opens_nothing_and_repeating_changes_nothing(world):
    pair = notified(world)
    acknowledge(world.ndeye, pair)
    acknowledge(world.fatou, pair)
    assert pair.match.state == MatchState.NOTIFIED
    assert len(read_entries(act=Act.MATCH_ACKNOWLEDGED)) == 1
    view = reading.consult_match(actor=world.fatou, match_id=pair.match.pk, purpose="coordination")
    assert view.actions == frozenset()
    assert view.own.acknowledged_at
    assert not view.other.has_acknowledged
    assert waiting(world.ndeye, NoticeKind.MATCH_ACKNOWLEDGE) == 0
    assert waiting(world.ousman, NoticeKind.MATCH_ACKNOWLEDGE) == 1


def test_the_second_side_starts_the_clock_of_the_answer(world):
    pair = notified(world)
    acknowledge(world.ndeye, pair)
    with clock.later(timedelta(hours=5)):
        acknowledge(world.ousman, pair)
    match = pair.match
    assert match.state == MatchState.ACKNOWLEDGED
    assert match.answer_by - match.acknowledged_at == VERIFY_WITHIN
    assert waiting(world.ndeye, NoticeKind.MATCH_ANSWER) == 1
    assert waiting(world.lamin, NoticeKind.MATCH_ANSWER) == 1


def test_acknowledging_late_is_a_wrong_state(world):
    pair = acknowledged(world)
    with pytest.raises(WrongState):
        acknowledge(world.ndeye, pair)


def test_an_answer_needs_both_acknowledgements_a_reason_and_stands(world):
    pair = notified(world)
    with pytest.raises(WrongState):
        answer(world.ndeye, pair)
    for officer in (world.ndeye, world.ousman):
        acknowledge(officer, pair)
    with pytest.raises(FieldErrors):
        answer(world.ndeye, pair, reason="  ")
    answer(world.ndeye, pair)
    with pytest.raises(WrongState):
        answer(world.fatou, pair, Verdict.NOT_SAME)
    assert waiting(world.ndeye, NoticeKind.MATCH_ANSWER) == 0
    assert waiting(world.ousman, NoticeKind.MATCH_ANSWER) == 1


def test_both_same_goes_to_the_heads(world):
    pair = answered(world, Verdict.SAME, Verdict.SAME)
    match = pair.match
    assert match.state == MatchState.CONFIRMED_SAME
    assert match.decide_by - match.confirmed_at == DECIDE_WITHIN
    assert waiting(world.fatou, NoticeKind.MATCH_DECIDE) == 1
    assert waiting(world.lamin, NoticeKind.MATCH_DECIDE) == 1
    assert waiting(world.ndeye, NoticeKind.MATCH_DECIDE) == 0


@pytest.mark.parametrize(
    "verdicts",
    [
        (Verdict.SAME, Verdict.NOT_SAME),
        (Verdict.CANNOT_TELL, Verdict.CANNOT_TELL),
        (Verdict.NOT_SAME, Verdict.DATA_ERROR),
    ],
)
def test_anything_else_goes_to_the_national_points(world, verdicts):
    pair = answered(world, *verdicts)
    assert pair.match.state == MatchState.UNRESOLVED
    for point in (world.ncp_a, world.ncp_b):
        assert waiting(point, NoticeKind.MATCH_UNRESOLVED) == 1
    (row,) = reading.board(actor=world.ncp_a)
    assert row.state == MatchState.UNRESOLVED


@pytest.mark.parametrize("wrong", ["", "mat_", "mat_1", "\x00", "con_0123456789abcdefghjkmnpqrs"])
def test_a_match_of_others_is_as_absent_as_none(world, wrong):
    pair = notified(world)
    for name in (wrong, pair.match.pk):
        with pytest.raises(NotFoundOrHidden):
            procedure.acknowledge_match(actor=world.officer_c, match_id=name)


def test_the_inbox_says_whose_turn_it_is(world):
    pair = notified(world)
    (mine,) = reading.list_matches(actor=world.ndeye)
    assert mine.is_our_turn
    assert mine.due_at == pair.match.acknowledge_by
    acknowledge(world.ndeye, pair)
    (mine,) = reading.list_matches(actor=world.ndeye)
    (theirs,) = reading.list_matches(actor=world.ousman)
    assert (mine.is_our_turn, theirs.is_our_turn) == (False, True)
    (row,) = reading.board(actor=world.rco)
    assert row.owed_by == ("Unit B",)
