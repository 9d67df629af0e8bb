"""The files of a contribution: what is asked first, sending them over a bad line, their receipts.

A file comes in pieces (`upload`, after tus 1.0: HEAD tells where it stands, PATCH adds a piece with
its checksum), so that a cut costs one piece at most. Where no script runs, a small one comes with a
form. Either way the questions come first: nothing of a file leaves the sender's hands before them.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from crosslight.contributions.contributor_view import ContributorView
from crosslight.contributions.services import add_file, consult_own
from crosslight.core.policy.rules import may_add_file, may_send_package, may_view_own_package
from crosslight.custody import keys
from crosslight.custody.pieces import read_checksum, read_offset
from crosslight.custody.selectors import own_package
from crosslight.custody.services import (
    PIECE_BYTES,
    append,
    cancel_upload,
    consult_own_package,
    list_own_packages,
    receive_at_once,
)
from crosslight.foundation.errors import InputError, WrongState
from crosslight.web.contributor.audience import audience_of
from crosslight.web.contributor.file_forms import ANSWERS, YES, AskForm, OfferForm
from crosslight.web.contributor.file_lines import (
    file_lines,
    line_of_file,
    takes_files,
)
from crosslight.web.contributor.progress import title_of
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted
from crosslight.web.shared.sizes import size_words

CREATED, NO_CONTENT = 201, 204


@screen(may_view_own_package)
def files(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    context = {
        "view": view,
        "title": title_of(view),
        "files": file_lines(list_own_packages(actor=request.actor, contribution_id=view.id)),
        "may_add": takes_files(view) and request.actor.has(*may_add_file.roles),
        "recipient": keys.recipient(),
    }
    return render(request, "contributor/files.html", context)


@screen(may_add_file, methods=("GET", "POST"))
def ask(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    """The questions before the file."""
    view = _open_view(request, contribution_id)
    form = AskForm(posted(request), actor=request.actor, basis=view.content.legal_basis)
    if form.is_bound and request.POST.get("shows_minor") == YES:
        return redirect("contributor:file_stopped", view.id)
    if form.is_valid():
        query = urlencode(form.answers)
        return redirect(f"{reverse('contributor:file_add', args=[view.id])}?{query}")
    context = {"view": view, "title": title_of(view), "form": form}
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "contributor/file_ask.html", context, status=status)


@screen(may_add_file)
def stopped(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    context = {"view": view, "title": title_of(view), "hotline": settings.HOTLINE}
    return render(request, "contributor/file_stopped.html", context)


@screen(may_add_file, methods=("GET", "POST"))
def add(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    """The file itself, in a form where no script runs."""
    view = _open_view(request, contribution_id)
    answers = request.POST if request.method == "POST" else request.GET
    said = {name: answers.get(name, "") for name in ANSWERS}
    if not all(said.values()):
        return redirect("contributor:file_ask", view.id)
    fault = _take(request, view) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        messages.success(request, gettext("The file has arrived."))
        return redirect("contributor:files", view.id)
    context = {
        "view": view,
        "title": title_of(view),
        "said": said,
        "fault": fault,
        "audience": audience_of(request.actor),
        "largest_form": size_words(settings.FORM_UPLOAD_MAX_BYTES),
        "largest": size_words(settings.CUSTODY_LIMITS.file),
        "piece_bytes": PIECE_BYTES,
    }
    status = NEEDS_CORRECTION if fault else 200
    return render(request, "contributor/file_add.html", context, status=status)


@screen(may_add_file, methods=("POST",))
def announce(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    """What a script sends before the first piece."""
    view = _open_view(request, contribution_id)
    form = _offer(request, view, **request.POST.dict())
    made = add_file(actor=request.actor, contribution_id=view.id, offer=form.offer())
    page = reverse("contributor:file", args=[made.id])
    answer = JsonResponse({"offset": made.received_bytes, "page": page}, status=CREATED)
    answer["Location"] = reverse("contributor:upload", args=[made.id])
    return answer


@screen(may_send_package, methods=("GET", "PATCH"))
def upload(request: ScreenRequest, package_id: str) -> HttpResponse:
    if request.method == "PATCH":
        append(
            actor=request.actor,
            package_id=package_id,
            offset=read_offset(request.headers.get("Upload-Offset", "")),
            piece=request.body,
            sha256=read_checksum(request.headers.get("Upload-Checksum", "")),
        )
    seen, _ = own_package(request.actor, package_id)
    answer = HttpResponse(status=NO_CONTENT if request.method == "PATCH" else 200)
    answer["Upload-Offset"] = str(seen.received_bytes)
    answer["Upload-Length"] = str(seen.size)
    return answer


@screen(may_view_own_package)
def file(request: ScreenRequest, package_id: str) -> HttpResponse:
    seen, contribution_id = consult_own_package(actor=request.actor, package_id=package_id)
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    context = {
        "view": view,
        "title": title_of(view),
        "line": line_of_file(seen),
        "seen": seen,
        "piece_bytes": PIECE_BYTES,
        "audience": audience_of(request.actor),
    }
    return render(request, "contributor/file.html", context)


@screen(may_send_package, methods=("POST",))
def cancel(request: ScreenRequest, package_id: str) -> HttpResponse:
    _, contribution_id = own_package(request.actor, package_id)
    cancel_upload(actor=request.actor, package_id=package_id)
    messages.success(request, gettext("Cancelled. What had come of the file was deleted."))
    return redirect("contributor:files", contribution_id)


# --- reading what was sent ------------------------------------------------------------------------


def _open_view(request: ScreenRequest, contribution_id: str) -> ContributorView:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    if not takes_files(view):
        raise WrongState
    return view


def _take(request: ScreenRequest, view: ContributorView) -> str:
    """Empty: it was taken; else what to correct."""
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        return gettext("Choose a file that is not empty.")
    form = _offer(
        request,
        view,
        **request.POST.dict(),
        size=str(sent.size),
        media_type=sent.content_type or "",
    )
    made = add_file(actor=request.actor, contribution_id=view.id, offer=form.offer())
    receive_at_once(actor=request.actor, package_id=made.id, pieces=sent.chunks())
    return ""


def _offer(request: ScreenRequest, view: ContributorView, **given: str) -> OfferForm:
    """The answers were given on the page before; here they only have to be whole.

    Whoever answers here that it may show a minor is stopped by the service, as anywhere.
    """
    data = request.POST.copy()
    data.update(given)
    form = OfferForm(data, actor=request.actor, basis=view.content.legal_basis)
    if not form.is_valid():
        raise InputError
    return form
