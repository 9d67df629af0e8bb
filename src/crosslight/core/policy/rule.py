from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.policy.actor import Actor
from crosslight.core.policy.decision import Decision, Denial, allow, deny
from crosslight.core.policy.facts import NO_OBJECT, Facts
from crosslight.core.vocabulary.coordination import Route
from crosslight.core.vocabulary.people import AUTHORITY_ROLES, ActorKind, Role


class Relation(StrEnum):
    """How the actor must stand to the object."""

    ANYONE = "anyone"
    AUTHOR = "author"
    OWN_ORGANISATION = "own_organisation"
    OWN_COUNTRY = "own_country"
    OWN_UNIT = "own_unit"
    PARTY_COUNTRY = "party_country"
    RECIPIENT_UNIT = "recipient_unit"
    GIVER_UNIT = "giver_unit"
    RECEIVER_UNIT = "receiver_unit"


class Condition(StrEnum):
    """What must hold besides role, relation and state."""

    NOT_AUTHOR = "not_author"
    COORDINATION_ROUTE = "coordination_route"
    PROTECTION_ROUTE = "protection_route"
    NOT_RESTRICTED = "not_restricted"
    HANDED_IN = "handed_in"


@dataclass(frozen=True, slots=True)
class Grant:
    """`states` None: in every state."""

    roles: frozenset[Role]
    relation: Relation
    states: frozenset[str] | None = None
    conditions: frozenset[Condition] = frozenset()


_RELATION_HOLDS: Mapping[Relation, Callable[[Actor, Facts], bool]] = {
    Relation.ANYONE: lambda _actor, _facts: True,
    Relation.AUTHOR: lambda actor, facts: facts.author_id == actor.id,
    Relation.OWN_ORGANISATION: lambda actor, facts: (
        actor.organisation_id is not None and facts.organisation_id == actor.organisation_id
    ),
    Relation.OWN_COUNTRY: lambda actor, facts: (
        actor.country is not None and facts.country == actor.country
    ),
    Relation.OWN_UNIT: lambda actor, facts: actor.unit_id in facts.unit_ids,
    Relation.PARTY_COUNTRY: lambda actor, facts: actor.country in facts.countries,
    Relation.RECIPIENT_UNIT: lambda actor, facts: actor.unit_id in facts.recipient_unit_ids,
    Relation.GIVER_UNIT: lambda actor, facts: (
        actor.unit_id is not None and facts.giver_unit_id == actor.unit_id
    ),
    Relation.RECEIVER_UNIT: lambda actor, facts: (
        actor.unit_id is not None and facts.receiver_unit_id == actor.unit_id
    ),
}
_CONDITION_HOLDS: Mapping[Condition, Callable[[Actor, Facts], bool]] = {
    Condition.NOT_AUTHOR: lambda actor, facts: facts.author_id != actor.id,
    Condition.COORDINATION_ROUTE: lambda _actor, facts: facts.route is Route.COORDINATION,
    Condition.PROTECTION_ROUTE: lambda _actor, facts: facts.route is Route.PROTECTION,
    Condition.NOT_RESTRICTED: lambda _actor, facts: not facts.is_restricted,
    Condition.HANDED_IN: lambda _actor, facts: facts.is_handed_in,
}
_RELATION_REASONS: Mapping[Relation, str] = {
    Relation.ANYONE: "",
    Relation.AUTHOR: "It was written by someone else.",
    Relation.OWN_ORGANISATION: "It belongs to another organisation.",
    Relation.OWN_COUNTRY: "It belongs to the desk of another country.",
    Relation.OWN_UNIT: "It belongs to another unit.",
    Relation.PARTY_COUNTRY: "No unit of your country is party to it.",
    Relation.RECIPIENT_UNIT: "It was not sent to your unit.",
    Relation.GIVER_UNIT: "Only the unit that gives may do this.",
    Relation.RECEIVER_UNIT: "Only the unit that receives may do this.",
}
_CONDITION_REASONS: Mapping[Condition, str] = {
    Condition.NOT_AUTHOR: "A second person has to do this.",
    Condition.COORDINATION_ROUTE: "It is with the victim-protection officers.",
    Condition.PROTECTION_ROUTE: "It is not a matter of victim protection.",
    Condition.NOT_RESTRICTED: "It is set aside by a data-protection decision.",
    Condition.HANDED_IN: "It was not sent to the desk yet.",
}
# How near a miss was: the nearest is the reason a person is told.
_NEARNESS = tuple(Denial)


@dataclass(frozen=True, slots=True)
class Rule:
    """`may_<verb>`: callable with an actor and facts; `name` is its action on routes."""

    name: str
    grants: tuple[Grant, ...]

    def __call__(self, actor: Actor, facts: Facts = NO_OBJECT) -> Decision:
        misses = []
        for grant in self.grants:
            decision = _decide(grant, actor, facts)
            if decision.allowed:
                return decision
            misses.append(decision)
        return max(misses, key=_nearness)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset().union(*(grant.roles for grant in self.grants))


def _nearness(decision: Decision) -> int:
    return -1 if decision.denial is None else _NEARNESS.index(decision.denial)


def _decide(grant: Grant, actor: Actor, facts: Facts) -> Decision:
    held = grant.roles & actor.roles
    if not held:
        return _without_role(grant, actor)
    if lacks_mfa(actor, held):
        return deny(Denial.MFA, "This role needs a second factor at sign-in.")
    if not _RELATION_HOLDS[grant.relation](actor, facts):
        return deny(Denial.RELATION, _RELATION_REASONS[grant.relation])
    for condition in sorted(grant.conditions):
        if not _CONDITION_HOLDS[condition](actor, facts):
            return deny(Denial.CONDITION, _CONDITION_REASONS[condition])
    if grant.states is not None and facts.state not in grant.states:
        return deny(Denial.STATE, "The procedure does not allow this step now.")
    roles = ", ".join(sorted(held))
    return allow(f"Allowed as {roles}.")


def lacks_mfa(actor: Actor, held: frozenset[Role]) -> bool:
    """Persons who act for an authority need a second factor; keys and the system have their own."""
    is_person = actor.kind is ActorKind.PERSON
    return is_person and not actor.has_mfa and held <= AUTHORITY_ROLES


def _without_role(grant: Grant, actor: Actor) -> Decision:
    if grant.roles & actor.expired_roles:
        return deny(Denial.MANDATE_EXPIRED, "Your mandate for this has expired.")
    return deny(Denial.ROLE, "Your role does not include this.")
