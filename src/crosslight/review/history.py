"""What a desk received from one organisation so far, in numbers: no name, no content."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from crosslight.contributions.models import Contribution
from crosslight.contributions.selectors import contributions_for
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_review_contribution


@dataclass(frozen=True, slots=True)
class History:
    """`admitted` counts what the desk validated, whatever became of it."""

    sent: int
    admitted: int
    returned: int
    not_accepted: int


def history_of(contribution: Contribution, actor: Actor) -> History:
    """The contributor's record at this desk; the contribution itself is not counted."""
    others = contributions_for(may_review_contribution, actor).filter(
        organisation_id=contribution.organisation_id
    )
    counts = others.exclude(pk=contribution.pk).aggregate(
        sent=Count("pk"),
        admitted=Count("pk", filter=Q(validation__isnull=False)),
        returned=Count("pk", filter=Q(state=ContributionState.RETURNED_QUALITY)),
        not_accepted=Count("pk", filter=Q(state=ContributionState.NOT_ACCEPTED)),
    )
    return History(**counts)
