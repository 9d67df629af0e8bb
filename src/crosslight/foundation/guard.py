"""What a service asks before it writes: the policy, then the procedure."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from crosslight.core.lifecycle import IllegalMove, Lifecycle
from crosslight.core.policy import Actor, Denial, Facts, Rule
from crosslight.core.policy.facts import NO_OBJECT
from crosslight.core.policy.rule import lacks_mfa
from crosslight.foundation.errors import MandateExpired, MfaRequired, NotAllowed, WrongState

S = TypeVar("S", bound=StrEnum)
V = TypeVar("V", bound=StrEnum)

_ERRORS = {
    Denial.MANDATE_EXPIRED: MandateExpired,
    Denial.MFA: MfaRequired,
    Denial.STATE: WrongState,
}


def require(rule: Rule, actor: Actor, facts: Facts = NO_OBJECT) -> None:
    """Raise the refusal of `rule` as an error of the tree, with its reason; else return."""
    decision = rule(actor, facts)
    if decision.allowed:
        return
    if decision.denial in _ERRORS:
        raise _ERRORS[decision.denial]
    raise NotAllowed(f"You cannot do this. {decision.reason}")


def require_standing(rule: Rule, actor: Actor) -> None:
    """Raise where `rule` could never say yes to `actor`: no such role, expired, no second factor.

    Asked before the object is looked up, so that a person whose mandate ended is told so, and not
    that there is nothing here.
    """
    for grant in rule.grants:
        held = grant.roles & actor.roles
        if held and not lacks_mfa(actor, held):
            return
    require(rule, actor)


def advance(procedure: Lifecycle[S, V], state: S, verb: V) -> S:
    """The next state; a move that the procedure does not know is a WrongState conflict."""
    try:
        return procedure.next(state, verb)
    except IllegalMove as error:
        raise WrongState from error
