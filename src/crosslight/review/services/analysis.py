"""Asking, prioritising and dropping (procedures B.3, R6 to R8c)."""

from __future__ import annotations

from crosslight.contributions.models import Contribution, Question
from crosslight.contributions.services import desk
from crosslight.core.contributions import tasking_words
from crosslight.core.lifecycle.contribution import ContributionVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_ask_question,
    may_drop_contribution,
    may_prioritise_contribution,
)
from crosslight.core.vocabulary.contributions import Priority, QuestionForm
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.review.models import Drop, Prioritisation
from crosslight.review.selectors import suggestion_for
from crosslight.review.services.locking import locked_for_desk, written_reason

LONGEST_QUESTION = 500


def ask_question(*, actor: Actor, contribution_id: str, form: QuestionForm, note: str) -> Question:
    """Ask for what the contributor already holds; a note that sets a task is refused (J8)."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_ask_question)
        text = clean(note, field="note", max_length=LONGEST_QUESTION)
        refuse_tasking(text)
        question = desk.add_question(contribution, actor=actor, form=form, note=text)
        record(
            actor=actor,
            act=Act.QUESTION_ASKED,
            objects=[question.pk, contribution.pk],
            reference=form.value,
            recipients=[contribution.organisation_id],
        )
    return question


def prioritise_contribution(
    *,
    actor: Actor,
    contribution_id: str,
    priority: Priority,
    reasons: str,
    deviation_reason: str = "",
) -> Contribution:
    """A person decides, in writing. Who departs from the suggestion says why (J7)."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_prioritise_contribution)
        suggested = suggestion_for(contribution).priority
        written = written_reason(reasons, field="reasons")
        deviation = (
            ""
            if suggested is priority
            else written_reason(deviation_reason, field="deviation_reason")
        )
        desk.transition(contribution=contribution, verb=ContributionVerb.PRIORITISE)
        Prioritisation.objects.create(
            contribution=contribution,
            priority=priority.value,
            suggested_priority=suggested.value,
            reasons=written,
            deviation_reason=deviation,
            prioritised_by_id=actor.id,
        )
        desk.settle_for_desk(contribution, role=Role.PRIORITISING_OFFICER)
        record(
            actor=actor,
            act=Act.CONTRIBUTION_PRIORITISED,
            objects=[contribution.pk],
            reference=priority.value,
        )
    return contribution


def drop_contribution(*, actor: Actor, contribution_id: str, reason: str) -> Contribution:
    """No further interest. The contributor is told that nothing suspicious was found."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_drop_contribution)
        written = written_reason(reason, field="reason")
        desk.transition(contribution=contribution, verb=ContributionVerb.DROP)
        Drop.objects.create(contribution=contribution, reason=written, dropped_by_id=actor.id)
        record(actor=actor, act=Act.CONTRIBUTION_DROPPED, objects=[contribution.pk])
    return contribution


def refuse_tasking(note: str) -> None:
    words = tasking_words(note)
    if not words:
        return
    named = ", ".join(f"“{word}”" for word in words)
    raise FieldErrors(
        (
            FieldError(
                "D-115",
                "note",
                f"This sets the contributor a task or asks for something in future: {named}.",
                "Ask only for what they already hold, for example “Do you already hold …?”.",
            ),
        )
    )
