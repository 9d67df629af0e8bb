"""The joint room: each unit shows what it chooses, and takes it back when it chooses (C7c)."""

from __future__ import annotations

from collections.abc import Sequence

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.errors import PermissionMissing, ProtectedRecord
from crosslight.coordination.models import (
    Decision,
    JointRoom,
    Match,
    RoomItem,
    RoomMessage,
)
from crosslight.coordination.selectors.scopes import ROOM_COLUMNS, facts_of_room
from crosslight.coordination.services.opening import parties, tell_units
from crosslight.coordination.services.release import has_permission
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.match import JOINT_PLAN_WITHIN
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import may_plan_in_room, may_publish_in_room, may_view_room
from crosslight.core.vocabulary.coordination import Route
from crosslight.core.vocabulary.law import HandlingCode, needs_permission
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldError,
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
)
from crosslight.foundation.guard import require
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.rows import visible_row
from crosslight.foundation.text import clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.investigations.models import Entity, Statement
from crosslight.investigations.selectors import current_statements, route_of_entity
from crosslight.investigations.services import snapshot_of
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

_LONGEST_PLAN = 20_000
_LONGEST_MESSAGE = 4_000


def open_room(match: Match, decision: Decision, *, actor: Actor) -> JointRoom:
    """The empty room that a JOINT decision makes; called by the decision alone."""
    now = clock.now()
    room = JointRoom.objects.create(
        decision=decision,
        lead_unit_id=decision.terms["lead_unit"],
        plan_due=now + JOINT_PLAN_WITHIN,
        opened_at=now,
    )
    record(
        actor=actor,
        act=Act.ROOM_OPENED,
        objects=[room.pk, decision.pk],
        recipients=parties(match),
    )
    tell_units(match, NoticeKind.ROOM_OPENED, due_at=room.plan_due, object_id=room.pk)
    return room


def publish_item(
    *, actor: Actor, room_id: str, entity_id: str, statement_ids: Sequence[str] | None = None
) -> RoomItem:
    """Show one own record in the room, whole or only the chosen statements; never H2 or H3."""
    with sole_act():
        room = _opened(actor, room_id, to=may_publish_in_room)
        entity = _own_entity(actor, entity_id)
        if route_of_entity(entity) is Route.PROTECTION:
            raise ProtectedRecord
        shown = _chosen(entity, statement_ids)
        if any(not _may_be_shown(statement, room=room) for statement in shown):
            raise PermissionMissing
        snapshot = snapshot_of(entity, statement_ids=[statement.pk for statement in shown])
        item = RoomItem.objects.create(
            room=room,
            entity=entity,
            unit_id=entity.unit_id,
            snapshot=snapshot.to_dict(),
            handling_code=snapshot.handling_code.value,
            published_by_id=actor.id,
            published_at=clock.now(),
        )
        record(
            actor=actor,
            act=Act.ROOM_PUBLISHED,
            objects=[room.pk, item.pk, entity.pk],
            justification="joint_room",
            recipients=parties(room.decision.match),
        )
    return item


def revoke_item(*, actor: Actor, item_id: str) -> RoomItem:
    """Only the unit that published may; the content leaves the room at once."""
    with sole_act():
        item = _item(item_id)
        room = _opened(actor, item.room_id, to=may_publish_in_room)
        if item.unit_id != actor.unit_id:
            raise NotAllowed("You cannot do this. It belongs to another unit.")
        item.snapshot = {}
        item.revoked_at = item.revoked_at or clock.now()
        item.save()
        ids = [room.pk, item.pk, item.entity_id]
        record(actor=actor, act=Act.ROOM_REVOKED, objects=ids)
        record(actor=actor, act=Act.ROOM_ITEM_ERASED, objects=ids)
    return item


def plan_room(*, actor: Actor, room_id: str, version: int, text: str) -> JointRoom:
    """Write the joint plan anew; both units' heads may, so a stale page is refused with both."""
    text = clean_required(text, field="plan", max_length=_LONGEST_PLAN)
    with sole_act():
        room = _opened(actor, room_id, to=may_plan_in_room)
        if version != room.version:
            raise StaleVersion(
                yours={"version": version, "plan": text},
                theirs={"version": room.version, "plan": room.plan},
            )
        room.plan = text
        room.planned_at = clock.now()
        room.version += 1
        room.save()
        record(actor=actor, act=Act.ROOM_PLANNED, objects=[room.pk])
    return room


def post_message(*, actor: Actor, room_id: str, text: str) -> RoomMessage:
    text = clean_required(text, field="text", max_length=_LONGEST_MESSAGE)
    with sole_act():
        room = _opened(actor, room_id, to=may_publish_in_room)
        message = RoomMessage.objects.create(
            room=room, unit_id=str(actor.unit_id), by_id=actor.id, text=text, at=clock.now()
        )
        record(
            actor=actor,
            act=Act.ROOM_MESSAGE_POSTED,
            objects=[room.pk, message.pk],
            justification="joint_room",
            recipients=parties(room.decision.match),
        )
    return message


def _opened(actor: Actor, room_id: str, *, to: Rule) -> JointRoom:
    room = visible_row(
        JointRoom.objects.select_for_update(of=("self",)).select_related("decision__match"),
        rule=may_view_room,
        actor=actor,
        columns=ROOM_COLUMNS,
        row_id=room_id,
    )
    require(to, actor, facts_of_room(room))
    return room


def _item(item_id: str) -> RoomItem:
    found = RoomItem.objects.filter(pk=item_id).first() if is_id(item_id, kind="roi") else None
    if found is None:
        raise NotFoundOrHidden
    return found


def _own_entity(actor: Actor, entity_id: str) -> Entity:
    if not is_id(entity_id, kind="ent"):
        raise NotFoundOrHidden
    entity = (
        Entity.objects.filter(pk=entity_id, unit_id=actor.unit_id, state=EntityState.ACTIVE)
        .select_related("unit", "investigation")
        .first()
    )
    if entity is None:
        raise NotFoundOrHidden
    return entity


def _chosen(entity: Entity, statement_ids: Sequence[str] | None) -> list[Statement]:
    statements = current_statements(entity)
    if statement_ids is None:
        return statements
    chosen = [statement for statement in statements if statement.pk in set(statement_ids)]
    if not chosen:
        raise FieldErrors(
            (FieldError("H-108", "statements", "Nothing was chosen.", "Choose what to show."),)
        )
    return chosen


def _may_be_shown(statement: Statement, *, room: JointRoom) -> bool:
    """A room has two units: a permission must stand for the one that does not own it."""
    if not needs_permission(HandlingCode(statement.handling_code)):
        return True
    others = set(parties(room.decision.match)) - {statement.entity.unit_id}
    return all(has_permission(statement, receiver_id=unit_id) for unit_id in others)
