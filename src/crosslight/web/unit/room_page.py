"""What the page of a joint room shows; both units read the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from crosslight.coordination.selectors.views import RoomItemView, RoomRow, RoomView
from crosslight.core.coordination.terms import terms_of
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_plan_in_room, may_publish_in_room
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.investigations.services import list_records_to_show
from crosslight.web.shared.components import Row
from crosslight.web.unit.clocks import Clock, clock_of
from crosslight.web.unit.released import ShownRecord, schema_word, shown_record

if TYPE_CHECKING:
    from crosslight.investigations.models import Entity


@dataclass(frozen=True, slots=True)
class RoomLine:
    id: str
    lead_unit: str
    has_plan: bool
    due: Clock | None


@dataclass(frozen=True, slots=True)
class ShownItem:
    """`record` None: taken back by its owner."""

    id: str
    unit: str
    is_ours: bool
    record: ShownRecord | None
    published_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnRecord:
    entity_id: str
    caption: str
    kind: str


def room_lines(actor: Actor, rows: Iterable[RoomRow]) -> list[RoomLine]:
    return [
        RoomLine(
            id=row.id,
            lead_unit=row.lead_unit,
            has_plan=row.has_plan,
            due=None if row.has_plan else clock_of(actor, row.plan_due),
        )
        for row in rows
    ]


def page_of(actor: Actor, view: RoomView) -> dict[str, object]:
    items = [_shown(item) for item in view.items]
    may_publish = may_publish_in_room.name in view.actions
    return {
        "room": view,
        "members": [(unit, unit == view.lead_unit) for unit in view.units],
        "terms": _terms(view),
        "plan_due": None if view.plan else clock_of(actor, view.plan_due),
        "items": [item for item in items if item.record],
        "taken_back": [item for item in items if not item.record],
        "own_records": _own_records(actor) if may_publish else [],
        "may_publish": may_publish,
        "may_plan": may_plan_in_room.name in view.actions,
    }


def _terms(view: RoomView) -> tuple[Row, ...]:
    return tuple(
        Row(gettext(term.label), view.terms[term.name])
        for term in terms_of(DecisionKind.JOINT)
        if term.name in view.terms and not term.is_unit
    )


def _shown(item: RoomItemView) -> ShownItem:
    return ShownItem(
        id=item.id,
        unit=item.unit,
        is_ours=item.is_ours,
        record=shown_record(item.snapshot) if item.snapshot else None,
        published_at=item.published_at,
        revoked_at=item.revoked_at,
    )


def _own_records(actor: Actor) -> list[tuple[str, list[OwnRecord]]]:
    """By investigation; a record in protection never goes to a room, so it is not offered."""
    free = list_records_to_show(actor=actor, purpose="joint_room")
    free.sort(key=_reference_of, reverse=True)
    return [
        (reference, [_own_record(entity) for entity in group])
        for reference, group in groupby(free, key=_reference_of)
    ]


def _reference_of(entity: Entity) -> str:
    return entity.investigation.reference


def _own_record(entity: Entity) -> OwnRecord:
    return OwnRecord(entity_id=entity.pk, caption=entity.caption, kind=schema_word(entity.schema))
