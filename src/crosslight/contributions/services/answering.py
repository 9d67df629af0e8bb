"""Answering the desk, and reading what it says back."""

from __future__ import annotations

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import notify
from crosslight.contributions.contributor_view import SeenFeedback, contributor_view
from crosslight.contributions.models import Contribution, Question
from crosslight.contributions.selectors import contribution_for, contribution_id_of
from crosslight.contributions.services.consulting import OWN_PURPOSE
from crosslight.contributions.services.desk import settle_for_contributor, transition
from crosslight.contributions.services.drafts import locked_for_contributor
from crosslight.contributions.values import as_field_error
from crosslight.core.contributions import Content
from crosslight.core.contributions.checks import check_answer
from crosslight.core.lifecycle.contribution import ContributionVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_answer_question, may_view_own_contribution
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldErrors, WrongState
from crosslight.foundation.guard import require_standing
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

LONGEST_ANSWER = 2000


def answer_question(*, actor: Actor, question_id: str, answer: str) -> Question:
    """Answer with what is already held; “we do not hold this” is an answer too (J8)."""
    require_standing(may_answer_question, actor)
    with act():
        contribution = locked_for_contributor(
            contribution_id_of(question_id), actor, rule=may_answer_question
        )
        question = contribution.questions.select_for_update().get(pk=question_id)
        if question.answered_at is not None:
            raise WrongState
        question.answer = _checked(answer, contribution)
        question.answered_at = clock.now()
        question.answered_by_id = actor.id
        question.save()
        transition(contribution=contribution, verb=ContributionVerb.ANSWER)
        _tell_the_desk(question)
        record(actor=actor, act=Act.QUESTION_ANSWERED, objects=[question.pk, contribution.pk])
    return question


def read_feedback(*, actor: Actor, contribution_id: str) -> tuple[SeenFeedback, ...]:
    """The feedback on one contribution, marked as read."""
    require_standing(may_view_own_contribution, actor)
    with act():
        contribution = contribution_for(
            may_view_own_contribution, actor, contribution_id, is_locked=True
        )
        seen = contributor_view(contribution).feedback
        contribution.feedback.filter(read_at=None).update(read_at=clock.now())
        settle_for_contributor(contribution, NoticeKind.FEEDBACK_WAITING)
        record(
            actor=actor,
            act=Act.FEEDBACK_READ,
            objects=[contribution.pk],
            justification=OWN_PURPOSE,
        )
    return seen


def _checked(answer: str, contribution: Contribution) -> str:
    text = clean(answer, field="answer", max_length=LONGEST_ANSWER)
    faults = check_answer(
        text,
        kind=ContributionKind(contribution.kind),
        content=Content.from_dict(contribution.content),
        region=contribution.organisation.country.dialling_region,
    )
    if faults:
        raise FieldErrors(tuple(map(as_field_error, faults)))
    return text


def _tell_the_desk(question: Question) -> None:
    settle_for_contributor(question.contribution, NoticeKind.QUESTION_WAITING)
    notify(
        users=[question.asked_by],
        kind=NoticeKind.CONTRIBUTION_WAITING,
        object_id=question.contribution_id,
    )
