"""K17: who owes an answer. Identifiers, kinds and clocks; no value, no name, no case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext

from crosslight.coordination.selectors.views import BoardRow
from crosslight.coordination.services.reading import board as read_board
from crosslight.core.lifecycle.match import DECIDED_STATES, OPEN_STATES, MatchState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_view_match_timers
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Tone
from crosslight.web.unit.clocks import Clock, clock_of
from crosslight.web.unit.released import schema_word

PER_PAGE = 50
OVERDUE, OPEN, EVERY = "overdue", "open", "all"


@dataclass(frozen=True, slots=True)
class BoardLine:
    row: BoardRow
    kind: str
    parties: tuple[str, ...]
    state: str
    tone: Tone
    due: Clock | None


@dataclass(frozen=True, slots=True)
class Owing:
    unit: str
    answers: int
    overdue: int


@screen(may_view_match_timers)
def board(request: ScreenRequest) -> HttpResponse:
    rows = read_board(actor=request.actor)
    wanted = request.GET.get("view", OPEN)
    shown = [row for row in rows if _belongs(row, wanted)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [_line(request.actor, row) for row in page.object_list],
        "owing": _owing(rows),
        "views": _views(rows, wanted),
    }
    return render(request, "unit/board.html", context)


def _belongs(row: BoardRow, view: str) -> bool:
    if view == OVERDUE:
        return row.is_overdue
    return view == EVERY or MatchState(row.state) in OPEN_STATES


def _views(rows: Sequence[BoardRow], current: str) -> list[tuple[str, str, int, bool]]:
    # In a context: "Open" is also a button, and other languages bend these after the matches.
    labels = {
        OPEN: pgettext("matches", "Open"),
        OVERDUE: pgettext("matches", "Overdue"),
        EVERY: pgettext("matches", "All"),
    }
    return [
        (view, label, sum(_belongs(row, view) for row in rows), view == current)
        for view, label in labels.items()
    ]


def _line(actor: Actor, row: BoardRow) -> BoardLine:
    return BoardLine(
        row=row,
        kind=schema_word(row.schema),
        parties=tuple(f"{unit}" for unit in row.units),
        state=gettext(row.state_label),
        tone=_tone_of(row),
        due=clock_of(actor, row.due_at),
    )


def _tone_of(row: BoardRow) -> Tone:
    state = MatchState(row.state)
    if row.is_overdue:
        return Tone.ATTENTION
    if state in DECIDED_STATES:
        return Tone.DONE
    return Tone.WAITING if state in OPEN_STATES else Tone.STOPPED


def _owing(rows: Sequence[BoardRow]) -> list[Owing]:
    """Answers owed by each unit, the most overdue first."""
    owed: dict[str, list[BoardRow]] = {}
    for row in rows:
        for unit in row.owed_by:
            owed.setdefault(unit, []).append(row)
    found = [
        Owing(unit=unit, answers=len(theirs), overdue=sum(row.is_overdue for row in theirs))
        for unit, theirs in owed.items()
    ]
    return sorted(found, key=lambda each: (-each.overdue, -each.answers, each.unit))
