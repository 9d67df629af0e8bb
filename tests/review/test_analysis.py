from __future__ import annotations

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.contributions.contributor_view import contributor_view
from crosslight.contributions.models import Contribution
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.vocabulary.contributions import FeedbackCode, Priority, QuestionForm
from crosslight.foundation.errors import FieldErrors, NotAllowed, WrongState
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.models import Drop, Prioritisation
from crosslight.review.selectors import suggestion_for
from crosslight.review.services import (
    ask_question,
    close_contribution,
    drop_contribution,
    give_feedback,
    prioritise_contribution,
)
from tests.factories import World
from tests.review.factories import REASON, admitted, disseminated, dropped, prioritised


def prioritise(world: World, contribution: Contribution, **values: object) -> Contribution:
    given: dict[str, object] = {"priority": Priority.P2, "reasons": REASON}
    return prioritise_contribution(
        actor=world.luis, contribution_id=contribution.pk, **(given | values)
    )


def test_a_question_waits_for_the_reporters_only(world: World) -> None:
    contribution = admitted(world)
    question = ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.TIME, note=""
    )
    waiting = Notice.objects.filter(kind=NoticeKind.QUESTION_WAITING)
    assert {notice.user_id for notice in waiting} == {world.amina.id}
    assert waiting.get().due_at == question.due_at
    with pytest.raises(WrongState):
        ask_question(
            actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.TIME, note=""
        )


def test_a_priority_is_kept_with_its_reasons_and_the_suggestion(world: World) -> None:
    contribution = admitted(world)
    assert suggestion_for(contribution).priority is Priority.P2
    prioritise(world, contribution)
    kept = Prioritisation.objects.get(contribution=contribution)
    assert (kept.priority, kept.suggested_priority, kept.reasons) == ("P2", "P2", REASON)
    assert kept.prioritised_by_id == world.luis.id


@pytest.mark.parametrize("reasons", ["", "because", "x" * 2001, "a\0" * 20])
def test_reasons_are_written(world: World, reasons: str) -> None:
    contribution = admitted(world)
    with pytest.raises(FieldErrors) as caught:
        prioritise(world, contribution, reasons=reasons)
    assert [each.field for each in caught.value.errors] == ["reasons"]
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.ADMITTED


def test_who_departs_from_the_suggestion_says_why(world: World) -> None:
    contribution = admitted(world)
    with pytest.raises(FieldErrors) as caught:
        prioritise(world, contribution, priority=Priority.P4)
    assert [each.field for each in caught.value.errors] == ["deviation_reason"]
    prioritise(world, contribution, priority=Priority.P4, deviation_reason="It is a known hoax.")
    kept = Prioritisation.objects.get(contribution=contribution)
    assert kept.deviation_reason == "It is a known hoax."


def test_dropping_tells_that_nothing_suspicious_was_found(world: World) -> None:
    contribution = dropped(world)
    assert Drop.objects.get(contribution=contribution).reason == REASON
    view = contributor_view(contribution)
    assert view.state == "Closed: nothing suspicious was found"
    assert REASON not in str(view)


def test_dropping_needs_a_written_reason(world: World) -> None:
    with pytest.raises(FieldErrors):
        drop_contribution(actor=world.luis, contribution_id=prioritised(world).pk, reason="no")


def test_feedback_comes_only_after_a_drop_or_the_closure(world: World) -> None:
    sent = disseminated(world)
    values = {"code": FeedbackCode.USEFUL_NEW, "axes": {}}
    with pytest.raises(WrongState):
        give_feedback(actor=world.luis, contribution_id=sent.contribution_id, **values)
    close_contribution(actor=world.luis, contribution_id=sent.contribution_id)
    feedback = give_feedback(actor=world.luis, contribution_id=sent.contribution_id, **values)

    entry = read_entries(object_id=feedback.pk)[-1].entry
    assert (entry.act, entry.recipients) == (Act.FEEDBACK_SENT, (world.shelter.pk,))
    assert Notice.objects.filter(user_id=world.amina.id, kind=NoticeKind.FEEDBACK_WAITING).exists()


@pytest.mark.parametrize(
    "axes",
    [
        {"timeliness": 0},
        {"timeliness": 6},
        {"timeliness": "5"},
        {"timeliness": True},
        {"timeliness": 2.5},
        {"guilt": 3},
        {"x" * 5000: 3},
    ],
)
def test_marks_are_whole_numbers_on_the_four_axes(world: World, axes: dict[str, int]) -> None:
    contribution = dropped(world)
    with pytest.raises(FieldErrors):
        give_feedback(
            actor=world.luis,
            contribution_id=contribution.pk,
            code=FeedbackCode.USEFUL_NEW,
            axes=axes,
        )
    assert not contribution.feedback.exists()


def test_only_the_desk_decides(world: World) -> None:
    contribution = admitted(world)
    for name in ("amina", "ndeye", "fatou", "ncp_a", "vpo_a", "auditor"):
        with pytest.raises(NotAllowed):
            prioritise_contribution(
                actor=world.actors[name],
                contribution_id=contribution.pk,
                priority=Priority.P1,
                reasons=REASON,
            )
