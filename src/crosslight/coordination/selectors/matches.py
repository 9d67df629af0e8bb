"""The view of a match, built for one side and one state (invariant I1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from crosslight.coordination.models import (
    Decision,
    Handover,
    JointRoom,
    Match,
    MatchSide,
    Proposal,
    ReleasedValue,
)
from crosslight.coordination.selectors.scopes import facts_of_match
from crosslight.coordination.selectors.views import (
    BoardRow,
    CaseHeader,
    DecisionView,
    DutyContact,
    MatchRow,
    MatchView,
    OtherSide,
    OwnSide,
    OwnValue,
    Pointer,
    ProposalView,
    SetCell,
    SetRow,
)
from crosslight.core.entities.schemata import property_label
from crosslight.core.entities.verification import SET_LABELS, SetAttribute
from crosslight.core.lifecycle.match import (
    DECIDED_STATES,
    HEADER_IS_OPEN,
    SET_IS_OPEN,
    STATE_LABELS,
    MatchState,
)
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_acknowledge_match,
    may_agree_decision,
    may_answer_match,
    may_fill_criteria,
    may_propose_decision,
    may_send_outcome,
)
from crosslight.foundation import clock
from crosslight.investigations.selectors import current_statements
from crosslight.partnerships.models import Unit

_RULES = (
    may_acknowledge_match,
    may_answer_match,
    may_fill_criteria,
    may_propose_decision,
    may_agree_decision,
    may_send_outcome,
)
_S = MatchState
# Both verdicts are in from here on; they are no secret of one side any more.
_VERDICTS_ARE_OPEN = frozenset({_S.NOT_SAME, _S.UNRESOLVED}) | HEADER_IS_OPEN
# The criteria sheets and the columns of both sides lie open while the heads decide, and after.
_DELIBERATION_IS_OPEN = frozenset({_S.DELIBERATION, _S.CLOSED}) | DECIDED_STATES
_POINTERS_ARE_OPEN = frozenset({_S.NOTIFIED}) | SET_IS_OPEN


def match_view(match: Match, *, actor: Actor) -> MatchView:
    """What `actor`'s unit may read of the match now. The one place where the other side is read."""
    own, other = _halves(match, unit_id=actor.unit_id)
    state = MatchState(match.state)
    decision = _decision_of(match)
    return MatchView(
        id=match.pk,
        reference=match.reference,
        state=match.state,
        state_label=STATE_LABELS[state],
        schema=match.schema,
        band=match.band,
        weight=match.weight if state in SET_IS_OPEN else None,
        model=match.model,
        lexicon=match.lexicon,
        is_urgent=match.is_urgent,
        pointers=_pointers(match, state),
        own=_own_side(own),
        other=_other_side(other, state=state),
        verification=_set_rows(match, own) if state in SET_IS_OPEN else (),
        proposals=_proposals(match, own) if state in _DELIBERATION_IS_OPEN else (),
        decision=_decision_view(decision) if decision and state is not _S.ANNULLED else None,
        handover_id=_handover_id(decision),
        room_id=_room_id(decision),
        notified_at=match.notified_at,
        due_at=due_of(match),
        acknowledge_by=match.acknowledge_by,
        answer_by=match.answer_by,
        decide_by=match.decide_by,
        outcome_by=match.outcome_by,
        escalated_at=match.escalated_at,
        actions=_actions(match, own, actor=actor),
    )


def match_row(match: Match, *, actor: Actor) -> MatchRow:
    own, other = _halves(match, unit_id=actor.unit_id)
    state = MatchState(match.state)
    return MatchRow(
        id=match.pk,
        reference=match.reference,
        state=match.state,
        state_label=STATE_LABELS[state],
        schema=match.schema,
        band=match.band,
        is_urgent=match.is_urgent,
        agrees=tuple(pointer for pointer in _pointers(match, state) if pointer.weight > 0),
        other_unit=other.unit.name,
        other_country=other.country_id,
        own_caption=own.entity.caption,
        own_investigation_id=own.investigation_id,
        own_investigation_reference=own.investigation.reference,
        notified_at=match.notified_at,
        due_at=due_of(match),
        is_our_turn=_is_turn_of(match, own, other),
        escalated_at=match.escalated_at,
    )


def own_entity(match: Match, *, actor: Actor) -> str:
    """Whose caption stands in the inbox of `actor`'s unit."""
    own, _ = _halves(match, unit_id=actor.unit_id)
    return own.entity_id


