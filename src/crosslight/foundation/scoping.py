"""The queryset twin of a rule: the same grants, turned into one filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from crosslight.core.policy import Actor, Condition, Grant, Relation, Rule
from crosslight.core.policy.rule import lacks_mfa

NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING


@dataclass(frozen=True)
class Columns:
    """How the rows of one table hold the facts. A relation that is not named never holds."""

    state: str = "state"
    relations: Mapping[Relation, Callable[[Actor], Q]] = field(default_factory=dict)
    conditions: Mapping[Condition, Callable[[Actor], Q]] = field(default_factory=dict)


def scope(rule: Rule, actor: Actor, columns: Columns) -> Q:
    """All rows for which `rule` says yes to `actor`."""
    result = NOTHING
    for grant in rule.grants:
        held = grant.roles & actor.roles
        if held and not lacks_mfa(actor, held):
            result |= _scope_of_grant(grant, actor, columns)
    return result


def _scope_of_grant(grant: Grant, actor: Actor, columns: Columns) -> Q:
    clause = _clause(columns.relations.get(grant.relation), actor)
    if grant.relation is Relation.ANYONE:
        clause = EVERYTHING
    for condition in grant.conditions:
        clause &= _clause(columns.conditions.get(condition), actor)
    if grant.states is not None:
        clause &= Q(**{f"{columns.state}__in": sorted(grant.states)})
    return clause


def _clause(build: Callable[[Actor], Q] | None, actor: Actor) -> Q:
    return NOTHING if build is None else build(actor)
