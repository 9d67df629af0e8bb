"""K10: the joint room: what each unit shows and can take back, one plan, one thread."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.coordination.selectors.views import RoomView
from crosslight.coordination.services import rooms as services
from crosslight.coordination.services.reading import consult_room, list_rooms
from crosslight.core.policy.rules import may_plan_in_room, may_publish_in_room, may_view_room
from crosslight.investigations.selectors import statements_of
from crosslight.investigations.services import consult_entity
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.unit.room_forms import MessageForm, PlanForm, PublishForm
from crosslight.web.unit.room_page import page_of, room_lines

PURPOSE = "joint_room"
_BOTH = ("GET", "POST")
_POST = ("POST",)


@screen(may_view_room)
def rooms(request: ScreenRequest) -> HttpResponse:
    lines = room_lines(request.actor, list_rooms(actor=request.actor))
    return render(request, "unit/rooms.html", {"lines": lines})


@screen(may_view_room)
def room(request: ScreenRequest, room_id: str) -> HttpResponse:
    return _show(request, _consult(request, room_id))


@screen(may_publish_in_room, methods=_BOTH)
def room_publish(request: ScreenRequest, room_id: str, entity_id: str) -> HttpResponse:
    view = _consult(request, room_id)
    entity = consult_entity(actor=request.actor, entity_id=entity_id, purpose=PURPOSE)
    statements = list(statements_of(request.actor, entity_id))
    form = PublishForm(entity.schema, statements, sent(request))
    if settled(form, lambda: _publish(request, room_id, entity_id, form=form)):
        messages.success(request, gettext("The record is shown in the room."))
        return redirect("unit:room", room_id)
    context = {"room": view, "entity": entity, "form": form}
    status = NEEDS_CORRECTION if form.errors else 200
    return render(request, "unit/room_publish.html", context, status=status)


def _publish(request: ScreenRequest, room_id: str, entity_id: str, *, form: PublishForm) -> None:
    chosen = form.cleaned_data["statements"]
    services.publish_item(
        actor=request.actor, room_id=room_id, entity_id=entity_id, statement_ids=chosen
    )


@screen(may_publish_in_room, methods=_POST)
def room_revoke(request: ScreenRequest, room_id: str, item_id: str) -> HttpResponse:
    services.revoke_item(actor=request.actor, item_id=item_id)
    messages.success(request, gettext("Taken back. Its content left the room."))
    return redirect("unit:room", room_id)


@screen(may_plan_in_room, methods=_BOTH)
def room_plan(request: ScreenRequest, room_id: str) -> HttpResponse:
    view = _consult(request, room_id)
    form = PlanForm(view, sent(request))
    if settled(form, lambda: _plan(request, room_id, form)):
        messages.success(request, gettext("The joint plan was saved."))
        return redirect("unit:room", room_id)
    status = NEEDS_CORRECTION if form.errors else 200
    return render(request, "unit/room_plan.html", {"room": view, "form": form}, status=status)


def _plan(request: ScreenRequest, room_id: str, form: PlanForm) -> None:
    given = form.cleaned_data
    services.plan_room(
        actor=request.actor, room_id=room_id, version=given["version"], text=given["plan"]
    )


@screen(may_publish_in_room, methods=_POST)
def room_message(request: ScreenRequest, room_id: str) -> HttpResponse:
    form = MessageForm(request.POST)

    def act() -> None:
        text = form.cleaned_data["text"]
        services.post_message(actor=request.actor, room_id=room_id, text=text)

    return _settle(request, room_id, form, act=act)


def _consult(request: ScreenRequest, room_id: str) -> RoomView:
    return consult_room(actor=request.actor, room_id=room_id, purpose=PURPOSE)


def _settle(
    request: ScreenRequest, room_id: str, form: MessageForm, *, act: Callable[[], object]
) -> HttpResponse:
    if settled(form, act):
        return redirect("unit:room", room_id)
    return _show(request, _consult(request, room_id), bound=form)


def _show(
    request: ScreenRequest, view: RoomView, *, bound: ScreenForm | None = None
) -> HttpResponse:
    context = page_of(request.actor, view) | {
        "message_form": bound or MessageForm(),
        "faulty": bound,
    }
    return render(request, "unit/room.html", context, status=NEEDS_CORRECTION if bound else 200)
