"""Reading one's own contributions: each reading is on record (I6)."""

from __future__ import annotations

from crosslight.contributions.contributor_view import ContributorView, contributor_view
from crosslight.contributions.selectors import (
    LONGEST_LIST,
    contribution_for_contributor,
    own_contributions,
)
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_view_own_contribution
from crosslight.foundation.guard import require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

OWN_PURPOSE = "own_contribution"


def consult_own(*, actor: Actor, contribution_id: str) -> ContributorView:
    require_standing(may_view_own_contribution, actor)
    with act():
        view = contributor_view(contribution_for_contributor(actor, contribution_id))
        record(
            actor=actor,
            act=Act.CONTRIBUTION_CONSULTED,
            objects=[view.id],
            justification=OWN_PURPOSE,
        )
    return view


def list_own(*, actor: Actor) -> tuple[ContributorView, ...]:
    """The newest of the organisation's contributions, at most 200."""
    require_standing(may_view_own_contribution, actor)
    with act():
        rows = own_contributions(actor).prefetch_related("questions", "feedback")
        views = tuple(map(contributor_view, rows[:LONGEST_LIST]))
        record(
            actor=actor,
            act=Act.CONTRIBUTION_LISTED,
            objects=[view.id for view in views],
            justification=OWN_PURPOSE,
        )
    return views
