"""D1: what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_take_contribution, may_view_queue
from crosslight.review.selectors import QUEUE_VIEW_LABELS, QueueView, queue
from crosslight.review.services import list_queue
from crosslight.web.desk.lines import line_of
from crosslight.web.shared.access import ScreenRequest, screen

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class View:
    code: str
    label: str
    number: int
    is_current: bool


@screen(may_view_queue)
def home(request: ScreenRequest) -> HttpResponse:
    view = _view_of(request)
    rows = list_queue(actor=request.actor, view=view)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    first_new = queue(request.actor, QueueView.NEW).first()
    context = {
        "views": _views(request.actor, view),
        "current": view.value,
        "page": page,
        "lines": [line_of(row) for row in page.object_list],
        "next_id": first_new.pk if first_new and may_take(request.actor) else "",
    }
    return render(request, "desk/home.html", context)


def may_take(actor: Actor) -> bool:
    return actor.has(*may_take_contribution.roles)


def _view_of(request: ScreenRequest) -> QueueView:
    """New ones first; an unknown view is all of them."""
    wanted = request.GET.get("view", QueueView.NEW.value)
    return QueueView(wanted) if wanted in set(QueueView) else QueueView.ALL


def _views(actor: Actor, current: QueueView) -> list[View]:
    return [
        View(view.value, gettext(label), queue(actor, view).count(), view is current)
        for view, label in QUEUE_VIEW_LABELS.items()
    ]
