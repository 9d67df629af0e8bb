"""Deciding together: criteria sheets, two columns, one decision, what came of it (A.3 to A.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max

from crosslight.accounts.models import NoticeKind
from crosslight.coordination.models import Decision, Match, MatchSide, Proposal
from crosslight.coordination.services.handovers import prepare_handover
from crosslight.coordination.services.opening import (
    Sides,
    move,
    opened_match,
    parties,
    require_human,
    settle,
    sides_of,
    tell_units,
)
from crosslight.coordination.services.rooms import open_room
from crosslight.coordination.services.terms import checked_terms
from crosslight.core.coordination.terms import PROCEDURE_VERSION
from crosslight.core.lifecycle.match import (
    OUTCOME_AFTER,
    MatchState,
    MatchVerb,
)
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_agree_decision,
    may_fill_criteria,
    may_propose_decision,
    may_send_outcome,
)
from crosslight.core.vocabulary.coordination import Criterion, DecisionKind, OutcomeCode
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.errors import (
    FieldError,
    FieldErrors,
    NotFoundOrHidden,
    StaleVersion,
    WrongState,
)
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.text import clean, clean_required
from crosslight.foundation.transactions import sole_act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.services import notify_unit

_LONGEST_ANSWER = 1000
_LONGEST_REASON = 1000
_LONGEST_NOTE = 500
_VERBS = {
    DecisionKind.SEPARATE: MatchVerb.DECIDE_SEPARATE,
    DecisionKind.HANDOVER: MatchVerb.DECIDE_HANDOVER,
    DecisionKind.JOINT: MatchVerb.DECIDE_JOINT,
}


@dataclass(frozen=True, slots=True)
class Column:
    """What one side would do; two equal columns are a decision."""

    kind: DecisionKind
    giver_unit_id: str | None
    terms: Mapping[str, str]
    reason: str


def fill_criteria(*, actor: Actor, match_id: str, answers: Mapping[Criterion, str]) -> Match:
    """Write the own column of the criteria sheet; "" takes an answer back. Nothing is summed."""
    cleaned = {
        criterion.value: clean(text, field=criterion.value, max_length=_LONGEST_ANSWER)
        for criterion, text in answers.items()
    }
    with sole_act():
        match = opened_match(actor, match_id, to=may_fill_criteria)
        side = sides_of(match, unit_id=actor.unit_id).own
        merged = side.criteria | cleaned
        side.criteria = {key: text for key, text in merged.items() if text}
        side.criteria_at = clock.now()
        side.criteria_by_id = actor.id
        side.save()
        record(actor=actor, act=Act.MATCH_CRITERIA_FILLED, objects=[match.pk])
    return match


def propose_decision(
    *,
    actor: Actor,
    match_id: str,
    kind: DecisionKind,
    terms: Mapping[str, str],
    reason: str,
    giver_unit_id: str | None = None,
) -> Proposal:
    """Fill the own column. It decides only if the other side's column already says the same."""
    reason = clean_required(reason, field="reason", max_length=_LONGEST_REASON)
    with sole_act():
        match = opened_match(actor, match_id, to=may_propose_decision)
        require_human(actor)
        sides = sides_of(match, unit_id=actor.unit_id)
        units = frozenset({sides.own.unit_id, sides.other.unit_id})
        giver = checked_giver(kind, giver_unit_id, units=units)
        column = Column(kind, giver, checked_terms(kind, terms, units=units), reason)
        if match.state == MatchState.CONFIRMED_SAME:
            move(match, MatchVerb.OPEN_DELIBERATION, actor=actor)
            match.save()
        proposal = _write_column(match, sides.own, column, actor=actor)
        record(actor=actor, act=Act.MATCH_PROPOSED, objects=[match.pk, proposal.pk])
        _tell_other_heads(match, sides)
        _decide_if_equal(match, sides, actor=actor)
    return proposal


def agree_decision(*, actor: Actor, proposal_id: str, reason: str) -> Decision:
    """Make the own column equal to the other head's, with a reason of one's own: it is decided."""
    reason = clean_required(reason, field="reason", max_length=_LONGEST_REASON)
    with sole_act():
        proposal = _opened_proposal(proposal_id)
        match = opened_match(actor, proposal.match_id, to=may_agree_decision)
        require_human(actor)
        sides = sides_of(match, unit_id=actor.unit_id)
        if proposal.unit_id == actor.unit_id:
            raise WrongState("This is your own unit's proposal; the other head has to agree.")
        _check_current(proposal)
        column = Column(DecisionKind(proposal.kind), proposal.giver_unit_id, proposal.terms, reason)
        _write_column(match, sides.own, column, actor=actor)
        decision = _decide_if_equal(match, sides, actor=actor)
    if decision is None:
        raise WrongState
    return decision


def send_outcome(*, actor: Actor, match_id: str, code: OutcomeCode, note: str = "") -> Match:
    """What came of it, from this side; the second side's word closes the match (C10)."""
    note = clean(note, field="note", max_length=_LONGEST_NOTE)
    with sole_act():
        match = opened_match(actor, match_id, to=may_send_outcome)
        sides = sides_of(match, unit_id=actor.unit_id)
        sides.own.outcome = code.value
        sides.own.outcome_note = note
        sides.own.outcome_at = clock.now()
        sides.own.outcome_by_id = actor.id
        sides.own.save()
        record(
            actor=actor,
            act=Act.MATCH_OUTCOME_SENT,
            objects=[match.pk],
            justification="review",
            reference=code.value,
            recipients=[sides.other.unit_id],
        )
        settle(match, [NoticeKind.OUTCOME_WAITING], unit_id=actor.unit_id)
        if sides.other.outcome:
            _close(match, actor=actor)
    return match


