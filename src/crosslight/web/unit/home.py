"""K1: what waits for the unit, what the unit waits for, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from crosslight.coordination.selectors.views import MatchRow
from crosslight.coordination.services.reading import list_matches
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_view_match
from crosslight.investigations.services import list_investigations
from crosslight.review.services import list_inputs
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.unit.files import file_line
from crosslight.web.unit.inbox import MatchGroup, group_of, line_of

if TYPE_CHECKING:
    from crosslight.review.models import IntelligenceInput

SHOWN = 5


@screen(may_view_match)
def home(request: ScreenRequest) -> HttpResponse:
    rows = list_matches(actor=request.actor, purpose="home")
    waiting = _most_pressing(rows, MatchGroup.OURS)
    files = list_investigations(actor=request.actor, purpose="home")
    inputs = list_inputs(actor=request.actor)
    context = {
        "next": waiting[0] if waiting else None,
        "waiting": [line_of(row, request.actor) for row in waiting[:SHOWN]],
        "waiting_number": len(waiting),
        "theirs": [line_of(row, request.actor) for row in _most_pressing(rows, MatchGroup.THEIRS)],
        "files": [file_line(file) for file in files if file.state != InvestigationState.CLOSED],
        "inputs": [(each, _is_new(each, request.actor)) for each in inputs[:SHOWN]],
    }
    return render(request, "unit/home.html", context)


def _is_new(received: IntelligenceInput, actor: Actor) -> bool:
    """Nobody of the unit has opened it yet."""
    return any(
        each.opened_at is None
        for each in received.disseminations.all()
        if each.unit_id == actor.unit_id
    )


def _most_pressing(rows: Iterable[MatchRow], group: MatchGroup) -> list[MatchRow]:
    """What is due first comes first; what has no clock comes last."""
    chosen = [row for row in rows if group_of(row) is group]
    return sorted(chosen, key=lambda row: (row.due_at is None, row.due_at or row.notified_at))
