"""Annulling matches whose data was taken back: content goes, the log stays (A.3, CA; I7)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import (
    Handover,
    HandoverItem,
    Match,
    ReleasedValue,
    RoomItem,
)
from crosslight.coordination.services.handovers import complete_if_answered, erase_snapshots
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
    """Take the entity back from everywhere that others look.

    From joint rooms, from the sets of matches that are over, and from handovers that nobody has
    answered (I7); what was accepted is the receiver's.
    """
    _empty(RoomItem.objects.filter(entity=entity), actor=actor)
    _erase_sets(entity, actor=actor)
    unanswered = HandoverItem.objects.filter(entity=entity, state=ItemState.OFFERED)
    for item in unanswered.filter(handover__state=HandoverState.PREPARED):
        ids = [item.handover_id, item.pk, item.entity_id]
        item.delete()
        record(actor=actor, act=Act.HANDOVER_ITEM_REMOVED, objects=ids)
        record(actor=actor, act=Act.HANDOVER_ITEM_ERASED, objects=ids)
    for item in unanswered.filter(handover__state=HandoverState.OFFERED).select_related(
        "handover__decision"
    ):
        _refuse(item, actor=actor)


def _empty(items: QuerySet[RoomItem], *, actor: Actor) -> None:
    for item in items.filter(revoked_at=None):
        item.snapshot = {}
        item.revoked_at = clock.now()
        item.save()
        ids = [item.room_id, item.pk, item.entity_id]
        record(actor=actor, act=Act.ROOM_REVOKED, objects=ids)
        record(actor=actor, act=Act.ROOM_ITEM_ERASED, objects=ids)


def _erase_sets(entity: Entity, *, actor: Actor) -> None:
    released = ReleasedValue.objects.filter(
        match__in=entity.match_sides.values("match"), from_unit_id=entity.unit_id
    )
    matches = sorted(set(released.values_list("match_id", flat=True)))
    released.delete()
    for match_id in matches:
        record(actor=actor, act=Act.MATCH_SET_ERASED, objects=[match_id, entity.pk])


def _refuse(item: HandoverItem, *, actor: Actor) -> None:
    erase_snapshots(HandoverItem.objects.filter(pk=item.pk), actor=actor)
    item.snapshot = {}
    item.state = ItemState.REFUSED
    item.refusal_code = RefusalCode.NOT_HELD.value
    item.answered_at = clock.now()
    item.save()
    record(
        actor=actor,
        act=Act.HANDOVER_ITEM_REFUSED,
        objects=[item.handover_id, item.pk],
        reference=item.refusal_code,
    )
    complete_if_answered(item.handover, actor=actor)


def _annul(match: Match, *, actor: Actor) -> None:
    erased, _ = match.released_values.all().delete()
    _withdraw_handover(match, actor=actor)
    _empty(RoomItem.objects.filter(room__decision__match=match), actor=actor)
    move(match, MatchVerb.ANNUL, actor=actor)
    match.evidence = []
    match.closed_at = clock.now()
    match.save()
    record(actor=actor, act=Act.MATCH_ANNULLED, objects=[match.pk])
    if erased:
        record(
            actor=actor,
            act=Act.MATCH_SET_ERASED,
            objects=[match.pk, match.low_entity_id, match.high_entity_id],
        )
    if match.route == Route.PROTECTION:
        tell_countries(match, NoticeKind.MATCH_CLOSED, roles=PROTECTION_ROLES)
    else:
        tell_units(match, NoticeKind.MATCH_CLOSED)


def _withdraw_handover(match: Match, *, actor: Actor) -> None:
    open_states = [HandoverState.PREPARED, HandoverState.OFFERED]
    handover = Handover.objects.filter(decision__match=match, state__in=open_states).first()
    if handover is None:
        return
    erase_snapshots(handover.items.filter(state=ItemState.OFFERED), actor=actor)
    handover.state = HandoverState.WITHDRAWN
    handover.save()
    record(actor=actor, act=Act.HANDOVER_WITHDRAWN, objects=[handover.pk])
