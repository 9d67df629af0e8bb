"""Closing and feedback (procedures B.3, R10 and R11)."""

from __future__ import annotations

from collections.abc import Mapping

from crosslight.contributions.models import Contribution, Feedback
from crosslight.contributions.services import desk
from crosslight.core.lifecycle.contribution import ContributionVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_close_contribution, may_give_feedback
from crosslight.core.vocabulary.contributions import FEEDBACK_AXES, FeedbackCode
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.review.services.locking import locked_for_desk

MARKS = range(1, 6)


def close_contribution(*, actor: Actor, contribution_id: str) -> Contribution:
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_close_contribution)
        desk.transition(contribution=contribution, verb=ContributionVerb.CLOSE)
        record(actor=actor, act=Act.CONTRIBUTION_CLOSED, objects=[contribution.pk])
    return contribution


def give_feedback(
    *, actor: Actor, contribution_id: str, code: FeedbackCode, axes: Mapping[str, int]
) -> Feedback:
    """Quality codes and marks from 1 to 5; an axis that is left out is not marked.

    There is no free text, so that no fact of a case can slip out.
    """
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_give_feedback)
        faults = tuple(_fault(axis) for axis, mark in axes.items() if not _is_mark(axis, mark))
        if faults:
            raise FieldErrors(faults)
        feedback = desk.add_feedback(contribution, code=code, axes=axes)
        record(
            actor=actor,
            act=Act.FEEDBACK_SENT,
            objects=[feedback.pk, contribution.pk],
            justification="feedback",
            reference=code.value,
            recipients=[contribution.organisation_id],
        )
    return feedback


def _is_mark(axis: str, mark: object) -> bool:
    return axis in FEEDBACK_AXES and type(mark) is int and mark in MARKS


def _fault(axis: str) -> FieldError:
    return FieldError(
        "D-116",
        f"axes.{axis[:40]}",
        "This is not one of the four axes with a mark from 1 to 5.",
        "Mark it from 1 to 5, or leave it out.",
    )
