"""K6 and K7: the inbox, and one match: acknowledge, compare, answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.coordination.selectors.views import MatchRow, MatchView
from crosslight.coordination.services import procedure
from crosslight.coordination.services.reading import consult_match, list_matches
from crosslight.core.policy.rules import may_acknowledge_match, may_answer_match, may_view_match
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled
from crosslight.web.unit.answer_form import AnswerForm
from crosslight.web.unit.comparing import page_of
from crosslight.web.unit.inbox import GROUP_LABELS, MatchGroup, group_of, is_weak, line_of

PER_PAGE = 25
PURPOSE = "coordination"
_POST = ("POST",)
_OPEN_GROUPS = frozenset({MatchGroup.OURS, MatchGroup.THEIRS})


@dataclass(frozen=True, slots=True)
class View:
    code: str
    label: str
    number: int
    is_current: bool


@screen(may_view_match)
def matches(request: ScreenRequest) -> HttpResponse:
    """Weak ones are counted and kept back while they are open."""
    rows = list_matches(actor=request.actor)
    group = _group_of(request)
    shows_weak = "weak" in request.GET or group not in _OPEN_GROUPS
    chosen = [row for row in rows if group_of(row) is group]
    shown = [row for row in chosen if shows_weak or not is_weak(row)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "views": _views(rows, group),
        "group": group.value,
        "page": page,
        "lines": [line_of(row, request.actor) for row in page.object_list],
        "weak_number": sum(map(is_weak, chosen)) if group in _OPEN_GROUPS else 0,
        "shows_weak": shows_weak,
    }
    return render(request, "unit/matches.html", context)


@screen(may_view_match)
def match(request: ScreenRequest, match_id: str) -> HttpResponse:
    found = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    return _show(request, found, AnswerForm(schema=found.schema))


@screen(may_acknowledge_match, methods=_POST)
def acknowledge(request: ScreenRequest, match_id: str) -> HttpResponse:
    procedure.acknowledge_match(actor=request.actor, match_id=match_id)
    messages.success(request, gettext("Acknowledged."))
    return redirect("unit:match", match_id)


@screen(may_answer_match, methods=_POST)
def answer(request: ScreenRequest, match_id: str) -> HttpResponse:
    form = AnswerForm(request.POST)

    def act() -> None:
        procedure.answer_match(
            actor=request.actor,
            match_id=match_id,
            verdict=form.chosen(),
            reason=form.cleaned_data["reason"],
        )

    if settled(form, act):
        messages.success(request, gettext("Your answer is recorded."))
        return redirect("unit:match", match_id)
    found = consult_match(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    return _show(request, found, form)


def _show(request: ScreenRequest, found: MatchView, form: AnswerForm) -> HttpResponse:
    context = {"match": found, "form": form, **page_of(found, request.actor)}
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/match.html", context, status=status)


def _group_of(request: ScreenRequest) -> MatchGroup:
    wanted = request.GET.get("view", MatchGroup.OURS.value)
    return MatchGroup(wanted) if wanted in set(MatchGroup) else MatchGroup.OURS


def _views(rows: Iterable[MatchRow], current: MatchGroup) -> list[View]:
    numbers = Counter(group_of(row) for row in rows)
    return [
        View(group.value, str(label), numbers[group], group is current)
        for group, label in GROUP_LABELS.items()
    ]
