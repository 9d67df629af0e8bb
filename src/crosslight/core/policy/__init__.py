"""Who may do what, to what, in which state: one rule for "may I" and for "which may I".

`rules.py` is the whole authority of the product on one page. A rule called with an actor and the
facts of an object answers with a Decision; the same rule's grants, read by `foundation.scoping`,
become the queryset of all objects for which it would answer yes. A property test holds them equal.
"""

from __future__ import annotations

from crosslight.core.policy.actor import Actor, system_actor
from crosslight.core.policy.decision import Decision, Denial
from crosslight.core.policy.facts import Facts
from crosslight.core.policy.rule import Condition, Grant, Relation, Rule

__all__ = [
    "Actor",
    "Condition",
    "Decision",
    "Denial",
    "Facts",
    "Grant",
    "Relation",
    "Rule",
    "system_actor",
]
