"""What the page of a handover shows to the unit that gives and to the unit that receives."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from crosslight.coordination.selectors.views import Candidate, HandoverItemView, HandoverView
from crosslight.core.lifecycle.handover import HandoverState, ItemState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_answer_handover,
    may_offer_handover,
    may_prepare_handover,
    may_record_permission,
    may_withdraw_handover,
)
from crosslight.core.vocabulary.coordination import REFUSAL_LABELS, RefusalCode
from crosslight.investigations.services import list_cases_to_enter
from crosslight.web.shared.components import Tone
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import word
from crosslight.web.unit.clocks import clock_of
from crosslight.web.unit.handover_forms import AcceptForm, OfferForm, RefuseForm
from crosslight.web.unit.released import ShownRecord, handling_word, schema_word, shown_record

HANDOVER_TONES: dict[str, Tone] = {
    HandoverState.PREPARED: Tone.PROGRESS,
    HandoverState.OFFERED: Tone.WAITING,
    HandoverState.WITHDRAWN: Tone.STOPPED,
    HandoverState.COMPLETED: Tone.DONE,
}
_ITEM_TONES: dict[str, Tone] = {
    ItemState.OFFERED: Tone.WAITING,
    ItemState.ACCEPTED: Tone.DONE,
    ItemState.REFUSED: Tone.STOPPED,
}


@dataclass(frozen=True, slots=True)
class PickLine:
    """A record of the giver's investigation: picked, free to pick, or why it cannot go."""

    entity_id: str
    caption: str
    kind: str
    handling: str
    item_id: str
    blocked: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One record of the package; `record` None: its content is not, or no longer, here."""

    id: str
    number: int
    state: str
    tone: Tone
    handling: str
    record: ShownRecord | None
    refusal: str
    refusal_note: str
    received_entity_id: str | None
    accept: AcceptForm | None
    refuse: RefuseForm | None


def own_investigations(actor: Actor) -> list[tuple[str, str]]:
    """Where the actor may put what is accepted."""
    return [
        (each.pk, f"{each.reference}: {each.title}")
        for each in list_cases_to_enter(actor=actor, purpose="handover")
    ]


def page_of(
    actor: Actor, view: HandoverView, *, bound: ScreenForm | None, item_id: str
) -> dict[str, object]:
    offer = bound if isinstance(bound, OfferForm) else OfferForm(view.receiver)
    items = _item_lines(actor, view, bound=bound, item_id=item_id)
    return {
        "handover": view,
        "tone": HANDOVER_TONES[view.state],
        "due": clock_of(actor, view.answer_by) if view.state == HandoverState.OFFERED else None,
        "items": items,
        "first_open": next((item.id for item in items if item.accept), ""),
        "open_items": sum(1 for item in items if item.accept),
        "picks": _pick_lines(view),
        "offer_form": offer,
        "faulty": bound,
        "may_pick": may_prepare_handover.name in view.actions,
        "may_permit": may_record_permission.name in view.actions,
        "may_offer": may_offer_handover.name in view.actions,
        "may_withdraw": may_withdraw_handover.name in view.actions,
        "is_head_of_receiver": may_answer_handover.name in view.actions,
    }


def _pick_lines(view: HandoverView) -> list[PickLine]:
    items = {item.entity_id: item.id for item in view.items}
    return [_pick_line(each, items.get(each.entity_id, "")) for each in view.candidates]


def _pick_line(candidate: Candidate, item_id: str) -> PickLine:
    return PickLine(
        entity_id=candidate.entity_id,
        caption=candidate.caption,
        kind=schema_word(candidate.schema),
        handling=handling_word(candidate.handling_code),
        item_id=item_id,
        blocked=candidate.blocked,
    )


def _item_lines(
    actor: Actor, view: HandoverView, *, bound: ScreenForm | None, item_id: str
) -> list[ItemLine]:
    may_answer = may_answer_handover.name in view.actions
    choices = own_investigations(actor) if may_answer else []
    lines = []
    for number, item in enumerate(view.items, start=1):
        is_open = may_answer and item.state == ItemState.OFFERED
        accept = _accept_form(item, view, choices) if is_open else None
        refuse = _refuse_form(item, bound, item_id) if is_open else None
        lines.append(_item_line(item, number=number, accept=accept, refuse=refuse))
    return lines


def _accept_form(
    item: HandoverItemView, view: HandoverView, choices: list[tuple[str, str]]
) -> AcceptForm:
    return AcceptForm(item.id, investigations=choices, usual=view.receiver_investigation_id)


def _refuse_form(item: HandoverItemView, bound: ScreenForm | None, item_id: str) -> RefuseForm:
    if isinstance(bound, RefuseForm) and item.id == item_id:
        return bound
    return RefuseForm(item.id)


def _item_line(
    item: HandoverItemView,
    *,
    number: int,
    accept: AcceptForm | None,
    refuse: RefuseForm | None,
) -> ItemLine:
    return ItemLine(
        id=item.id,
        number=number,
        state=gettext(item.state_label),
        tone=_ITEM_TONES[item.state],
        handling=handling_word(item.handling_code),
        record=shown_record(item.snapshot) if item.snapshot else None,
        refusal=word(REFUSAL_LABELS, RefusalCode(item.refusal_code)) if item.refusal_code else "",
        refusal_note=item.refusal_note,
        received_entity_id=item.received_entity_id,
        accept=accept,
        refuse=refuse,
    )
