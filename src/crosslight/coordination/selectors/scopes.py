"""Which rows an actor may know of: the queryset twins of the rules."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crosslight.coordination.models import Handover, JointRoom, Match, MatchSide
from crosslight.core.policy import Actor, Condition, Facts, Relation, Rule
from crosslight.core.policy.rules import (
    may_view_handover,
    may_view_match,
    may_view_match_timers,
    may_view_protection,
    may_view_room,
)
from crosslight.core.vocabulary.coordination import Route
from crosslight.foundation.scoping import Columns, scope


def _of_own_unit(actor: Actor) -> Q:
    return Q(pk__in=MatchSide.objects.filter(unit_id=actor.unit_id).values("match_id"))


def _of_party_country(actor: Actor) -> Q:
    return Q(pk__in=MatchSide.objects.filter(country_id=actor.country).values("match_id"))


def _room_of_own_unit(actor: Actor) -> Q:
    return Q(decision__match__in=MatchSide.objects.filter(unit_id=actor.unit_id).values("match_id"))


MATCH_COLUMNS = Columns(
    relations={
        Relation.OWN_UNIT: _of_own_unit,
        Relation.PARTY_COUNTRY: _of_party_country,
    },
    conditions={
        Condition.COORDINATION_ROUTE: lambda _actor: Q(route=Route.COORDINATION.value),
        Condition.PROTECTION_ROUTE: lambda _actor: Q(route=Route.PROTECTION.value),
    },
)
HANDOVER_COLUMNS = Columns(
    relations={
        Relation.GIVER_UNIT: lambda actor: Q(giver_id=actor.unit_id),
        Relation.RECEIVER_UNIT: lambda actor: Q(receiver_id=actor.unit_id),
    }
)
ROOM_COLUMNS = Columns(
    state="decision__match__state", relations={Relation.OWN_UNIT: _room_of_own_unit}
)


def facts_of_match(match: Match) -> Facts:
    sides = list(match.sides.all())
    return Facts(
        state=match.state,
        unit_ids=frozenset(side.unit_id for side in sides),
        countries=frozenset(side.country_id for side in sides),
        route=Route(match.route),
    )


def facts_of_handover(handover: Handover) -> Facts:
    return Facts(
        state=handover.state,
        giver_unit_id=handover.giver_id,
        receiver_unit_id=handover.receiver_id,
    )


def facts_of_room(room: JointRoom) -> Facts:
    match = room.decision.match
    return Facts(state=match.state, unit_ids=frozenset(side.unit_id for side in match.sides.all()))


def matches_for(actor: Actor, *, rule: Rule = may_view_match) -> QuerySet[Match]:
    """The actor's unit's matches, the newest first; of matches in protection, none."""
    return (
        Match.objects.filter(scope(rule, actor, MATCH_COLUMNS))
        .prefetch_related("sides__unit__country", "sides__investigation", "sides__entity")
        .order_by("-notified_at", "pk")
    )


def timers_for(actor: Actor) -> QuerySet[Match]:
    return matches_for(actor, rule=may_view_match_timers)


def protection_matches_for(actor: Actor) -> QuerySet[Match]:
    return matches_for(actor, rule=may_view_protection)


def handovers_for(actor: Actor, *, rule: Rule = may_view_handover) -> QuerySet[Handover]:
    return (
        Handover.objects.filter(scope(rule, actor, HANDOVER_COLUMNS))
        .select_related(
            "giver",
            "receiver",
            "decision__match",
            "giver_investigation",
            "receiver_investigation",
        )
        .order_by("-prepared_at", "pk")
    )


def rooms_for(actor: Actor, *, rule: Rule = may_view_room) -> QuerySet[JointRoom]:
    return (
        JointRoom.objects.filter(scope(rule, actor, ROOM_COLUMNS))
        .select_related("lead_unit", "decision__match")
        .order_by("-opened_at", "pk")
    )
