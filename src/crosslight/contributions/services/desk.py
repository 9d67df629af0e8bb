"""The moves of a contribution that others ask for. They ask no policy: whoever calls them has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import settle_notices
from crosslight.contributions.deadlines import QUALITY_REPLY, QUESTION_REPLY
from crosslight.contributions.models import Contribution, Feedback, Question, Typology
from crosslight.core.lifecycle.contribution import (
    CONTRIBUTION,
    ContributionState,
    ContributionVerb,
)
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import FeedbackCode, QuestionForm, ReturnCode
from crosslight.core.vocabulary.people import CONTRIBUTOR_ROLES, Role
from crosslight.foundation import clock
from crosslight.foundation.guard import advance
from crosslight.foundation.sealing.destruction import destroy_later
from crosslight.foundation.sealing.purposes import Purpose
from crosslight.partnerships.selectors import users_with_role
from crosslight.partnerships.services import notify_organisation


def transition(*, contribution: Contribution, verb: ContributionVerb) -> None:
    """Move by `verb`, or raise WrongState. Writes the state alone: nothing else may tell (J1)."""
    state = advance(CONTRIBUTION, ContributionState(contribution.state), verb)
    contribution.state = state.value
    contribution.save(update_fields=["state"])


def erase(contribution: Contribution) -> None:
    """Remove all content and its key; id, dates, hashes and reason codes stay as a tombstone."""
    contribution.content = {}
    contribution.format_errors = []
    contribution.return_note = ""
    contribution.is_danger = False
    contribution.expires_at = None
    contribution.erased_at = clock.now()
    contribution.save()
    contribution.sent_versions.update(content={})
    contribution.questions.update(note="", answer="")
    contribution.identifier_index.all().delete()
    destroy_later([contribution.pk], purpose=Purpose.CONTRIBUTION)


def erase_on_decision(contribution: Contribution) -> None:
    """A data-protection officer's: from wherever it stands to where nothing can follow."""
    transition(contribution=contribution, verb=ContributionVerb.ERASE)
    contribution.restricted_at = None
    erase(contribution)


def restrict(contribution: Contribution, *, is_restricted: bool) -> None:
    """Set it aside (LED article 16(3)), or take it back into use, where it stands."""
    contribution.restricted_at = clock.now() if is_restricted else None
    contribution.save(update_fields=["restricted_at"])


def set_return_reasons(
    contribution: Contribution, *, codes: Sequence[ReturnCode], note: str
) -> None:
    contribution.return_reasons = [{"code": code.value, "note": ""} for code in codes]
    contribution.return_note = note
    contribution.save(update_fields=["return_reasons", "return_note"])


def return_quality(contribution: Contribution, *, codes: Sequence[ReturnCode], note: str) -> None:
    """Back to the contributor, under the same reference, with coded reasons and a note."""
    transition(contribution=contribution, verb=ContributionVerb.RETURN_QUALITY)
    set_return_reasons(contribution, codes=codes, note=note)
    contribution.expires_at = clock.now() + QUALITY_REPLY
    contribution.save(update_fields=["expires_at"])
    _tell(contribution, NoticeKind.CORRECTION_WAITING, due_at=contribution.expires_at)


def refuse(contribution: Contribution, *, code: ReturnCode) -> None:
    """R4b: the content goes, the class of the reason stays."""
    transition(contribution=contribution, verb=ContributionVerb.REFUSE)
    set_return_reasons(contribution, codes=[code], note="")
    erase(contribution)


def add_question(
    contribution: Contribution, *, actor: Actor, form: QuestionForm, note: str
) -> Question:
    transition(contribution=contribution, verb=ContributionVerb.ASK)
    question = Question.objects.create(
        contribution=contribution,
        form=form.value,
        note=note,
        asked_by_id=actor.id,
        due_at=clock.now() + QUESTION_REPLY,
    )
    _tell(contribution, NoticeKind.QUESTION_WAITING, due_at=question.due_at)
    return question


def add_feedback(
    contribution: Contribution, *, code: FeedbackCode, axes: Mapping[str, int]
) -> Feedback:
    feedback = Feedback.objects.create(contribution=contribution, code=code.value, axes=dict(axes))
    _tell(contribution, NoticeKind.FEEDBACK_WAITING, due_at=None)
    return feedback


def take_into_library(contribution: Contribution, *, actor: Actor) -> Typology:
    transition(contribution=contribution, verb=ContributionVerb.TAKE_IN)
    return Typology.objects.create(contribution=contribution, taken_in_by_id=actor.id)


def take_out_of_library(typology: Typology) -> None:
    typology.taken_out_at = clock.now()
    typology.save(update_fields=["taken_out_at"])


def settle_for_contributor(contribution: Contribution, kind: NoticeKind) -> None:
    people = users_with_role(CONTRIBUTOR_ROLES, organisation_id=contribution.organisation_id)
    settle_notices(object_id=contribution.pk, kinds=[kind], users=people)


def settle_for_desk(contribution: Contribution, *, role: Role) -> None:
    people = users_with_role([role], country=contribution.country_id)
    settle_notices(object_id=contribution.pk, kinds=[NoticeKind.CONTRIBUTION_WAITING], users=people)


def _tell(contribution: Contribution, kind: NoticeKind, *, due_at: datetime | None) -> None:
    notify_organisation(
        organisation_id=contribution.organisation_id,
        roles=[Role.REPORTER],
        kind=kind,
        object_id=contribution.pk,
        due_at=due_at,
    )
