"""Identifiers that too many hold: noted when found, listed, asked about and answered.

The ledger names a value by its row, never by what it is.
"""

from __future__ import annotations

from collections.abc import Collection

from crosslight.coordination.models import CommonValue, MatchKey, ValueAppeal
from crosslight.coordination.selectors.views import CommonHeld, CommonValueRow
from crosslight.coordination.services import index
from crosslight.coordination.services.opening import require_human
from crosslight.core.matching import exact_keys, unpack
from crosslight.core.policy import Actor, Facts, system_actor
from crosslight.core.policy.rules import (
    may_appeal_common_value,
    may_decide_common_value,
    may_view_common_values,
)
from crosslight.core.vocabulary.coordination import AppealState
from crosslight.foundation import clock
from crosslight.foundation.errors import NotFoundOrHidden, WrongState
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.text import clean_required
from crosslight.foundation.transactions import act, sole_act
from crosslight.investigations.models import Entity
from crosslight.investigations.selectors import entities_for
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

MOST_ROWS = 200
_LONGEST_REASON = 500
_MATCHING = system_actor("matching")
_ANSWERS = {AppealState.KEPT: Act.VALUE_KEPT_COMMON, AppealState.LIFTED: Act.VALUE_LIFTED}


def note(keys: Collection[int], *, entity: Entity) -> None:
    """Remember from when on these identifiers of `entity` were found common."""
    if not keys:
        return
    known = CommonValue.objects.filter(key__in=keys).values_list("key", flat=True)
    for key in sorted(set(keys) - set(known)):
        value = CommonValue.objects.create(key=key)
        record(actor=_MATCHING, act=Act.VALUE_FOUND_COMMON, objects=[value.pk, entity.pk])


def list_common_values(*, actor: Actor, purpose: str = "oversight") -> list[CommonValueRow]:
    """Those that are common now or asked about, most holders first."""
    require_standing(may_view_common_values, actor)
    with act():
        rows = rows_of_common_values()
        record(
            actor=actor,
            act=Act.VALUE_LISTED,
            objects=[name for row in rows for name in (row.id, row.appeal_id) if name],
            justification=purpose,
        )
    return rows


def rows_of_common_values() -> list[CommonValueRow]:
    values = CommonValue.objects.prefetch_related("appeals__unit").order_by("-since", "pk")
    rows = [row for value in values[:MOST_ROWS] if (row := _row(value)).is_shown]
    return sorted(rows, key=lambda row: (-row.holders, row.id))


def common_values_held(entity: Entity) -> tuple[CommonHeld, ...]:
    """Which identifiers of the unit's own entity make no matches: no number, no other holder."""
    texts = exact_keys(index.prepared_of(entity))
    if not texts or not index.is_matched(entity):
        return ()
    common = index.holding(dict.fromkeys(texts, index.EXACT)).common
    known = CommonValue.objects.filter(key__in=common).prefetch_related("appeals")
    return tuple(
        CommonHeld(
            id=value.pk,
            value=_readable(texts[value.key]),
            is_asked=any(each.state == AppealState.ASKED for each in value.appeals.all()),
        )
        for value in known.order_by("pk")
    )


def consult_held(*, actor: Actor, entity_id: str, value_id: str, purpose: str) -> CommonHeld:
    """One of the common values that the unit's own record holds."""
    with act():
        require_standing(may_appeal_common_value, actor)
        entity = _own_entity(actor, entity_id)
        held = _held(entity, value_id)
        record(
            actor=actor,
            act=Act.VALUE_LISTED,
            objects=[held.id, entity.pk],
            justification=purpose,
        )
    return held


def consult_appeal(*, actor: Actor, appeal_id: str, purpose: str = "appeal") -> CommonValueRow:
    """The value that an open appeal is about."""
    with act():
        require_standing(may_decide_common_value, actor)
        appeal = _appeal(appeal_id)
        require(may_decide_common_value, actor, Facts(state=appeal.state))
        row = _row(appeal.value)
        record(
            actor=actor,
            act=Act.VALUE_LISTED,
            objects=[appeal.value_id, appeal.pk],
            justification=purpose,
        )
    return row