def entities_shown(match: Match, *, actor: Actor) -> tuple[str, ...]:
    """The records of which the match's page shows values now: for the ledger, never for a page."""
    own, other = _halves(match, unit_id=actor.unit_id)
    is_open = MatchState(match.state) in SET_IS_OPEN
    return (own.entity_id, other.entity_id) if is_open else (own.entity_id,)


def board_row(match: Match) -> BoardRow:
    """For national points and the regional office: who owes what, and nothing of what it is."""
    sides = sorted(match.sides.all(), key=lambda side: side.unit.name)
    due = due_of(match)
    first, second = sides
    owing = [
        side.unit.name
        for side, twin in ((first, second), (second, first))
        if _is_turn_of(match, side, twin)
    ]
    return BoardRow(
        id=match.pk,
        reference=match.reference,
        state=match.state,
        state_label=STATE_LABELS[MatchState(match.state)],
        schema=match.schema,
        is_urgent=match.is_urgent,
        countries=tuple(side.country_id for side in sides),
        units=tuple(side.unit.name for side in sides),
        notified_at=match.notified_at,
        due_at=due,
        is_overdue=due is not None and due < clock.now(),
        escalated_at=match.escalated_at,
        owed_by=tuple(owing),
    )


def due_of(match: Match) -> datetime | None:
    """The clock that runs in the present state."""
    clocks: Mapping[str, datetime | None] = {
        _S.NOTIFIED: match.acknowledge_by,
        _S.ACKNOWLEDGED: match.answer_by,
        _S.CONFIRMED_SAME: match.decide_by,
        _S.DELIBERATION: match.decide_by,
        **dict.fromkeys(DECIDED_STATES, match.outcome_by),
    }
    return clocks.get(MatchState(match.state))


def duty_of(unit: Unit) -> DutyContact:
    return DutyContact(
        name=unit.duty_name,
        phone=unit.duty_phone,
        languages=unit.duty_languages,
        time_zone=unit.country.time_zone,
    )


def _halves(match: Match, *, unit_id: str | None) -> tuple[MatchSide, MatchSide]:
    own = next(side for side in match.sides.all() if side.unit_id == unit_id)
    other = next(side for side in match.sides.all() if side.unit_id != unit_id)
    return own, other


def _pointers(match: Match, state: MatchState) -> tuple[Pointer, ...]:
    """What agrees; once the sets are open, what speaks against it, too."""
    if state not in _POINTERS_ARE_OPEN:
        return ()
    found = (
        Pointer(
            attribute=item["attribute"],
            level=item["level"],
            weight=item["weight"],
            label=item["label"],
            template=item["template"],
            params=item["params"],
        )
        for item in match.evidence
    )
    return tuple(pointer for pointer in found if pointer.weight > 0 or state in SET_IS_OPEN)


def _own_side(side: MatchSide) -> OwnSide:
    return OwnSide(
        unit_id=side.unit_id,
        unit=side.unit.name,
        investigation_id=side.investigation_id,
        investigation_reference=side.investigation.reference,
        entity_id=side.entity_id,
        caption=side.entity.caption,
        values=tuple(_own_values(side)),
        is_trigger=side.is_trigger,
        acknowledged_at=side.acknowledged_at,
        verdict=side.verdict,
        verdict_reason=side.verdict_reason,
        answered_at=side.answered_at,
        criteria=side.criteria,
        outcome=side.outcome,
        outcome_note=side.outcome_note,
    )


def _own_values(side: MatchSide) -> Iterable[OwnValue]:
    for statement in current_statements(side.entity):
        yield OwnValue(
            statement_id=statement.pk,
            property=statement.property,
            label=property_label(side.entity.schema, statement.property),
            value=statement.value,
            handling_code=statement.handling_code,
            nature=statement.nature,
        )


def _other_side(side: MatchSide, *, state: MatchState) -> OtherSide:
    return OtherSide(
        unit_id=side.unit_id,
        unit=side.unit.name,
        country=side.country_id,
        country_name=side.unit.country.name,
        duty=duty_of(side.unit),
        crime_area=side.investigation.crime_area,
        has_acknowledged=side.acknowledged_at is not None,
        has_answered=bool(side.verdict),
        verdict=side.verdict if state in _VERDICTS_ARE_OPEN else "",
        header=_header(side) if state in HEADER_IS_OPEN else None,
        criteria=side.criteria if state in _DELIBERATION_IS_OPEN else {},
        outcome=side.outcome if state is MatchState.CLOSED else "",
    )


