"""O5: erasing and setting aside, by the data-protection officer: ask, look, confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.lifecycle.erasure import ERASURE_LABELS, ErasureState
from crosslight.core.policy.rules import (
    may_confirm_erasure,
    may_drop_erasure,
    may_lift_restriction,
    may_request_erasure,
    may_view_erasures,
)
from crosslight.core.vocabulary.erasure import (
    GROUND_LABELS,
    KIND_LABELS,
    ErasureGround,
    ErasureKind,
)
from crosslight.oversight.erasure import services
from crosslight.oversight.erasure.services import Preview
from crosslight.partnerships.selectors import place_names
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Tone
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.shared.words import choices, word

if TYPE_CHECKING:
    from crosslight.oversight.erasure.models import Erasure

LONGEST_IDENTIFIER = 200
_COUNTED: dict[str, Promise] = {
    "contributions": _("Reports"),
    "versions": _("Versions that were sent"),
    "questions": _("Questions and answers"),
    "inputs": _("Intelligence inputs"),
    "keys": _("Keys that seal it"),
    "records": _("Records"),
    "statements": _("Values, with those that were corrected"),
    "packages": _("Files and packages"),
    "index_rows": _("Rows of the match index"),
    "matches": _("Matches, with their reasons"),
    "handover_items": _("Copies in handovers"),
    "room_items": _("Copies in joint rooms"),
}
_TONES = {
    ErasureState.REQUESTED: Tone.WAITING,
    ErasureState.ERASED: Tone.DONE,
    ErasureState.RESTRICTED: Tone.PROTECTED,
    ErasureState.LIFTED: Tone.NEUTRAL,
    ErasureState.DROPPED: Tone.NEUTRAL,
}


class RequestForm(ScreenForm):
    object_id = forms.CharField(
        label=_("Identifier of the report or record"),
        help_text=_("It begins with con_ or ent_. Find it above, or in the ledger."),
        max_length=30,
        error_messages={"required": _("Give the identifier")},
    )
    kind = forms.ChoiceField(
        label=_("What shall be done?"),
        choices=choices(KIND_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what shall be done")},
    )
    ground = forms.ChoiceField(
        label=_("On which ground?"),
        choices=choices(GROUND_LABELS, empty="Choose"),
        error_messages={"required": _("Choose a ground")},
    )


class FindForm(ScreenForm):
    identifier = forms.CharField(
        label=_("Phone, e-mail, document or account"),
        help_text=_("An exact one. What you type is kept nowhere; that you looked is on record."),
        max_length=LONGEST_IDENTIFIER,
        error_messages={"required": _("Give an identifier")},
    )


class ConfirmForm(ScreenForm):
    is_sure = forms.BooleanField(
        label=_("I have checked the ground, what it touches and who is told"),
        error_messages={"required": _("Tick the box if you are sure")},
    )


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    object_id: str
    kind: str
    ground: str
    state: str
    tone: Tone
    by: str
    at: object


@screen(may_view_erasures)
def erasures(request: ScreenRequest) -> HttpResponse:
    return _list(request, RequestForm(), FindForm(), found=None, status=200)


@screen(may_request_erasure, methods=("POST",))
def ask(request: ScreenRequest) -> HttpResponse:
    form = RequestForm(sent(request))
    made: list[str] = []

    def act() -> None:
        erasure = services.request_erasure(
            actor=request.actor,
            object_id=form.cleaned_data["object_id"],
            kind=ErasureKind(form.cleaned_data["kind"]),
            ground=ErasureGround(form.cleaned_data["ground"]),
        )
        made.append(erasure.pk)

    if settled(form, act):
        return redirect("oversight:erasure", made[0])
    return _list(request, form, FindForm(), found=None, status=NEEDS_CORRECTION)


@screen(may_request_erasure, methods=("POST",))
def find(request: ScreenRequest) -> HttpResponse:
    form = FindForm(sent(request))
    found: list[str] = []

    def look() -> None:
        found.extend(
            services.find_subject(actor=request.actor, identifier=form.cleaned_data["identifier"])
        )

    if settled(form, look):
        return _list(request, RequestForm(), FindForm(), found=tuple(found), status=200)
    return _list(request, RequestForm(), form, found=None, status=NEEDS_CORRECTION)


@screen(may_view_erasures)
def erasure(request: ScreenRequest, erasure_id: str) -> HttpResponse:
    preview = services.preview_erasure(actor=request.actor, erasure_id=erasure_id)
    return _show(request, preview, ConfirmForm(), status=200)


@screen(may_confirm_erasure, methods=("POST",))
def confirm(request: ScreenRequest, erasure_id: str) -> HttpResponse:
    form = ConfirmForm(sent(request))

    def act() -> None:
        services.confirm_erasure(actor=request.actor, erasure_id=erasure_id)

    if settled(form, act):
        messages.success(request, gettext("Done, and on record. Those who read it are told."))
        return redirect("oversight:erasures")
    preview = services.preview_erasure(actor=request.actor, erasure_id=erasure_id)
    return _show(request, preview, form, status=NEEDS_CORRECTION)


@screen(may_drop_erasure, methods=("POST",))
def drop(request: ScreenRequest, erasure_id: str) -> HttpResponse:
    services.drop_erasure(actor=request.actor, erasure_id=erasure_id)
    messages.success(request, gettext("Not done. Nothing was changed."))
    return redirect("oversight:erasures")


@screen(may_lift_restriction, methods=("POST",))
def lift(request: ScreenRequest, erasure_id: str) -> HttpResponse:
    services.lift_restriction(actor=request.actor, erasure_id=erasure_id)
    messages.success(request, gettext("It is in use again."))
    return redirect("oversight:erasures")


def _list(
    request: ScreenRequest,
    form: RequestForm,
    finding: FindForm,
    *,
    found: tuple[str, ...] | None,
    status: int,
) -> HttpResponse:
    overview = services.list_erasures(actor=request.actor)
    context = {
        "form": form,
        "finding": finding,
        "found": found,
        "lines": [_line(each) for each in overview.erasures],
        "waiting": overview.waiting,
    }
    return render(request, "oversight/erasures.html", context, status=status)


def _show(
    request: ScreenRequest, preview: Preview, form: ConfirmForm, *, status: int
) -> HttpResponse:
    reach = preview.reach
    names = place_names(frozenset(reach.told))
    context = {
        "line": _line(preview.erasure),
        "form": form,
        "is_open": preview.erasure.state == ErasureState.REQUESTED,
        "is_erasing": preview.erasure.kind == ErasureKind.ERASE,
        "is_restricted": preview.erasure.state == ErasureState.RESTRICTED,
        "counts": [(_COUNTED[name], number) for name, number in reach.counts.items()],
        "told": [names.get(each, each) for each in reach.told],
        "copies": reach.copies,
    }
    return render(request, "oversight/erasure.html", context, status=status)


def _line(row: Erasure) -> Line:
    state = ErasureState(row.state)
    return Line(
        id=row.pk,
        object_id=row.object_id,
        kind=word(KIND_LABELS, ErasureKind(row.kind)),
        ground=word(GROUND_LABELS, ErasureGround(row.ground)),
        state=word(ERASURE_LABELS, state),
        tone=_TONES[state],
        by=row.requested_by.name,
        at=row.requested_at,
    )


_ONE = "erasures/<str:erasure_id>/"
urlpatterns = [
    path("erasures/", erasures, name="erasures"),
    path("erasures/ask/", ask, name="erasure_ask"),
    path("erasures/find/", find, name="erasure_find"),
    path(_ONE, erasure, name="erasure"),
    path(f"{_ONE}confirm/", confirm, name="erasure_confirm"),
    path(f"{_ONE}drop/", drop, name="erasure_drop"),
    path(f"{_ONE}lift/", lift, name="erasure_lift"),
]
