"""The desk's readings: each is on record with its purpose (I6)."""

from __future__ import annotations

from crosslight.contributions.models import Contribution
from crosslight.contributions.selectors import LONGEST_LIST
from crosslight.core.evidence.entry import is_code
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_review_contribution, may_view_queue
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.review.selectors import (
    QueueView,
    as_last_sent,
    contribution_for_desk,
    queue,
)


def list_queue(*, actor: Actor, view: QueueView = QueueView.ALL) -> tuple[Contribution, ...]:
    """At most 200, danger first, then the oldest; the first new one leads on from every view."""
    require(may_view_queue, actor)
    with act():
        rows = tuple(map(as_last_sent, queue(actor, view)[:LONGEST_LIST]))
        next_new = queue(actor, QueueView.NEW).values_list("pk", flat=True)[:1]
        record(
            actor=actor,
            act=Act.CONTRIBUTION_LISTED,
            objects=[*(row.pk for row in rows), *next_new],
            justification="queue",
            reference=view.value,
        )
    return rows


def consult_contribution(*, actor: Actor, contribution_id: str, purpose: str) -> Contribution:
    """Open one contribution at the desk; `purpose` is a short code such as `triage`."""
    require_standing(may_review_contribution, actor)
    with act():
        contribution = contribution_for_desk(actor, contribution_id)
        record(
            actor=actor,
            act=Act.CONTRIBUTION_CONSULTED,
            objects=[contribution.pk],
            justification=purpose_code(purpose),
        )
    return contribution


def purpose_code(purpose: str) -> str:
    """The purpose as the ledger takes it: a code without blanks, never free text."""
    if not purpose or not is_code(purpose):
        raise FieldErrors(
            (
                FieldError(
                    "D-117",
                    "purpose",
                    "The purpose is missing or is not a short code.",
                    "Choose one of the purposes offered.",
                ),
            )
        )
    return purpose
