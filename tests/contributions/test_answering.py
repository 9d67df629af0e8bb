from __future__ import annotations

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.contributions.models import Question
from crosslight.contributions.services import answer_question, consult_own, read_feedback
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.vocabulary.contributions import FeedbackCode, QuestionForm
from crosslight.foundation.errors import (
    FieldErrors,
    MandateExpired,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.foundation.identifiers import new_id
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.services import ask_question, give_feedback
from tests.factories import World
from tests.review.factories import admitted, dropped


def asked(world: World, **changes: object) -> Question:
    contribution = admitted(world, **changes)
    return ask_question(
        actor=world.luis,
        contribution_id=contribution.pk,
        form=QuestionForm.PLACE,
        note="The workshop you mention.",
    )


def test_a_question_is_seen_and_answered(world: World) -> None:
    question = asked(world)
    (seen,) = consult_own(actor=world.amina, contribution_id=question.contribution_id).questions
    assert seen.is_open
    assert seen.label == "Do you already hold where this happened? A town is enough."

    answer_question(actor=world.amina, question_id=question.pk, answer="In Norhaven. ")

    view = consult_own(actor=world.amina, contribution_id=question.contribution_id)
    assert view.questions[0].answer == "In Norhaven."
    assert view.state == "Received"


def test_who_asked_is_told_and_the_reporter_no_longer_waits(world: World) -> None:
    question = asked(world)
    waiting = Notice.objects.filter(user_id=world.amina.id, kind=NoticeKind.QUESTION_WAITING)
    assert waiting.get().read_at is None
    answer_question(actor=world.amina, question_id=question.pk, answer="We do not hold this.")
    assert waiting.get().read_at is not None
    assert Notice.objects.filter(
        user_id=world.luis.id, object_id=question.contribution_id, read_at=None
    ).exists()


def test_a_question_is_answered_once(world: World) -> None:
    question = asked(world)
    answer_question(actor=world.amina, question_id=question.pk, answer="In Norhaven.")
    with pytest.raises(WrongState):
        answer_question(actor=world.amina, question_id=question.pk, answer="Elsewhere.")
    ask_question(
        actor=world.luis,
        contribution_id=question.contribution_id,
        form=QuestionForm.TIME,
        note="",
    )
    with pytest.raises(WrongState):
        answer_question(actor=world.amina, question_id=question.pk, answer="Elsewhere.")


@pytest.mark.parametrize("answer", ["", "  \n", "\0", "x" * 2001])
def test_an_unusable_answer_changes_nothing(world: World, answer: str) -> None:
    question = asked(world)
    with pytest.raises(FieldErrors):
        answer_question(actor=world.amina, question_id=question.pk, answer=answer)
    question.refresh_from_db()
    assert question.answered_at is None
    assert question.contribution.state == ContributionState.QUESTION_OPEN


def test_an_answer_is_held_to_what_the_possible_victim_refused(world: World) -> None:
    question = asked(world, victim_awareness="refused")
    with pytest.raises(FieldErrors) as caught:
        answer_question(
            actor=world.amina, question_id=question.pk, answer="Her number: +44 7700 900456."
        )
    assert [each.code for each in caught.value.errors] == ["C-220"]


def test_nobody_else_answers(world: World) -> None:
    question = asked(world)
    with pytest.raises(NotFoundOrHidden):
        answer_question(actor=world.other_reporter, question_id=question.pk, answer="x")
    for actor in (world.preparer, world.lead, world.luis):
        with pytest.raises(NotAllowed):
            answer_question(actor=actor, question_id=question.pk, answer="x")
    with pytest.raises(MandateExpired):
        answer_question(actor=world.expired, question_id=question.pk, answer="x")


@pytest.mark.parametrize("question_id", ["", "nonsense", "que_1", "que_\0", "x" * 10_000])
def test_an_unknown_question_is_not_found(world: World, question_id: str) -> None:
    with pytest.raises(NotFoundOrHidden):
        answer_question(actor=world.amina, question_id=question_id, answer="x")
    with pytest.raises(NotFoundOrHidden):
        answer_question(actor=world.amina, question_id=new_id("que"), answer="x")


def test_feedback_is_read_once_and_the_reading_is_on_record(world: World) -> None:
    contribution = dropped(world)
    give_feedback(
        actor=world.luis,
        contribution_id=contribution.pk,
        code=FeedbackCode.NO_SUSPICION_FOUND,
        axes={"timeliness": 5, "description": 2},
    )
    (first,) = read_feedback(actor=world.amina, contribution_id=contribution.pk)
    (second,) = read_feedback(actor=world.lead, contribution_id=contribution.pk)

    assert (first.is_read, second.is_read) == (False, True)
    assert first.axes == {"timeliness": 5, "description": 2}
    assert not Notice.objects.filter(
        object_id=contribution.pk, kind=NoticeKind.FEEDBACK_WAITING, read_at=None
    ).exists()
    acts = [each.entry.act for each in read_entries(object_id=contribution.pk)]
    assert acts.count(Act.FEEDBACK_READ) == 2
    with pytest.raises(NotFoundOrHidden):
        read_feedback(actor=world.other_reporter, contribution_id=contribution.pk)