def _header(side: MatchSide) -> CaseHeader:
    investigation = side.investigation
    return CaseHeader(
        phase=investigation.phase,
        entity_role=side.entity.role,
        first_registered_at=investigation.approved_at,
        is_judicial=investigation.is_judicial,
        has_planned_operation=investigation.has_planned_operation,
    )


def _set_rows(match: Match, own: MatchSide) -> tuple[SetRow, ...]:
    released = list(match.released_values.order_by("pk"))
    held = {value.attribute for value in released}
    return tuple(
        SetRow(
            attribute=attribute.value,
            label=SET_LABELS[attribute],
            own=_cells(released, attribute, is_own=True, unit_id=own.unit_id),
            other=_cells(released, attribute, is_own=False, unit_id=own.unit_id),
        )
        for attribute in SetAttribute
        if attribute.value in held
    )


def _cells(
    released: Iterable[ReleasedValue], attribute: SetAttribute, *, is_own: bool, unit_id: str
) -> tuple[SetCell, ...]:
    return tuple(
        SetCell(
            value=value.value,
            handling_code=value.handling_code,
            nature=value.nature,
            is_withheld=value.is_withheld,
        )
        for value in released
        if value.attribute == attribute and (value.from_unit_id == unit_id) is is_own
    )


def _proposals(match: Match, own: MatchSide) -> tuple[ProposalView, ...]:
    found = match.proposals.select_related("unit", "by").order_by("at", "pk")
    return tuple(_proposal_view(proposal, own) for proposal in found)


def _proposal_view(proposal: Proposal, own: MatchSide) -> ProposalView:
    return ProposalView(
        id=proposal.pk,
        unit_id=proposal.unit_id,
        unit=proposal.unit.name,
        is_ours=proposal.unit_id == own.unit_id,
        kind=proposal.kind,
        giver_unit_id=proposal.giver_unit_id,
        terms=proposal.terms,
        reason=proposal.reason,
        by=proposal.by.name,
        at=proposal.at,
        is_superseded=proposal.superseded_at is not None,
    )


def _decision_of(match: Match) -> Decision | None:
    return Decision.objects.filter(match=match).select_related("head_a", "head_b").first()


def _decision_view(decision: Decision) -> DecisionView:
    return DecisionView(
        id=decision.pk,
        reference=decision.reference,
        kind=decision.kind,
        giver_unit_id=decision.giver_id,
        receiver_unit_id=decision.receiver_id,
        terms=decision.terms,
        reason_a=decision.reason_a,
        reason_b=decision.reason_b,
        head_a=decision.head_a.name,
        head_b=decision.head_b.name,
        agreed_at=decision.agreed_at,
        procedure_version=decision.procedure_version,
    )


def _handover_id(decision: Decision | None) -> str | None:
    ids = Handover.objects.filter(decision=decision).values_list("pk", flat=True)
    return ids.first() if decision else None


def _room_id(decision: Decision | None) -> str | None:
    ids = JointRoom.objects.filter(decision=decision).values_list("pk", flat=True)
    return ids.first() if decision else None


def _actions(match: Match, own: MatchSide, *, actor: Actor) -> frozenset[str]:
    facts = facts_of_match(match)
    allowed = {rule.name for rule in _RULES if rule(actor, facts)}
    if own.acknowledged_at is not None:
        allowed.discard(may_acknowledge_match.name)
    if own.verdict:
        allowed.discard(may_answer_match.name)
    return frozenset(allowed)


def _is_turn_of(match: Match, own: MatchSide, other: MatchSide) -> bool:
    """Whether the next step is this side's."""
    state = MatchState(match.state)
    if state is MatchState.NOTIFIED:
        return own.acknowledged_at is None
    if state is MatchState.ACKNOWLEDGED:
        return not own.verdict
    if state in (MatchState.CONFIRMED_SAME, MatchState.DELIBERATION):
        return _has_to_propose(match, own, other)
    return state in DECIDED_STATES and not own.outcome and _outcome_is_due(match)


def _has_to_propose(match: Match, own: MatchSide, other: MatchSide) -> bool:
    """The side that spoke last waits; before anyone spoke, both have to."""
    columns = {
        proposal.unit_id: proposal.at for proposal in match.proposals.filter(superseded_at=None)
    }
    ours, theirs = columns.get(own.unit_id), columns.get(other.unit_id)
    return ours is None or (theirs is not None and theirs > ours)


def _outcome_is_due(match: Match) -> bool:
    return match.outcome_by is not None and match.outcome_by <= clock.now()
