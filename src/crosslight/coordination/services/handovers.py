"""Handing over, item by item (procedures A.3, C7b; I5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import settle_notices
from crosslight.coordination.errors import (
    AlreadyAnswered,
    NothingToHandOver,
    PermissionMissing,
    ProtectedRecord,
    ReceiverNotConfirmed,
    RecordChanged,
)
from crosslight.coordination.models import (
    Decision,
    Handover,
    HandoverItem,
    OriginatorPermission,
)
from crosslight.coordination.selectors.scopes import HANDOVER_COLUMNS, facts_of_handover
from crosslight.coordination.services.opening import Sides
from crosslight.coordination.services.release import has_permission
from crosslight.core.entities.snapshot import EntitySnapshot
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.handover import (
    ANSWER_WITHIN,
    HANDOVER,
    HANDOVER_ITEM,
    HandoverState,
    HandoverVerb,
    ItemState,
    ItemVerb,
)
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import (
    may_answer_handover,
    may_offer_handover,
    may_prepare_handover,
    may_record_permission,
    may_view_handover,
    may_withdraw_handover,
)
from crosslight.core.vocabulary.coordination import RefusalCode, Route
from crosslight.core.vocabulary.law import HandlingCode, needs_permission
from crosslight.core.vocabulary.people import UNIT_ROLES, Role
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors, NotFoundOrHidden
from crosslight.foundation.guard import advance, require
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.rows import visible_row
from crosslight.foundation.text import clean, clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.investigations.models import Entity, Statement
from crosslight.investigations.selectors import current_statements, route_of_entity
from crosslight.investigations.services import receive_entity, snapshot_of
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.selectors import users_with_role
from crosslight.partnerships.services import notify_unit

_LONGEST_NOTE = 500


def prepare_handover(decision: Decision, sides: Sides, *, actor: Actor) -> Handover:
    """The empty package that a HANDOVER decision makes; called by the decision alone."""
    by_unit = {side.unit_id: side for side in (sides.own, sides.other)}
    giver = by_unit[str(decision.giver_id)]
    receiver = by_unit[str(decision.receiver_id)]
    handover = Handover.objects.create(
        decision=decision,
        giver_id=giver.unit_id,
        giver_investigation_id=giver.investigation_id,
        receiver_id=receiver.unit_id,
        receiver_investigation_id=receiver.investigation_id,
        prepared_at=clock.now(),
    )
    record(actor=actor, act=Act.HANDOVER_PREPARED, objects=[handover.pk, decision.pk])
    _tell_heads(handover, unit_id=giver.unit_id, kind=NoticeKind.HANDOVER_WAITING)
    return handover


def add_item(*, actor: Actor, handover_id: str, entity_id: str) -> HandoverItem:
    """Pick one record of the giver's investigation, as it stands now."""
    with sole_act():
        handover = _opened(actor, handover_id, to=may_prepare_handover)
        entity = _own_entity(handover, entity_id)
        if route_of_entity(entity) is Route.PROTECTION:
            raise ProtectedRecord
        if statements_lacking_permission(entity, receiver_id=handover.receiver_id):
            raise PermissionMissing
        snapshot = snapshot_of(entity)
        content = snapshot.to_dict()
        item, is_new = HandoverItem.objects.get_or_create(
            handover=handover,
            entity=entity,
            defaults={
                "entity_version": entity.version,
                "snapshot": content,
                "snapshot_sha256": _digest(content),
                "handling_code": snapshot.handling_code.value,
            },
        )
        if is_new:
            record(
                actor=actor, act=Act.HANDOVER_ITEM_ADDED, objects=[handover.pk, item.pk, entity.pk]
            )
    return item


def remove_item(*, actor: Actor, item_id: str) -> None:
    with sole_act():
        item = _opened_item(actor, item_id, to=may_prepare_handover)
        ids = [item.handover_id, item.pk, item.entity_id]
        record(actor=actor, act=Act.HANDOVER_ITEM_REMOVED, objects=ids)
        _record_erased([item], actor=actor)
        item.delete()


