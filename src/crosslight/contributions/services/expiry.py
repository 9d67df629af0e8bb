"""Drafts that nobody sends are reminded of twice and then erased (procedures B.3, R0 and R2)."""

from __future__ import annotations

from datetime import datetime

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import notify
from crosslight.contributions.deadlines import DRAFT_REMINDERS
from crosslight.contributions.models import Contribution
from crosslight.contributions.services.desk import erase, transition
from crosslight.core.lifecycle.contribution import ContributionState, ContributionVerb
from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.custody import DestructionGround
from crosslight.custody.services import destroy_packages
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

_CLOCKS = system_actor("clocks")
# A report that the desk sent back was received once and has a receipt: it stays until its author
# acts, also where the correction came back for its form.
_UNSENT = (ContributionState.DRAFT.value, ContributionState.RETURNED_FORMAT.value)


def expire_drafts(now: datetime) -> int:
    """Erase the drafts past their date, remind of those near it; how many were erased."""
    with act():
        unsent = Contribution.objects.select_for_update(of=("self",)).filter(
            state__in=_UNSENT, receipt_code=None, restricted_at=None
        )
        past = list(unsent.filter(expires_at__lte=now))
        for contribution in past:
            transition(contribution=contribution, verb=ContributionVerb.WITHDRAW)
            erase(contribution)
        for passed, lead_time in enumerate(DRAFT_REMINDERS):
            near = unsent.filter(expires_at__lte=now + lead_time, reminders=passed)
            for contribution in near.select_related("author"):
                _remind(contribution)
        for contribution in past:
            destroy_packages(
                actor=_CLOCKS,
                contribution_id=contribution.pk,
                ground=DestructionGround.ERASED_WITH_CONTRIBUTION,
            )
            record(
                actor=_CLOCKS,
                act=Act.CONTRIBUTION_ERASED,
                objects=[contribution.pk],
                reference="draft_expired",
            )
    return len(past)


def _remind(contribution: Contribution) -> None:
    contribution.reminders += 1
    contribution.save(update_fields=["reminders"])
    notify(
        users=[contribution.author],
        kind=NoticeKind.CONTRIBUTION_WAITING,
        object_id=contribution.pk,
        due_at=contribution.expires_at,
    )
