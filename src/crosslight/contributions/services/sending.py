"""Sending and withdrawing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from crosslight.accounts.models import NoticeKind
from crosslight.contributions.contributor_view import Receipt, receipt_of
from crosslight.contributions.deadlines import FIRST_ANSWER, triage_due
from crosslight.contributions.form import faults_of
from crosslight.contributions.models import Contribution, ContributionVersion
from crosslight.contributions.services.desk import erase, settle_for_contributor, transition
from crosslight.contributions.services.drafts import locked_for_contributor, touch
from crosslight.core.contributions import FormatFault
from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON
from crosslight.core.lifecycle.contribution import ContributionVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_submit_contribution, may_withdraw_contribution
from crosslight.core.vocabulary.custody import DestructionGround
from crosslight.core.vocabulary.people import Role
from crosslight.custody.services import destroy_packages, hand_in_packages
from crosslight.foundation import clock
from crosslight.foundation.identifiers import new_receipt_code
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.services import notify_country


@dataclass(frozen=True, slots=True)
class Submission:
    """Either a receipt, or the faults of form for which it came back."""

    contribution: Contribution
    receipt: Receipt | None
    faults: tuple[FormatFault, ...]

    @property
    def is_received(self) -> bool:
        return self.receipt is not None


def submit_contribution(*, actor: Actor, contribution_id: str) -> Submission:
    """Send what the draft holds. Only its form is checked by machine (J7).

    A contribution that comes back keeps its reference and is sent again under a higher version.
    """
    with act():
        contribution = locked_for_contributor(contribution_id, actor, rule=may_submit_contribution)
        faults = faults_of(contribution)
        contribution.format_errors = [fault.as_dict() for fault in faults]
        if faults:
            _return_for_format(contribution, actor)
        else:
            _receive(contribution, actor)
    receipt = None if faults else receipt_of(contribution)
    return Submission(contribution=contribution, receipt=receipt, faults=faults)


def withdraw_contribution(*, actor: Actor, contribution_id: str) -> Contribution:
    """Take it back before the desk has admitted it: the content is erased at once."""
    with act():
        contribution = locked_for_contributor(
            contribution_id, actor, rule=may_withdraw_contribution
        )
        transition(contribution=contribution, verb=ContributionVerb.WITHDRAW)
        erase(contribution)
        destroy_packages(
            actor=actor,
            contribution_id=contribution.pk,
            ground=DestructionGround.WITHDRAWN,
        )
        record(actor=actor, act=Act.CONTRIBUTION_WITHDRAWN, objects=[contribution.pk])
        record(
            actor=actor,
            act=Act.CONTRIBUTION_ERASED,
            objects=[contribution.pk],
            reference="withdrawn",
        )
    return contribution


def hash_of(contribution: Contribution) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of what was sent (J9)."""
    sent = {
        "catalogue_version": contribution.catalogue_version,
        "content": contribution.content,
        "contribution": contribution.pk,
        "kind": contribution.kind,
    }
    return hashlib.sha256(canonical.encode(cast("JSON", sent))).hexdigest()


def _return_for_format(contribution: Contribution, actor: Actor) -> None:
    transition(contribution=contribution, verb=ContributionVerb.RETURN_FORMAT)
    touch(contribution)
    contribution.save()
    record(
        actor=actor,
        act=Act.CONTRIBUTION_RETURNED_FORMAT,
        objects=[contribution.pk],
        reference=contribution.format_errors[0]["code"],
    )


def _receive(contribution: Contribution, actor: Actor) -> None:
    is_again = contribution.receipt_code is not None
    transition(contribution=contribution, verb=ContributionVerb.RECEIVE)
    touch(contribution)
    moment = clock.now()
    contribution.receipt_code = contribution.receipt_code or new_receipt_code()
    contribution.submitted_at = moment
    contribution.first_answer_by = moment + FIRST_ANSWER
    contribution.expires_at = None
    contribution.received_hash = hash_of(contribution)
    contribution.save()
    _keep_version(contribution, actor, sent_at=moment)
    settle_for_contributor(contribution, NoticeKind.CORRECTION_WAITING)
    notify_country(
        country=contribution.country_id,
        roles=[Role.INTAKE_VALIDATOR],
        kind=NoticeKind.CONTRIBUTION_WAITING,
        object_id=contribution.pk,
        due_at=triage_due(moment, is_danger=contribution.is_danger),
    )
    hand_in_packages(actor=actor, contribution_id=contribution.pk)
    _record_receipt(contribution, actor, is_again=is_again)


def _keep_version(contribution: Contribution, actor: Actor, *, sent_at: datetime) -> None:
    ContributionVersion.objects.create(
        contribution=contribution,
        version=contribution.version,
        content=contribution.content,
        catalogue_version=contribution.catalogue_version,
        sha256=contribution.received_hash,
        sent_at=sent_at,
        sent_by_id=actor.id,
    )


def _record_receipt(contribution: Contribution, actor: Actor, *, is_again: bool) -> None:
    """The hash goes beside the ledger, not into it: short contents could be guessed from it."""
    sent = Act.CONTRIBUTION_CORRECTED if is_again else Act.CONTRIBUTION_SUBMITTED
    record(actor=actor, act=sent, objects=[contribution.pk])
    contribution.ledger_index = record(
        actor=actor,
        act=Act.CONTRIBUTION_RECEIVED,
        objects=[contribution.pk],
        reference=contribution.receipt_code or "",
        payload={"sha256": contribution.received_hash, "version": contribution.version},
    )
    contribution.save(update_fields=["ledger_index"])
