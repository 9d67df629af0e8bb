"""K9: the giver picks, sees what will be received, and offers; the receiver answers each record."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.coordination.selectors.views import HandoverView
from crosslight.coordination.services import handovers as services
from crosslight.coordination.services.reading import consult_handover, list_handovers
from crosslight.core.policy.rules import (
    may_answer_handover,
    may_offer_handover,
    may_prepare_handover,
    may_record_permission,
    may_view_handover,
    may_withdraw_handover,
)
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.unit.handover_forms import AcceptForm, OfferForm, PermissionForm, RefuseForm
from crosslight.web.unit.handover_page import (
    HANDOVER_TONES,
    own_investigations,
    page_of,
)

PURPOSE = "handover"
_BOTH = ("GET", "POST")
_POST = ("POST",)


@screen(may_view_handover)
def handovers(request: ScreenRequest) -> HttpResponse:
    rows = [(row, HANDOVER_TONES[row.state]) for row in list_handovers(actor=request.actor)]
    return render(request, "unit/handovers.html", {"rows": rows})


@screen(may_view_handover)
def handover(request: ScreenRequest, handover_id: str) -> HttpResponse:
    return _show(request, _consult(request, handover_id))


@screen(may_prepare_handover, methods=_POST)
def handover_add(request: ScreenRequest, handover_id: str) -> HttpResponse:
    entity_id = request.POST.get("entity_id", "")
    services.add_item(actor=request.actor, handover_id=handover_id, entity_id=entity_id)
    return _back(handover_id, "pick")


@screen(may_prepare_handover, methods=_POST)
def handover_remove(request: ScreenRequest, handover_id: str, item_id: str) -> HttpResponse:
    services.remove_item(actor=request.actor, item_id=item_id)
    return _back(handover_id, "pick")


@screen(may_record_permission, methods=_BOTH)
def handover_permission(request: ScreenRequest, handover_id: str, entity_id: str) -> HttpResponse:
    view = _consult(request, handover_id)
    record = next((each for each in view.candidates if each.entity_id == entity_id), None)
    if record is None:
        raise NotFoundOrHidden
    form = PermissionForm(sent(request))
    if settled(form, lambda: _record_permission(request, handover_id, entity_id, form=form)):
        messages.success(request, gettext("The permission was recorded. The record can be picked."))
        return _back(handover_id, "pick")
    context = {"handover": view, "record": record, "form": form}
    status = NEEDS_CORRECTION if form.errors else 200
    return render(request, "unit/handover_permission.html", context, status=status)


def _record_permission(
    request: ScreenRequest, handover_id: str, entity_id: str, *, form: PermissionForm
) -> None:
    services.record_permission(
        actor=request.actor,
        handover_id=handover_id,
        entity_id=entity_id,
        originator=form.cleaned_data["originator"],
        reference=form.cleaned_data["reference"],
        granted_on=form.cleaned_data["granted_on"],
    )


@screen(may_offer_handover, methods=_POST)
def handover_offer(request: ScreenRequest, handover_id: str) -> HttpResponse:
    view = _consult(request, handover_id)
    form = OfferForm(view.receiver, request.POST)

    def act() -> None:
        typed = form.cleaned_data["receiver"]
        services.offer_handover(actor=request.actor, handover_id=handover_id, receiver_typed=typed)

    return _settle(request, view, form, act=act, said=gettext("Offered. It can be withdrawn."))


@screen(may_withdraw_handover, methods=_POST)
def handover_withdraw(request: ScreenRequest, handover_id: str) -> HttpResponse:
    services.withdraw_handover(actor=request.actor, handover_id=handover_id)
    messages.success(request, gettext("Withdrawn. Nothing of it was transferred."))
    return _back(handover_id)


@screen(may_answer_handover, methods=_POST)
def handover_accept(request: ScreenRequest, handover_id: str, item_id: str) -> HttpResponse:
    view = _consult(request, handover_id)
    form = AcceptForm(
        item_id,
        request.POST,
        investigations=own_investigations(request.actor),
        usual=view.receiver_investigation_id,
    )

    def act() -> None:
        into = form.cleaned_data["investigation"]
        services.accept_item(actor=request.actor, item_id=item_id, investigation_id=into)

    return _settle(request, view, form, act=act, said=gettext("Accepted."), item_id=item_id)


@screen(may_answer_handover, methods=_POST)
def handover_refuse(request: ScreenRequest, handover_id: str, item_id: str) -> HttpResponse:
    view = _consult(request, handover_id)
    form = RefuseForm(item_id, request.POST)

    def act() -> None:
        note = form.cleaned_data["note"]
        services.refuse_item(actor=request.actor, item_id=item_id, code=form.chosen(), note=note)

    said = gettext("Refused. Its content is not kept.")
    return _settle(request, view, form, act=act, said=said, item_id=item_id)


def _consult(request: ScreenRequest, handover_id: str) -> HandoverView:
    return consult_handover(actor=request.actor, handover_id=handover_id, purpose=PURPOSE)


def _back(handover_id: str, part: str = "") -> HttpResponse:
    address = redirect("unit:handover", handover_id)
    address["Location"] += f"#{part}" if part else ""
    return address


def _settle(
    request: ScreenRequest,
    view: HandoverView,
    form: ScreenForm,
    *,
    act: Callable[[], object],
    said: str,
    item_id: str = "",
) -> HttpResponse:
    """Act and go back to the page, or show the page with what has to be corrected."""
    if settled(form, act):
        messages.success(request, said)
        return _back(view.id)
    return _show(request, view, bound=form, item_id=item_id)


def _show(
    request: ScreenRequest,
    view: HandoverView,
    *,
    bound: ScreenForm | None = None,
    item_id: str = "",
) -> HttpResponse:
    context = page_of(request.actor, view, bound=bound, item_id=item_id)
    status = NEEDS_CORRECTION if bound else 200
    return render(request, "unit/handover.html", context, status=status)
