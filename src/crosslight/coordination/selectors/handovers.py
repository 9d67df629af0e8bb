"""The view of a handover for the unit that gives and for the unit that receives."""

from __future__ import annotations

from crosslight.coordination.models import Handover, HandoverItem, OriginatorPermission
from crosslight.coordination.selectors.scopes import facts_of_handover
from crosslight.coordination.selectors.views import (
    Candidate,
    HandoverItemView,
    HandoverRow,
    HandoverView,
)
from crosslight.core.entities.snapshot import EntitySnapshot, is_barred_from_court
from crosslight.core.entities.states import EntityState
from crosslight.core.lifecycle.handover import (
    HANDOVER_LABELS,
    ITEM_LABELS,
    HandoverState,
    ItemState,
)
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_answer_handover,
    may_offer_handover,
    may_prepare_handover,
    may_record_permission,
    may_withdraw_handover,
)
from crosslight.core.vocabulary.coordination import Route
from crosslight.core.vocabulary.law import HandlingCode, most_restrictive, needs_permission
from crosslight.investigations.models import Entity
from crosslight.investigations.selectors import current_statements, route_of_entity

_RULES = (
    may_prepare_handover,
    may_record_permission,
    may_offer_handover,
    may_withdraw_handover,
    may_answer_handover,
)
NEEDS_PERMISSION = "needs_permission"
PROTECTED = "protected"


def handover_view(handover: Handover, *, actor: Actor) -> HandoverView:
    is_giver = handover.giver_id == actor.unit_id
    items = _items_for(handover, is_giver=is_giver)
    is_prepared = handover.state == HandoverState.PREPARED
    return HandoverView(
        id=handover.pk,
        match_id=handover.decision.match_id,
        decision_reference=handover.decision.reference,
        state=handover.state,
        state_label=HANDOVER_LABELS[HandoverState(handover.state)],
        is_giver=is_giver,
        giver=handover.giver.name,
        receiver=handover.receiver.name,
        receiver_investigation_id=None if is_giver else handover.receiver_investigation_id,
        items=tuple(_item_view(item, is_giver=is_giver) for item in items),
        candidates=_candidates(handover, items) if is_giver and is_prepared else (),
        offered_at=handover.offered_at,
        answer_by=handover.answer_by,
        completed_at=handover.completed_at,
        receipt=handover.receipt,
        actions=_actions(handover, items, actor=actor),
    )


def _items_for(handover: Handover, *, is_giver: bool) -> list[HandoverItem]:
    """Of a package that was never offered the receiver learns neither number nor codes."""
    if not is_giver and handover.offered_at is None:
        return []
    return list(handover.items.select_related("entity").order_by("pk"))


def records_shown(handover: Handover, view: HandoverView) -> list[str]:
    """The items and records of which the view shows something: for the ledger, never for a page."""
    shown = [item.id for item in view.items if item.snapshot or item.received_entity_id]
    behind = handover.items.filter(pk__in=shown).order_by("pk").values_list("entity_id", flat=True)
    received = [item.received_entity_id for item in view.items if item.received_entity_id]
    return [*shown, *behind, *received, *(each.entity_id for each in view.candidates)]


def handover_row(handover: Handover, *, actor: Actor) -> HandoverRow:
    return HandoverRow(
        id=handover.pk,
        match_id=handover.decision.match_id,
        state=handover.state,
        state_label=HANDOVER_LABELS[HandoverState(handover.state)],
        is_giver=handover.giver_id == actor.unit_id,
        giver=handover.giver.name,
        receiver=handover.receiver.name,
        answer_by=handover.answer_by,
    )


def _actions(handover: Handover, items: list[HandoverItem], *, actor: Actor) -> frozenset[str]:
    facts = facts_of_handover(handover)
    allowed = {rule.name for rule in _RULES if rule(actor, facts)}
    if any(item.state == ItemState.ACCEPTED for item in items):
        allowed.discard(may_withdraw_handover.name)
    return frozenset(allowed)


def _item_view(item: HandoverItem, *, is_giver: bool) -> HandoverItemView:
    code = HandlingCode(item.handling_code)
    return HandoverItemView(
        id=item.pk,
        entity_id=item.entity_id if is_giver else None,
        state=item.state,
        state_label=ITEM_LABELS[ItemState(item.state)],
        handling_code=code.value,
        is_barred_from_court=is_barred_from_court(code),
        snapshot=EntitySnapshot.from_dict(item.snapshot) if item.snapshot else None,
        refusal_code=item.refusal_code,
        refusal_note=item.refusal_note,
        received_entity_id=None if is_giver else item.received_entity_id,
    )


def _candidates(handover: Handover, items: list[HandoverItem]) -> tuple[Candidate, ...]:
    picked = {item.entity_id for item in items}
    entities = Entity.objects.filter(
        investigation_id=handover.giver_investigation_id, state=EntityState.ACTIVE
    ).order_by("entered_at", "pk")
    return tuple(_candidate(handover, entity, picked=picked) for entity in entities)


def _candidate(handover: Handover, entity: Entity, *, picked: set[str]) -> Candidate:
    statements = current_statements(entity)
    codes = [HandlingCode(statement.handling_code) for statement in statements]
    permitted = set(
        OriginatorPermission.objects.filter(
            statement__in=statements, receiver_id=handover.receiver_id
        ).values_list("statement_id", flat=True)
    )
    lacks = any(
        needs_permission(code) and statement.pk not in permitted
        for statement, code in zip(statements, codes, strict=True)
    )
    is_protected = route_of_entity(entity) is Route.PROTECTION
    return Candidate(
        entity_id=entity.pk,
        caption=entity.caption,
        schema=entity.schema,
        handling_code=most_restrictive(*codes).value,
        is_picked=entity.pk in picked,
        blocked=PROTECTED if is_protected else NEEDS_PERMISSION if lacks else "",
    )
