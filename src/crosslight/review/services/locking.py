from __future__ import annotations

from crosslight.contributions.models import Contribution
from crosslight.contributions.selectors import contribution_for, facts_of
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import may_review_contribution
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.text import clean

SHORTEST_REASON = 10
LONGEST_REASON = 2000


def locked_for_desk(contribution_id: str, actor: Actor, *, rule: Rule) -> Contribution:
    """The row under lock, once `rule` has said yes; what the desk may not open is not there."""
    require_standing(rule, actor)
    contribution = contribution_for(may_review_contribution, actor, contribution_id, is_locked=True)
    require(rule, actor, facts_of(contribution))
    return contribution


def written_reason(text: str, *, field: str) -> str:
    """A reason that another person can follow later; D-110 where it is missing or too short."""
    reason = clean(text, field=field, max_length=LONGEST_REASON)
    if len(reason) < SHORTEST_REASON:
        raise FieldErrors(
            (
                FieldError(
                    "D-110",
                    field,
                    "A written reason is missing or very short.",
                    f"Write at least {SHORTEST_REASON} characters that a colleague can follow.",
                ),
            )
        )
    return reason