def record_permission(
    *,
    actor: Actor,
    handover_id: str,
    entity_id: str,
    originator: str,
    reference: str,
    granted_on: date,
) -> tuple[OriginatorPermission, ...]:
    """Store that the originator lets every H2 and H3 statement of the record go to the receiver."""
    originator = clean_required(originator, field="originator", max_length=200)
    reference = clean_required(reference, field="reference", max_length=100)
    if granted_on > clock.today():
        raise FieldErrors(
            (FieldError("H-107", "granted_on", "This date is still to come.", "Check the date."),)
        )
    with sole_act():
        handover = _opened(actor, handover_id, to=may_record_permission)
        entity = _own_entity(handover, entity_id)
        lacking = statements_lacking_permission(entity, receiver_id=handover.receiver_id)
        permissions = tuple(
            OriginatorPermission.objects.create(
                statement=statement,
                receiver_id=handover.receiver_id,
                originator=originator,
                reference=reference,
                granted_on=granted_on,
                recorded_by_id=actor.id,
                recorded_at=clock.now(),
            )
            for statement in lacking
        )
        record(
            actor=actor,
            act=Act.PERMISSION_RECORDED,
            objects=[handover.pk, entity.pk, *(permission.pk for permission in permissions)],
        )
    return permissions


def offer_handover(*, actor: Actor, handover_id: str, receiver_typed: str) -> Handover:
    """Send the package. The receiver's name is typed once more; what changed must be seen again."""
    with sole_act():
        handover = _opened(actor, handover_id, to=may_offer_handover)
        if _plain(receiver_typed) != _plain(handover.receiver.name):
            raise ReceiverNotConfirmed
        items = list(handover.items.select_related("entity"))
        _check_ready(handover, items)
        handover.state = _advance(handover, HandoverVerb.OFFER)
        handover.offered_at = clock.now()
        handover.answer_by = handover.offered_at + ANSWER_WITHIN
        handover.save()
        record(
            actor=actor,
            act=Act.HANDOVER_OFFERED,
            objects=[
                handover.pk,
                *(item.pk for item in items),
                *(item.entity_id for item in items),
            ],
            justification="handover",
            recipients=[handover.receiver_id],
        )
        _settle(handover, unit_id=handover.giver_id)
        _tell_heads(handover, unit_id=handover.receiver_id, kind=NoticeKind.HANDOVER_WAITING)
    return handover


def withdraw_handover(*, actor: Actor, handover_id: str) -> Handover:
    """Take the package back, as long as nothing of it was accepted; the offer's content goes."""
    with sole_act():
        handover = _opened(actor, handover_id, to=may_withdraw_handover)
        if handover.items.filter(state=ItemState.ACCEPTED).exists():
            raise AlreadyAnswered
        handover.state = _advance(handover, HandoverVerb.WITHDRAW)
        handover.save()
        record(actor=actor, act=Act.HANDOVER_WITHDRAWN, objects=[handover.pk])
        erase_snapshots(handover.items.all(), actor=actor)
        _settle(handover, unit_id=handover.receiver_id)
        _settle(handover, unit_id=handover.giver_id)
    return handover


def accept_item(*, actor: Actor, item_id: str, investigation_id: str | None = None) -> Entity:
    """Take one record into an investigation of the receiver; without a choice, into the match's."""
    with sole_act():
        item = _opened_item(actor, item_id, to=may_answer_handover)
        # Before the snapshot is read: of what was answered already there may be none.
        item.state = advance(HANDOVER_ITEM, ItemState(item.state), ItemVerb.ACCEPT)
        entity = receive_entity(
            actor=actor,
            investigation_id=investigation_id or item.handover.receiver_investigation_id,
            snapshot=EntitySnapshot.from_dict(item.snapshot),
            handover_id=item.handover_id,
        )
        item.received_entity = entity
        _answer(item, actor=actor)
        record(
            actor=actor,
            act=Act.HANDOVER_ITEM_ACCEPTED,
            objects=[item.handover_id, item.pk, entity.pk],
        )
        complete_if_answered(item.handover, actor=actor)
    return entity


def refuse_item(*, actor: Actor, item_id: str, code: RefusalCode, note: str = "") -> HandoverItem:
    """Refuse one record with a code; its content is not kept."""
    note = clean(note, field="note", max_length=_LONGEST_NOTE)
    with sole_act():
        item = _opened_item(actor, item_id, to=may_answer_handover)
        item.refusal_code = code.value
        item.refusal_note = note
        item.snapshot = {}
        item.state = advance(HANDOVER_ITEM, ItemState(item.state), ItemVerb.REFUSE)
        _answer(item, actor=actor)
        record(
            actor=actor,
            act=Act.HANDOVER_ITEM_REFUSED,
            objects=[item.handover_id, item.pk],
            reference=code.value,
        )
        _record_erased([item], actor=actor)
        complete_if_answered(item.handover, actor=actor)
    return item


