"""The view of a joint room; both units read the same."""

from __future__ import annotations

from crosslight.coordination.models import JointRoom, RoomItem
from crosslight.coordination.selectors.scopes import facts_of_room
from crosslight.coordination.selectors.views import (
    RoomItemView,
    RoomMessageView,
    RoomRow,
    RoomView,
)
from crosslight.core.entities.snapshot import EntitySnapshot
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_plan_in_room, may_publish_in_room

_RULES = (may_publish_in_room, may_plan_in_room)


def room_view(room: JointRoom, *, actor: Actor) -> RoomView:
    """Of an annulled match nothing is read any more, as on the match's own page."""
    items = room.items.select_related("unit").order_by("published_at", "pk")
    messages = room.messages.select_related("unit", "by").order_by("at", "pk")
    sides = room.decision.match.sides.select_related("unit").order_by("unit__name")
    facts = facts_of_room(room)
    is_annulled = room.decision.match.state == MatchState.ANNULLED
    return RoomView(
        id=room.pk,
        match_id=room.decision.match_id,
        decision_reference=room.decision.reference,
        units=tuple(side.unit.name for side in sides),
        lead_unit=room.lead_unit.name,
        plan="" if is_annulled else room.plan,
        plan_due=room.plan_due,
        version=room.version,
        items=tuple(_item_view(item, actor=actor) for item in items),
        messages=tuple(
            RoomMessageView(
                unit=message.unit.name, by=message.by.name, text=message.text, at=message.at
            )
            for message in messages
            if not is_annulled
        ),
        terms={} if is_annulled else room.decision.terms,
        actions=frozenset(rule.name for rule in _RULES if rule(actor, facts)),
    )


def items_shown(room: JointRoom) -> list[str]:
    """What is in the room now and which records it shows: for the ledger."""
    rows = room.items.filter(revoked_at=None).order_by("published_at", "pk")
    return [name for pair in rows.values_list("pk", "entity_id") for name in pair]


def room_row(room: JointRoom) -> RoomRow:
    return RoomRow(
        id=room.pk,
        match_id=room.decision.match_id,
        lead_unit=room.lead_unit.name,
        plan_due=room.plan_due,
        has_plan=bool(room.plan),
    )


def _item_view(item: RoomItem, *, actor: Actor) -> RoomItemView:
    return RoomItemView(
        id=item.pk,
        unit=item.unit.name,
        is_ours=item.unit_id == actor.unit_id,
        snapshot=EntitySnapshot.from_dict(item.snapshot) if item.snapshot else None,
        handling_code=item.handling_code,
        published_at=item.published_at,
        revoked_at=item.revoked_at,
    )
