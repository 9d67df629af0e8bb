"""C3: the pages of a contribution, saved one by one, and every 15 seconds while typing."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.contributions.contributor_view import ContributorView
from crosslight.contributions.services import consult_own, save_page
from crosslight.core.contributions import Content, Page
from crosslight.core.indicators import catalogue
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_edit_contribution
from crosslight.core.vocabulary.contributions import (
    BASIS_LABELS,
    CONTRIBUTION_KIND_LABELS,
    IDENTIFIER_LABELS,
    PARTY_ROLE_LABELS,
    ContributionKind,
    IdentifierKind,
)
from crosslight.foundation.errors import StaleVersion
from crosslight.partnerships import selectors as partnerships
from crosslight.web.contributor.audience import emergency_number_of
from crosslight.web.contributor.fields import Row
from crosslight.web.contributor.forms import (
    FORMS,
    IdentifiersForm,
    NoticedForm,
    PageForm,
    RedFlagsForm,
)
from crosslight.web.contributor.noticed import picks_of
from crosslight.web.contributor.pages import Place, place_of
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Agreement, Compared
from crosslight.web.shared.report import rows_of
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted, settled
from crosslight.web.shared.typed import typed_fields
from crosslight.web.shared.words import choices, word

CONFLICT = 409
_BUTTONS = frozenset({"version", "look", "find", "leave", "remove"})


@screen(may_edit_contribution, methods=("GET", "POST"))
def page(request: ScreenRequest, contribution_id: str, name: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    place = place_of(view.kind, name)
    if not view.is_editable:
        return redirect("contributor:contribution", view.id)
    form = _form(request, view, place)
    if not form.is_bound:
        return _show(request, view, place, form=form)
    if "look" in request.POST:
        form.as_typed()
        return _show(request, view, place, form=form)
    return _saved(request, view, place, form=form)


@screen(may_edit_contribution, methods=("POST",))
def autosave(request: ScreenRequest, contribution_id: str, name: str) -> HttpResponse:
    """What has been typed so far; nothing is missed yet."""
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    form = _form(request, view, place_of(view.kind, name), is_partial=True)
    if not settled(form, lambda: _save(request, view, form)):
        words = gettext("Not saved: something on this page needs a correction.")
        return JsonResponse({"words": words}, status=NEEDS_CORRECTION)
    saved = consult_own(actor=request.actor, contribution_id=contribution_id)
    return JsonResponse({"words": saved_words(saved, request.actor), "version": saved.version})


@screen(may_edit_contribution, methods=("POST",))
def recognise(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    """What the pasted text is read as: a preview while typing; saved where no script runs."""
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    place = place_of(view.kind, Page.IDENTIFIERS)
    form = IdentifiersForm(
        request.POST, actor=request.actor, content=view.content, version=view.version
    )
    if "HX-Request" in request.headers:
        rows = _with_words(form.read_now() if form.is_valid() else [])
        return render(request, "contributor/_recognised.html", {"rows": rows})
    return _saved(request, view, place, form=form, is_staying=True)


# --- saving -------------------------------------------------------------------------------------


def _form(
    request: ScreenRequest, view: ContributorView, place: Place, *, is_partial: bool = False
) -> PageForm:
    is_early = bool({"leave", "remove"} & set(request.POST))
    return FORMS[place.page](
        posted(request),
        actor=request.actor,
        content=view.content,
        version=view.version,
        is_partial=is_partial or is_early,
    )


def _saved(
    request: ScreenRequest,
    view: ContributorView,
    place: Place,
    *,
    form: PageForm,
    is_staying: bool = False,
) -> HttpResponse:
    try:
        is_saved = settled(form, lambda: _save(request, view, form))
    except StaleVersion:
        return _conflict(request, view, place, form=form)
    if not is_saved:
        return _show(request, view, place, form=form)
    if is_staying or "remove" in request.POST:
        return redirect("contributor:page", view.id, place.page)
    if "leave" in request.POST:
        return redirect("contributor:home")
    if place.after is None:
        is_of_files = view.kind is ContributionKind.OSINT_PRESERVATION
        return redirect("contributor:files" if is_of_files else "contributor:check", view.id)
    return redirect("contributor:page", view.id, place.after)


def _save(request: ScreenRequest, view: ContributorView, form: PageForm) -> None:
    save_page(
        actor=request.actor,
        contribution_id=view.id,
        version=form.cleaned_data["version"],
        page=form.page,
        values=form.values(),
    )


# --- showing ------------------------------------------------------------------------------------


def _show(
    request: ScreenRequest, view: ContributorView, place: Place, *, form: PageForm
) -> HttpResponse:
    context = {
        "contribution": view,
        "place": place,
        "form": form,
        "kind_label": word(CONTRIBUTION_KIND_LABELS, view.kind),
        "saved_words": saved_words(view, request.actor),
        "emergency_number": emergency_number_of(request.actor),
        **_extra(request, view, form),
    }
    status = NEEDS_CORRECTION if form.errors else 200
    return render(request, f"contributor/{place.page}.html", context, status=status)


def _extra(request: ScreenRequest, view: ContributorView, form: PageForm) -> Mapping[str, object]:
    if isinstance(form, NoticedForm | RedFlagsForm):
        return {
            "picks": picks_of(request, form, actor=request.actor, version=view.catalogue_version),
            "bases": choices(BASIS_LABELS)(),
        }
    if isinstance(form, IdentifiersForm):
        rows = form["identifiers"].value() or []
        return {"rows": _with_words(rows), "roles": choices(PARTY_ROLE_LABELS)()}
    return {}


def _with_words(rows: list[Row]) -> list[Row]:
    return [
        row | {"kind_label": word(IDENTIFIER_LABELS, IdentifierKind(row["kind"]))} for row in rows
    ]


def saved_words(view: ContributorView, actor: Actor) -> str:
    """In the time of the contributor's country, as on the clock of the room."""
    zone = partnerships.country(actor.country).time_zone if actor.country else "UTC"
    time = view.saved_at.astimezone(ZoneInfo(zone))
    return gettext("Draft saved %(time)s") % {"time": f"{time:%H:%M}"}


def _conflict(
    request: ScreenRequest, view: ContributorView, place: Place, *, form: PageForm
) -> HttpResponse:
    """Both versions side by side; what was typed goes along and is saved if wanted."""
    known = catalogue(view.catalogue_version)
    yours = Content.from_dict({**view.content.to_dict(), **form.values()})
    pairs = zip(
        rows_of(yours, place.page, known=known),
        rows_of(view.content, place.page, known=known),
        strict=False,
    )
    context = {
        "contribution": view,
        "place": place,
        "both": [_compared(mine.label, mine.value, theirs.value) for mine, theirs in pairs],
        "typed": [pair for pair in typed_fields(request) if pair[0] not in _BUTTONS],
    }
    return render(request, "contributor/conflict.html", context, status=CONFLICT)


def _compared(label: str, yours: str, theirs: str) -> Compared:
    is_same = yours == theirs
    return Compared(
        label=label,
        yours=yours,
        theirs=theirs,
        words=gettext("the same") if is_same else gettext("different"),
        agreement=Agreement.SAME if is_same else Agreement.DIFFERENT,
    )