def statements_lacking_permission(entity: Entity, *, receiver_id: str) -> list[Statement]:
    """I5: the H2 and H3 statements that may not go to this receiver yet."""
    return [
        statement
        for statement in current_statements(entity)
        if needs_permission(HandlingCode(statement.handling_code))
        and not has_permission(statement, receiver_id=receiver_id)
    ]


def _opened(actor: Actor, handover_id: str, *, to: Rule) -> Handover:
    handover = visible_row(
        Handover.objects.select_for_update(of=("self",)).select_related("receiver"),
        rule=may_view_handover,
        actor=actor,
        columns=HANDOVER_COLUMNS,
        row_id=handover_id,
    )
    require(to, actor, facts_of_handover(handover))
    return handover


def _opened_item(actor: Actor, item_id: str, *, to: Rule) -> HandoverItem:
    if not is_id(item_id, kind="hai"):
        raise NotFoundOrHidden
    item = HandoverItem.objects.filter(pk=item_id).first()
    if item is None:
        raise NotFoundOrHidden
    item.handover = _opened(actor, item.handover_id, to=to)
    return item


def _own_entity(handover: Handover, entity_id: str) -> Entity:
    if not is_id(entity_id, kind="ent"):
        raise NotFoundOrHidden
    entity = (
        Entity.objects.filter(
            pk=entity_id,
            investigation_id=handover.giver_investigation_id,
            state=EntityState.ACTIVE,
        )
        .select_related("unit", "investigation")
        .first()
    )
    if entity is None:
        raise NotFoundOrHidden
    return entity


def _check_ready(handover: Handover, items: Iterable[HandoverItem]) -> None:
    """What was true when the items were picked must be true when they go."""
    picked = list(items)
    if not picked:
        raise NothingToHandOver
    for item in picked:
        entity = item.entity
        if entity.version != item.entity_version or entity.state != EntityState.ACTIVE:
            raise RecordChanged
        if statements_lacking_permission(entity, receiver_id=handover.receiver_id):
            raise PermissionMissing


def _answer(item: HandoverItem, *, actor: Actor) -> None:
    item.answered_at = clock.now()
    item.answered_by_id = actor.id
    item.save()


def erase_snapshots(items: QuerySet[HandoverItem], *, actor: Actor) -> None:
    """What was picked or offered is not kept: the row and its digest stay, the content goes."""
    held = [item for item in items.order_by("pk") if item.snapshot]
    HandoverItem.objects.filter(pk__in=[item.pk for item in held]).update(snapshot={})
    _record_erased(held, actor=actor)


def _record_erased(items: Sequence[HandoverItem], *, actor: Actor) -> None:
    names = [name for item in items for name in (item.pk, item.entity_id)]
    if names:
        record(actor=actor, act=Act.HANDOVER_ITEM_ERASED, objects=names)


def complete_if_answered(handover: Handover, *, actor: Actor) -> None:
    """When the last item was answered: the receipt, and word to the giver."""
    if handover.items.filter(state=ItemState.OFFERED).exists():
        return
    handover.state = _advance(handover, HandoverVerb.COMPLETE)
    handover.completed_at = clock.now()
    handover.receipt = f"{handover.decision.reference}-R"
    handover.save()
    record(
        actor=actor,
        act=Act.HANDOVER_COMPLETED,
        objects=[handover.pk],
        justification="handover",
        recipients=[handover.giver_id, handover.receiver_id],
    )
    _settle(handover, unit_id=handover.receiver_id)
    _tell_heads(handover, unit_id=handover.giver_id, kind=NoticeKind.HANDOVER_ANSWERED)


def _advance(handover: Handover, verb: HandoverVerb) -> HandoverState:
    return advance(HANDOVER, HandoverState(handover.state), verb)


def _tell_heads(handover: Handover, *, unit_id: str, kind: NoticeKind) -> None:
    notify_unit(
        unit_id=unit_id,
        roles=[Role.UNIT_HEAD],
        kind=kind,
        object_id=handover.pk,
        due_at=handover.answer_by,
    )


def _settle(handover: Handover, *, unit_id: str) -> None:
    settle_notices(
        object_id=handover.pk,
        kinds=[NoticeKind.HANDOVER_WAITING],
        users=users_with_role(UNIT_ROLES, unit_id=unit_id),
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
