"""Annulling matches whose data was taken back: content goes, the log stays (A.3, CA; I7)."""

from __future__ import annotations

from collections.abc import Iterable

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import Handover, HandoverItem, Match, RoomItem
from crosslight.coordination.services.handovers import complete_if_answered
from crosslight.coordination.services.matching import PROTECTION_ROLES
from crosslight.coordination.services.opening import move, tell_countries, tell_units
from crosslight.core.lifecycle.handover import HandoverState, ItemState
from crosslight.core.lifecycle.match import OPEN_STATES, MatchVerb
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.coordination import RefusalCode, Route
from crosslight.foundation import clock
from crosslight.investigations.models import Entity
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record


def annul_matches(
    entity: Entity, *, actor: Actor, routes: Iterable[Route] = Route
) -> tuple[Match, ...]:
    """Annul the open matches of the entity; neither side is told more than that it is over."""
    matches = Match.objects.select_for_update().filter(
        sides__entity=entity,
        state__in=[state.value for state in OPEN_STATES],
        route__in=[route.value for route in routes],
    )
    annulled = tuple(matches)
    for match in annulled:
        _annul(match, actor=actor)
    return annulled


def recall_copies(entity: Entity, *, actor: Actor) -> None:
    """Take the entity out of joint rooms and of handovers that nobody has answered."""
    now = clock.now()
    RoomItem.objects.filter(entity=entity, revoked_at=None).update(revoked_at=now, snapshot={})
    unanswered = HandoverItem.objects.filter(entity=entity, state=ItemState.OFFERED)
    unanswered.filter(handover__state=HandoverState.PREPARED).delete()
    for item in unanswered.filter(handover__state=HandoverState.OFFERED).select_related(
        "handover__decision"
    ):
        item.snapshot = {}
        item.state = ItemState.REFUSED
        item.refusal_code = RefusalCode.NOT_HELD.value
        item.answered_at = now
        item.save()
        complete_if_answered(item.handover, actor=actor)


def _annul(match: Match, *, actor: Actor) -> None:
    match.released_values.all().delete()
    _withdraw_handover(match, actor=actor)
    move(match, MatchVerb.ANNUL, actor=actor)
    match.evidence = []
    match.closed_at = clock.now()
    match.save()
    record(actor=actor, act=Act.MATCH_ANNULLED, objects=[match.pk])
    if match.route == Route.PROTECTION:
        tell_countries(match, NoticeKind.MATCH_CLOSED, roles=PROTECTION_ROLES)
    else:
        tell_units(match, NoticeKind.MATCH_CLOSED)


def _withdraw_handover(match: Match, *, actor: Actor) -> None:
    open_states = [HandoverState.PREPARED, HandoverState.OFFERED]
    handover = Handover.objects.filter(decision__match=match, state__in=open_states).first()
    if handover is None:
        return
    handover.items.filter(state=ItemState.OFFERED).update(snapshot={})
    handover.state = HandoverState.WITHDRAWN
    handover.save()
    record(actor=actor, act=Act.HANDOVER_WITHDRAWN, objects=[handover.pk])