def checked_giver(
    kind: DecisionKind, giver_unit_id: str | None, *, units: frozenset[str]
) -> str | None:
    """A handover names which of the two units gives; the other decisions name nobody."""
    if kind is not DecisionKind.HANDOVER:
        return None
    if giver_unit_id not in units:
        raise FieldErrors(
            (
                FieldError(
                    "K-105",
                    "giver_unit_id",
                    "A handover needs a giver.",
                    "Choose one of the two units.",
                ),
            )
        )
    return giver_unit_id


def _write_column(match: Match, side: MatchSide, column: Column, *, actor: Actor) -> Proposal:
    now = clock.now()
    match.proposals.filter(unit_id=side.unit_id, superseded_at=None).update(superseded_at=now)
    return Proposal.objects.create(
        match=match,
        unit_id=side.unit_id,
        kind=column.kind.value,
        giver_unit_id=column.giver_unit_id,
        terms=dict(column.terms),
        reason=column.reason,
        by_id=actor.id,
        at=now,
    )


def _tell_other_heads(match: Match, sides: Sides) -> None:
    """The one who proposed waits; the other head is asked anew."""
    for side in (sides.own, sides.other):
        settle(match, [NoticeKind.MATCH_DECIDE], unit_id=side.unit_id)
    notify_unit(
        unit_id=sides.other.unit_id,
        roles=[Role.UNIT_HEAD],
        kind=NoticeKind.MATCH_DECIDE,
        object_id=match.pk,
        due_at=match.decide_by,
    )


def _decide_if_equal(match: Match, sides: Sides, *, actor: Actor) -> Decision | None:
    """Nothing moves until both columns are identical and both heads are named (I4)."""
    columns = {
        proposal.unit_id: proposal
        for proposal in match.proposals.filter(superseded_at=None).select_related("by")
    }
    own, other = columns.get(sides.own.unit_id), columns.get(sides.other.unit_id)
    if own is None or other is None or not _are_equal(own, other):
        return None
    a, b = (own, other) if sides.own.is_trigger else (other, own)
    decision = _record_decision(match, a, b)
    move(match, _VERBS[DecisionKind(decision.kind)], actor=actor)
    match.decided_at = decision.agreed_at
    match.outcome_by = decision.agreed_at + OUTCOME_AFTER
    match.save()
    record(
        actor=actor,
        act=Act.MATCH_AGREED,
        objects=[match.pk, decision.pk, decision.head_a_id, decision.head_b_id],
        reference=decision.kind,
        recipients=parties(match),
    )
    settle(match, [NoticeKind.MATCH_DECIDE])
    _follow_up(match, decision, sides, actor=actor)
    return decision


def _are_equal(one: Proposal, other: Proposal) -> bool:
    return (one.kind, one.giver_unit_id, one.terms) == (
        other.kind,
        other.giver_unit_id,
        other.terms,
    )


def _record_decision(match: Match, a: Proposal, b: Proposal) -> Decision:
    number = (Decision.objects.aggregate(top=Max("number"))["top"] or 0) + 1
    receiver = {a.unit_id, b.unit_id} - {a.giver_unit_id} if a.giver_unit_id else set()
    return Decision.objects.create(
        number=number,
        reference=f"CD-{number:04d}",
        match=match,
        kind=a.kind,
        giver_id=a.giver_unit_id,
        receiver_id=next(iter(receiver), None),
        terms=a.terms,
        reason_a=a.reason,
        reason_b=b.reason,
        head_a_id=a.by_id,
        head_b_id=b.by_id,
        agreed_at=clock.now(),
        procedure_version=PROCEDURE_VERSION,
    )


def _follow_up(match: Match, decision: Decision, sides: Sides, *, actor: Actor) -> None:
    if decision.kind == DecisionKind.HANDOVER:
        prepare_handover(decision, sides, actor=actor)
    if decision.kind == DecisionKind.JOINT:
        open_room(match, decision, actor=actor)
    tell_units(match, NoticeKind.OUTCOME_WAITING, due_at=match.outcome_by, roles=[Role.UNIT_HEAD])


def _close(match: Match, *, actor: Actor) -> None:
    move(match, MatchVerb.BOTH_REPORTED, actor=actor)
    match.closed_at = clock.now()
    match.save()
    record(actor=actor, act=Act.MATCH_CLOSED, objects=[match.pk])
    tell_units(match, NoticeKind.MATCH_CLOSED)


def _opened_proposal(proposal_id: str) -> Proposal:
    """Whether the actor may see it is asked of its match, with the same answer if not."""
    found = (
        Proposal.objects.filter(pk=proposal_id).first() if is_id(proposal_id, kind="pro") else None
    )
    if found is None:
        raise NotFoundOrHidden
    return found


def _check_current(proposal: Proposal) -> None:
    if proposal.superseded_at is None:
        return
    current = Proposal.objects.filter(
        match_id=proposal.match_id, unit_id=proposal.unit_id, superseded_at=None
    ).get()
    raise StaleVersion(yours=_shown(proposal), theirs=_shown(current))


def _shown(proposal: Proposal) -> dict[str, object]:
    return {"kind": proposal.kind, "terms": proposal.terms, "reason": proposal.reason}
