"""Custody of files: what waits, the chain of one package, its release; and originals that leave.

An original is never shown on a page. It leaves as a file to save, of no type that a browser opens,
for a reason that is on record before the first byte.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.core.policy import Rule
from crosslight.core.policy.rules import (
    may_export_package,
    may_list_packages,
    may_release_package,
    may_restrict_package,
    may_reveal_package,
    may_view_package,
)
from crosslight.core.vocabulary.custody import AccessPurpose
from crosslight.custody.selectors import facts_of
from crosslight.custody.services import (
    Leaving,
    Opened,
    consult_package,
    export_package,
    list_packages,
    release_package,
    restrict_package,
    reveal_object,
)
from crosslight.foundation.errors import FieldErrors, NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.web.desk.package_forms import ExportForm, OpenForm
from crosslight.web.desk.package_words import (
    checks_of,
    is_looked_through,
    line_of,
    meaning_of,
    stops_of,
    things_of,
)
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.fresh_factor import require_fresh_factor
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted

PER_PAGE = 25
_BOTH = ("GET", "POST")


@screen(may_list_packages)
def packages(request: ScreenRequest) -> HttpResponse:
    rows = list_packages(actor=request.actor)
    waiting = [line_of(row) for row in rows if may_release_package(request.actor, facts_of(row))]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": waiting,
        "lines": [line_of(row) for row in page.object_list],
        "page": page,
    }
    return render(request, "desk/packages.html", context)


@screen(may_view_package)
def package(request: ScreenRequest, package_id: str) -> HttpResponse:
    opened = consult_package(actor=request.actor, package_id=package_id)
    facts = facts_of(opened.package)
    context = {
        "line": line_of(opened.package),
        "package": opened.package,
        "stops": stops_of(opened),
        "checks": checks_of(opened),
        "meaning": meaning_of(opened),
        "things": things_of(opened),
        "is_looked_through": is_looked_through(opened),
        "has_inspection": opened.inspection is not None,
        "may_release": bool(may_release_package(request.actor, facts)),
        "may_restrict": bool(may_restrict_package(request.actor, facts)),
        "may_reveal": bool(may_reveal_package(request.actor, facts)),
        "may_export": bool(may_export_package(request.actor, facts)),
    }
    return render(request, "desk/package.html", context)


@screen(may_release_package, methods=("POST",))
def release(request: ScreenRequest, package_id: str) -> HttpResponse:
    release_package(actor=request.actor, package_id=package_id)
    messages.success(request, gettext("Released. The desk can now open and export it."))
    return redirect("desk:package", package_id)


@screen(may_restrict_package, methods=("POST",))
def restrict(request: ScreenRequest, package_id: str) -> HttpResponse:
    restrict_package(actor=request.actor, package_id=package_id)
    messages.success(request, gettext("Restricted. Nobody opens or exports it."))
    return redirect("desk:package", package_id)


@screen(may_reveal_package, methods=_BOTH)
def reveal(request: ScreenRequest, package_id: str, number: int) -> HttpResponseBase:
    opened = _opened_for(request, package_id, rule=may_reveal_package)
    thing = next((each for each in things_of(opened) if each.number == number), None)
    if thing is None:
        raise NotFoundOrHidden
    form = OpenForm(posted(request))
    if form.is_valid():
        try:
            return _leaving(
                reveal_object(
                    actor=request.actor,
                    package_id=package_id,
                    number=number,
                    purpose=AccessPurpose(form.cleaned_data["purpose"]),
                    reason=form.cleaned_data["reason"],
                )
            )
        except FieldErrors as error:
            form.take(error)
    return _ask(request, opened, form=form, thing=thing)


@screen(may_export_package, methods=_BOTH)
def export(request: ScreenRequest, package_id: str) -> HttpResponseBase:
    opened = _opened_for(request, package_id, rule=may_export_package)
    form = ExportForm(posted(request))
    if form.is_valid():
        try:
            return _leaving(
                export_package(
                    actor=request.actor,
                    package_id=package_id,
                    recipient_id=form.cleaned_data["recipient"],
                    purpose=AccessPurpose(form.cleaned_data["purpose"]),
                    reason=form.cleaned_data["reason"],
                )
            )
        except FieldErrors as error:
            form.take(error)
    return _ask(request, opened, form=form, thing=None)


def _opened_for(request: ScreenRequest, package_id: str, *, rule: Rule) -> Opened:
    """The policy first, so that nobody is asked for a code in vain; then the fresh code."""
    opened = consult_package(actor=request.actor, package_id=package_id)
    require(rule, request.actor, facts_of(opened.package))
    require_fresh_factor(request)
    return opened


def _ask(request: ScreenRequest, opened: Opened, *, form: OpenForm, thing: object) -> HttpResponse:
    context = {
        "package": opened.package,
        "line": line_of(opened.package),
        "form": form,
        "thing": thing,
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "desk/package_open.html", context, status=status)


def _leaving(leaving: Leaving) -> HttpResponseBase:
    """A file to save and nothing else: no type to open, no guessing, no rights if it is opened."""
    answer = StreamingHttpResponse(_sent(leaving), content_type="application/octet-stream")
    answer["Content-Length"] = str(leaving.size)
    answer["Content-Disposition"] = f'attachment; filename="{leaving.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _sent(leaving: Leaving) -> Iterator[bytes]:
    """Closed with the answer, also where the other side goes away in the middle."""
    with leaving.file:
        yield from leaving.chunks
