"""Triage (procedures B.3, R4 to R5): take, return, refuse or admit."""

from __future__ import annotations

from collections.abc import Sequence

from crosslight.accounts.models import NoticeKind
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import desk
from crosslight.core.lifecycle.contribution import ContributionVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_refuse_contribution,
    may_return_contribution,
    may_take_contribution,
    may_validate_contribution,
)
from crosslight.core.vocabulary.contributions import ReturnCode
from crosslight.core.vocabulary.custody import DestructionGround
from crosslight.core.vocabulary.people import Role
from crosslight.custody.services import destroy_packages
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.services import notify_country
from crosslight.review.grading import LONGEST_NOTE, Grading, checked
from crosslight.review.models import Triage, Validation
from crosslight.review.services.locking import locked_for_desk


def take_contribution(*, actor: Actor, contribution_id: str) -> Contribution:
    """Take it from the queue: from now on the desk sees who has it."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_take_contribution)
        desk.transition(contribution=contribution, verb=ContributionVerb.TAKE)
        Triage.objects.update_or_create(
            contribution=contribution,
            defaults={"taken_by_id": actor.id, "taken_at": clock.now()},
        )
        desk.settle_for_desk(contribution, role=Role.INTAKE_VALIDATOR)
        record(actor=actor, act=Act.CONTRIBUTION_TAKEN, objects=[contribution.pk])
    return contribution


def return_contribution(
    *, actor: Actor, contribution_id: str, codes: Sequence[ReturnCode], note: str
) -> Contribution:
    """Back to the contributor with coded reasons; the reference stays."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_return_contribution)
        if not codes:
            raise FieldErrors((_no_reason(),))
        text = clean(note, field="note", max_length=LONGEST_NOTE)
        desk.return_quality(contribution, codes=tuple(dict.fromkeys(codes)), note=text)
        record(
            actor=actor,
            act=Act.CONTRIBUTION_RETURNED,
            objects=[contribution.pk],
            reference=codes[0].value,
        )
    return contribution


def refuse_contribution(
    *, actor: Actor, contribution_id: str, code: ReturnCode, note: str
) -> Contribution:
    """Not lawfully kept: the content is erased at once, the class of the reason is all that stays.

    `note` says why, for whoever reviews the refusal; it stays with the ledger and is never shown
    to the contributor.
    """
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_refuse_contribution)
        text = clean(note, field="note", max_length=LONGEST_NOTE)
        desk.refuse(contribution, code=code)
        destroy_packages(
            actor=actor, contribution_id=contribution.pk, ground=DestructionGround.NOT_LAWFUL
        )
        record(
            actor=actor,
            act=Act.CONTRIBUTION_REFUSED,
            objects=[contribution.pk],
            reference=code.value,
            payload={"note": text},
        )
        record(
            actor=actor,
            act=Act.CONTRIBUTION_ERASED,
            objects=[contribution.pk],
            reference="not_accepted",
        )
    return contribution


def validate_contribution(*, actor: Actor, contribution_id: str, grading: Grading) -> Contribution:
    """Admit it with grades, handling code, category, legal basis, purpose and keep-until date."""
    with act():
        contribution = locked_for_desk(contribution_id, actor, rule=may_validate_contribution)
        purpose, note = checked(grading, today=clock.today())
        desk.transition(contribution=contribution, verb=ContributionVerb.VALIDATE)
        Validation.objects.create(
            contribution=contribution,
            source_grade=grading.source_grade.value,
            information_grade=grading.information_grade.value,
            handling_code=grading.handling_code.value,
            subject_category=grading.subject_category.value,
            legal_basis=grading.legal_basis.value,
            purpose=purpose,
            retention_until=grading.retention_until,
            legality_note=note,
            validated_by_id=actor.id,
        )
        notify_country(
            country=contribution.country_id,
            roles=[Role.PRIORITISING_OFFICER],
            kind=NoticeKind.CONTRIBUTION_WAITING,
            object_id=contribution.pk,
        )
        record(
            actor=actor,
            act=Act.CONTRIBUTION_VALIDATED,
            objects=[contribution.pk],
            justification="triage",
            basis=grading.legal_basis.value,
        )
    return contribution


def _no_reason() -> FieldError:
    return FieldError(
        "D-103", "codes", "No reason is chosen.", "Choose at least one reason of the list."
    )
