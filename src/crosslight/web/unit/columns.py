"""Both sides of a decision in words: what each proposes, what was decided, what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.selectors.views import DecisionView, MatchView, ProposalView
from crosslight.core.coordination.terms import Term, terms_of
from crosslight.core.lifecycle.match import DECIDED_STATES, MatchState
from crosslight.core.vocabulary.coordination import (
    CASE_PHASE_LABELS,
    CRITERION_LABELS,
    DECISION_LABELS,
    ENTITY_ROLE_LABELS,
    OUTCOME_LABELS,
    CasePhase,
    Criterion,
    DecisionKind,
    EntityRole,
    OutcomeCode,
)
from crosslight.web.shared.components import Column, Compared, Row, Tone
from crosslight.web.shared.dates import DAY, MOMENT, written
from crosslight.web.shared.words import word


@dataclass(frozen=True, slots=True)
class Way:
    """One of the three outcomes, as the decision screen offers it."""

    code: str
    label: str
    means: str
    moves: str
    follows: str
    is_ours: bool
    is_theirs: bool


_MEANS = {
    DecisionKind.SEPARATE: _("Each unit goes on alone. You agree who covers whom and until when."),
    DecisionKind.HANDOVER: _("One unit gives chosen records to the other and keeps its own copy."),
    DecisionKind.JOINT: _("A joint room opens, one unit leads, both follow one plan."),
}
_MOVES = {
    DecisionKind.SEPARATE: _("No data moves."),
    DecisionKind.HANDOVER: _("What the giver picks; the receiver accepts or refuses each record."),
    DecisionKind.JOINT: _("Only what each unit shows itself, and can take back."),
}
_FOLLOWS = {
    DecisionKind.SEPARATE: _("You tell each other what came of it within 30 days."),
    DecisionKind.HANDOVER: _("The receiver answers within 7 days of the offer."),
    DecisionKind.JOINT: _("The joint plan is due in 14 days."),
}
_TONES = {
    MatchState.CONFIRMED_SAME: Tone.WAITING,
    MatchState.DELIBERATION: Tone.PROGRESS,
    MatchState.CLOSED: Tone.STOPPED,
}


def tone_of(state: str) -> Tone:
    member = MatchState(state)
    return Tone.DONE if member in DECIDED_STATES else _TONES.get(member, Tone.NEUTRAL)


def standing(match: MatchView, *, ours: bool) -> ProposalView | None:
    """The column that counts now on one side."""
    return next(
        (
            proposal
            for proposal in match.proposals
            if proposal.is_ours is ours and not proposal.is_superseded
        ),
        None,
    )


def ways(match: MatchView) -> list[Way]:
    ours, theirs = standing(match, ours=True), standing(match, ours=False)
    return [
        Way(
            code=kind.value,
            label=word(DECISION_LABELS, kind),
            means=str(_MEANS[kind]),
            moves=str(_MOVES[kind]),
            follows=str(_FOLLOWS[kind]),
            is_ours=ours is not None and ours.kind == kind,
            is_theirs=theirs is not None and theirs.kind == kind,
        )
        for kind in DecisionKind
    ]


def columns(match: MatchView) -> tuple[Column, Column]:
    """Yours and theirs."""
    you = gettext("You: %(unit)s") % {"unit": match.own.unit}
    return (
        _column(match, you, standing(match, ours=True)),
        _column(match, match.other.unit, standing(match, ours=False)),
    )


def _column(match: MatchView, title: str, proposal: ProposalView | None) -> Column:
    if proposal is None:
        state, none = gettext("No answer yet"), gettext("Nothing proposed")
        return Column(title=title, proposal=none, state=state, tone=Tone.WAITING)
    return Column(
        title=title,
        proposal=sentence_of(match, proposal.kind, proposal.giver_unit_id),
        rows=(
            *terms_rows(match, proposal.kind, proposal.terms),
            Row(gettext("Why"), proposal.reason),
            Row(gettext("Proposed by"), proposal.by),
            Row(gettext("When"), f"{written(proposal.at, MOMENT)} UTC"),
        ),
        state=gettext("Proposed"),
        tone=Tone.PROGRESS,
    )


def sentence_of(match: MatchView, kind: str, giver_unit_id: str | None) -> str:
    """`Hand over: Unit B gives to Unit A`."""
    label = word(DECISION_LABELS, DecisionKind(kind))
    if giver_unit_id is None:
        return label
    names = unit_names(match)
    receiver = next(name for unit_id, name in names.items() if unit_id != giver_unit_id)
    return gettext("%(decision)s: %(giver)s gives to %(receiver)s") % {
        "decision": label,
        "giver": names[giver_unit_id],
        "receiver": receiver,
    }


def terms_rows(match: MatchView, kind: str, terms: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(
        Row(gettext(term.label), _shown(match, term, terms[term.name]))
        for term in terms_of(DecisionKind(kind))
        if term.name in terms
    )


def _shown(match: MatchView, term: Term, text: str) -> str:
    if term.is_unit:
        return unit_names(match).get(text, text)
    return written(date.fromisoformat(text), DAY) if term.is_date else text


def unit_names(match: MatchView) -> dict[str, str]:
    return {side.unit_id: side.unit for side in (match.own, match.other)}


def sheet(match: MatchView) -> list[Compared]:
    """What is written on the criteria sheet, side by side; never a score."""
    return [
        Compared(
            label=word(CRITERION_LABELS, criterion),
            yours=match.own.criteria.get(criterion.value, ""),
            theirs=match.other.criteria.get(criterion.value, ""),
        )
        for criterion in Criterion
        if criterion in match.own.criteria or criterion in match.other.criteria
    ]


def unwritten(match: MatchView) -> list[str]:
    """The criteria of which nothing is to be read here."""
    written = {*match.own.criteria, *match.other.criteria}
    return [word(CRITERION_LABELS, each) for each in Criterion if each not in written]


def their_case(match: MatchView) -> tuple[Row, ...]:
    """The case header that opened with both verdicts (C4)."""
    header = match.other.header
    if header is None:
        return ()
    registered = header.first_registered_at
    return (
        Row(gettext("Phase"), word(CASE_PHASE_LABELS, CasePhase(header.phase))),
        Row(gettext("Role there"), word(ENTITY_ROLE_LABELS, EntityRole(header.entity_role))),
        Row(gettext("First registered"), written(registered, DAY) if registered else ""),
        Row(gettext("Judge or prosecutor involved"), yes_no(header.is_judicial)),
        Row(gettext("Planned operation"), yes_no(header.has_planned_operation)),
    )


def yes_no(value: object) -> str:
    return gettext("Yes") if value else gettext("No")


def decided(match: MatchView, decision: DecisionView) -> tuple[Row, ...]:
    units = (match.own.unit, match.other.unit)
    unit_a, unit_b = units if match.own.is_trigger else reversed(units)
    return (
        *terms_rows(match, decision.kind, decision.terms),
        Row(f"{decision.head_a}, {unit_a}", decision.reason_a),
        Row(f"{decision.head_b}, {unit_b}", decision.reason_b),
        Row(gettext("Agreed"), f"{written(decision.agreed_at, MOMENT)} UTC"),
        Row(gettext("Procedure"), decision.procedure_version),
    )


def outcomes(match: MatchView) -> tuple[Row, ...]:
    """What each side reported, as far as it is open."""
    sides = ((match.own.unit, match.own.outcome), (match.other.unit, match.other.outcome))
    return tuple(Row(unit, word(OUTCOME_LABELS, OutcomeCode(code))) for unit, code in sides if code)
