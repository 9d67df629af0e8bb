"""K8: both columns side by side, three ways to go on, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.coordination.selectors.views import MatchView
from crosslight.coordination.services.decisions import (
    agree_decision,
    fill_criteria,
    propose_decision,
    send_outcome,
)
from crosslight.coordination.services.reading import consult_match
from crosslight.core.lifecycle.match import HEADER_IS_OPEN, MatchState
from crosslight.core.policy.rules import (
    may_agree_decision,
    may_fill_criteria,
    may_propose_decision,
    may_send_outcome,
    may_view_match,
)
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.unit.calling import duty_of
from crosslight.web.unit.clocks import clock_of
from crosslight.web.unit.columns import (
    columns,
    decided,
    outcomes,
    sentence_of,
    sheet,
    standing,
    their_case,
    tone_of,
    unwritten,
    ways,
)
from crosslight.web.unit.decision_forms import AgreeForm, CriteriaForm, OutcomeForm, ProposalForm

PURPOSE = "decision"
_BOTH = ("GET", "POST")
_POST = ("POST",)


@screen(may_view_match)
def decide(request: ScreenRequest, match_id: str) -> HttpResponse:
    match = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    if MatchState(match.state) not in HEADER_IS_OPEN:
        return redirect("unit:match", match_id)
    return show(request, match, bound={})


@screen(may_fill_criteria, methods=_BOTH)
def criteria(request: ScreenRequest, match_id: str) -> HttpResponse:
    match = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    form = CriteriaForm(match, sent(request))

    def act() -> None:
        fill_criteria(actor=request.actor, match_id=match_id, answers=form.answers())

    if settled(form, act):
        messages.success(request, gettext("Your column of the sheet was saved."))
        return redirect("unit:decide", match_id)
    theirs = [(form[line], text) for line, text in _lines(form, match.other.criteria)]
    context = {"match": match, "form": form, "lines": theirs}
    return render(request, "unit/criteria.html", context, status=_status(form))


@screen(may_propose_decision, methods=_BOTH)
def propose(request: ScreenRequest, match_id: str) -> HttpResponse:
    match = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    kind = _kind_of(request)
    if kind is None or may_propose_decision.name not in match.actions:
        return redirect("unit:decide", match_id)
    form = ProposalForm(match, kind, sent(request))
    if settled(form, lambda: _propose(request, match_id, form)):
        messages.success(request, gettext("Your proposal was sent."))
        return redirect("unit:decide", match_id)
    way = next(way for way in ways(match) if way.code == kind)
    context = {"match": match, "form": form, "way": way, "other": standing(match, ours=False)}
    return render(request, "unit/propose.html", context, status=_status(form))


def _propose(request: ScreenRequest, match_id: str, form: ProposalForm) -> None:
    propose_decision(
        actor=request.actor,
        match_id=match_id,
        kind=form.kind,
        terms=form.terms(),
        reason=form.cleaned_data["reason"],
        giver_unit_id=form.cleaned_data.get("giver"),
    )


@screen(may_agree_decision, methods=_POST)
def agree(request: ScreenRequest, match_id: str, proposal_id: str) -> HttpResponse:
    form = AgreeForm(request.POST)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        agree_decision(actor=request.actor, proposal_id=proposal_id, reason=reason)

    if settled(form, act):
        messages.success(request, gettext("Decided. Both heads are named in the record."))
        return redirect("unit:decide", match_id)
    match = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    return show(request, match, bound={"agree": form})


@screen(may_send_outcome, methods=_POST)
def outcome(request: ScreenRequest, match_id: str) -> HttpResponse:
    form = OutcomeForm(request.POST)

    def act() -> None:
        note = form.cleaned_data["note"]
        send_outcome(actor=request.actor, match_id=match_id, code=form.chosen(), note=note)

    if settled(form, act):
        messages.success(request, gettext("Thank you. What came of it was recorded."))
        return redirect("unit:decide", match_id)
    match = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    return show(request, match, bound={"outcome": form})


def show(
    request: ScreenRequest, match: MatchView, *, bound: Mapping[str, ScreenForm]
) -> HttpResponse:
    """The page of the decision; `bound` is the form that needs a correction."""
    yours, theirs = columns(match)
    context = {
        "match": match,
        "tone": tone_of(match.state),
        "due": clock_of(request.actor, match.due_at),
        "duty": duty_of(match.other.duty),
        "has_columns": bool(match.proposals),
        "yours": yours,
        "theirs": theirs,
        "ways": ways(match),
        "sheet": sheet(match),
        "unwritten": unwritten(match),
        "their_case": their_case(match),
        "earlier": _earlier(match),
        "faulty": next(iter(bound.values()), None),
        **_steps(match),
        **_decided(match),
        "agree_form": bound.get("agree") or AgreeForm(),
        "outcome_form": bound.get("outcome") or OutcomeForm(),
    }
    return render(request, "unit/decide.html", context, status=NEEDS_CORRECTION if bound else 200)


def _steps(match: MatchView) -> dict[str, object]:
    """Whose turn it is; the first that holds is the page's one primary action."""
    theirs, ours = standing(match, ours=False), standing(match, ours=True)
    may_agree = may_agree_decision.name in match.actions and theirs is not None
    is_waiting = ours is not None and (theirs is None or theirs.at < ours.at)
    return {
        "to_agree": theirs if may_agree else None,
        "agree_words": sentence_of(match, theirs.kind, theirs.giver_unit_id) if theirs else "",
        "may_propose": may_propose_decision.name in match.actions,
        "may_fill": may_fill_criteria.name in match.actions,
        "sheet_first": _is_sheet_first(match),
        "is_waiting": is_waiting,
    }


def _is_sheet_first(match: MatchView) -> bool:
    """Before anyone proposed, an empty sheet is what to begin with."""
    may_fill = may_fill_criteria.name in match.actions
    return may_fill and not match.own.criteria and not match.proposals


def _decided(match: MatchView) -> dict[str, object]:
    decision = match.decision
    if decision is None:
        return {}
    return {
        "decision": decision,
        "decision_words": sentence_of(match, decision.kind, decision.giver_unit_id),
        "decision_rows": decided(match, decision),
        "outcomes": outcomes(match),
        "may_report": may_send_outcome.name in match.actions and not match.own.outcome,
        "outcome_due": match.outcome_by,
    }


def _earlier(match: MatchView) -> list[tuple[str, str]]:
    """Who proposed what before, for the record."""
    return [
        (f"{each.unit}, {each.by}", sentence_of(match, each.kind, each.giver_unit_id))
        for each in match.proposals
        if each.is_superseded
    ]


def _lines(form: ScreenForm, theirs: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, theirs.get(name, "")) for name in form.fields]


def _kind_of(request: ScreenRequest) -> DecisionKind | None:
    wanted = request.POST.get("kind") or request.GET.get("kind", "")
    return DecisionKind(wanted) if wanted in set(DecisionKind) else None


def _status(form: ScreenForm) -> int:
    return NEEDS_CORRECTION if form.errors else 200