def appeal_common_value(*, actor: Actor, entity_id: str, value_id: str, reason: str) -> ValueAppeal:
    """A unit head asks that a value its record holds be looked at again."""
    reason = clean_required(reason, field="reason", max_length=_LONGEST_REASON)
    with sole_act():
        require_standing(may_appeal_common_value, actor)
        entity = _own_entity(actor, entity_id)
        require(may_appeal_common_value, actor, Facts(unit_ids=frozenset({entity.unit_id})))
        require_human(actor)
        if _held(entity, value_id).is_asked:
            raise WrongState("It is being looked at already.")
        appeal = ValueAppeal.objects.create(
            value_id=value_id,
            entity=entity,
            unit_id=entity.unit_id,
            reason=reason,
            asked_by_id=actor.id,
        )
        record(
            actor=actor,
            act=Act.VALUE_APPEALED,
            objects=[value_id, appeal.pk, entity.pk],
            payload={"reason": reason},
        )
    return appeal


def answer_appeal(*, actor: Actor, appeal_id: str, answer: AppealState, reason: str) -> ValueAppeal:
    """Keep the value common, or lift it: it may then be held by ten times as many.

    What it makes likely is found when its holders are saved next, or by a rebuild.
    """
    reason = clean_required(reason, field="reason", max_length=_LONGEST_REASON)
    with sole_act():
        require_standing(may_decide_common_value, actor)
        appeal = _appeal(appeal_id)
        require(may_decide_common_value, actor, Facts(state=appeal.state))
        require_human(actor)
        appeal.state = answer.value
        appeal.answer = reason
        appeal.answered_by_id = actor.id
        appeal.answered_at = clock.now()
        appeal.save()
        if answer is AppealState.LIFTED:
            CommonValue.objects.filter(pk=appeal.value_id).update(lifted_at=clock.now())
        record(
            actor=actor,
            act=_ANSWERS[answer],
            objects=[appeal.value_id, appeal.pk],
            payload={"reason": reason},
        )
    return appeal


def _own_entity(actor: Actor, entity_id: str) -> Entity:
    held = entities_for(actor).filter(pk=entity_id)
    found = held.first() if is_id(entity_id, kind="ent") else None
    if found is None:
        raise NotFoundOrHidden
    return found


def _held(entity: Entity, value_id: str) -> CommonHeld:
    found = next((held for held in common_values_held(entity) if held.id == value_id), None)
    if found is None:
        raise NotFoundOrHidden
    return found


def _appeal(appeal_id: str) -> ValueAppeal:
    rows = ValueAppeal.objects.select_for_update(of=("self",)).select_related("value")
    found = rows.filter(pk=appeal_id).first() if is_id(appeal_id, kind="apl") else None
    if found is None:
        raise NotFoundOrHidden
    return found


def _row(value: CommonValue) -> CommonValueRow:
    asked = next((each for each in value.appeals.all() if each.state == AppealState.ASKED), None)
    text = _text_of(value.key)
    return CommonValueRow(
        id=value.pk,
        kind=text.partition(":")[0],
        value=_readable(text),
        holders=MatchKey.objects.filter(key=value.key).count(),
        since=value.since,
        lifted_at=value.lifted_at,
        is_common=value.key in index.holding({value.key: index.EXACT}).common,
        appeal_id=asked.pk if asked else "",
        appeal_unit=asked.unit.name if asked else "",
        appeal_reason=asked.reason if asked else "",
    )


def _text_of(key: int) -> str:
    """The identifier in words, from the profile of one who holds it; "" where nobody does."""
    held = MatchKey.objects.filter(key=key).values_list("profile__packed", flat=True)
    for packed in held[:1]:
        return exact_keys(unpack(packed)).get(key, "")
    return ""


def _readable(text: str) -> str:
    return text.partition(":")[2]
