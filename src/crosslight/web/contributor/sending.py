"""Check your answers, send, and the receipt (C4)."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from crosslight.contributions.contributor_view import ContributorView
from crosslight.contributions.services import consult_own, submit_contribution, take_receipt
from crosslight.core.contributions import FormatFault, Page, check
from crosslight.core.contributions.content import PAGES_OF_KIND
from crosslight.core.indicators import catalogue
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_edit_contribution,
    may_submit_contribution,
    may_view_own_contribution,
)
from crosslight.core.vocabulary.contributions import (
    CONTRIBUTION_KIND_LABELS,
    WITHOUT_FILES,
    ContributionKind,
)
from crosslight.core.vocabulary.contributors import class_of
from crosslight.custody.selectors import held_count
from crosslight.custody.services import list_own_packages
from crosslight.foundation import clock
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.ledger.auditor import script_of_proofs
from crosslight.partnerships import selectors as partnerships
from crosslight.web.contributor.audience import audience_of, emergency_number_of
from crosslight.web.contributor.file_lines import file_lines
from crosslight.web.contributor.forms import FORMS, KeptForm
from crosslight.web.contributor.pages import TITLES
from crosslight.web.contributor.progress import page_of_fault
from crosslight.web.contributor.writing import CONFLICT, saved_words
from crosslight.web.shared.access import SIGNED_IN, ScreenRequest, screen
from crosslight.web.shared.components import Row
from crosslight.web.shared.report import rows_of
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted
from crosslight.web.shared.words import word


@dataclass(frozen=True, slots=True)
class Section:
    """One page of answers; `url` leads back to it where it can still be changed."""

    title: str
    rows: tuple[Row, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of form with the way to the field that has it; `label` and `found` say where."""

    code: str
    message: str
    remedy: str
    url: str
    label: str = ""
    found: str = ""


@screen(may_edit_contribution)
def check_answers(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    if not view.is_editable:
        return redirect("contributor:contribution", view.id)
    return _show(request, view)


@screen(may_submit_contribution, methods=("POST",))
def send(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    """Sends what was checked: a page that is older than the draft is shown anew instead."""
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    if view.is_editable and request.POST.get("version") != str(view.version):
        return _show(request, view, is_stale=True)
    submission = submit_contribution(actor=request.actor, contribution_id=contribution_id)
    target = "contributor:receipt" if submission.is_received else "contributor:check"
    return redirect(target, contribution_id)


@screen(may_view_own_contribution, methods=("GET", "POST"))
def receipt(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    if view.receipt is None:
        raise NotFoundOrHidden
    form = KeptForm(posted(request), code=view.receipt.code)
    if form.is_valid():
        messages.success(request, gettext("You kept the code. The report is with the desk."))
        return redirect("contributor:home")
    context = {
        "contribution_id": view.id,
        "receipt": view.receipt,
        "form": form,
        "kind_label": word(CONTRIBUTION_KIND_LABELS, view.kind),
        "audience": audience_of(request.actor),
        "saved_words": gettext(view.state),
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "contributor/receipt.html", context, status=status)


@screen(may_view_own_contribution, methods=("POST",))
def proof(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    """The ledger's receipt, to be kept outside; by POST, since taking it is an act of its own."""
    taken = take_receipt(actor=request.actor, contribution_id=contribution_id)
    return _as_file(taken.proof.to_text().encode(), name=taken.filename)


@screen(SIGNED_IN)
def proof_script(request: ScreenRequest) -> HttpResponse:  # noqa: ARG001  every view takes it
    """Checks a receipt with tools that every Linux has; the same for everyone, and no data."""
    return _as_file(script_of_proofs(), name="verify.sh")


def _as_file(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _show(request: ScreenRequest, view: ContributorView, *, is_stale: bool = False) -> HttpResponse:
    context = {
        "contribution": view,
        "sections": sections_of(view, can_change=True),
        "faults": [_placed(fault, view) for fault in faults_of(view, request.actor)],
        "is_stale": is_stale,
        "takes_files": view.kind not in WITHOUT_FILES,
        "last_page": PAGES_OF_KIND[view.kind][-1],
        "files": file_lines(list_own_packages(actor=request.actor, contribution_id=view.id)),
        "kind_label": word(CONTRIBUTION_KIND_LABELS, view.kind),
        "audience": audience_of(request.actor),
        "emergency_number": emergency_number_of(request.actor),
        "may_submit": request.actor.has(*may_submit_contribution.roles),
        "saved_words": saved_words(view, request.actor),
    }
    status = CONFLICT if is_stale else 200
    return render(request, "contributor/check.html", context, status=status)


def sections_of(view: ContributorView, *, can_change: bool = False) -> tuple[Section, ...]:
    """The pages with their answers; what was not answered is shown only where it can be changed."""
    known = catalogue(view.catalogue_version)
    sections = []
    for page in PAGES_OF_KIND[view.kind]:
        url = reverse("contributor:page", args=[view.id, page]) if can_change else ""
        rows = rows_of(view.content, page, known=known)
        shown = tuple(row for row in rows if can_change or row.value)
        if shown:
            sections.append(Section(str(TITLES[page]), shown, url))
    return tuple(sections)


def faults_of(view: ContributorView, actor: Actor) -> tuple[FormatFault, ...]:
    """What the machine would send it back for, told before it is sent."""
    if actor.contributor_kind is None or actor.country is None:
        return view.format_faults
    return check(
        view.kind,
        view.content,
        contributor_class=class_of(actor.contributor_kind),
        catalogue=catalogue(view.catalogue_version),
        today=clock.today(),
        files=held_count(view.id),
        region=partnerships.country(actor.country).dialling_region,
    )


def _placed(fault: FormatFault, view: ContributorView) -> Fault:
    if fault.field == "files":
        url = reverse("contributor:files", args=[view.id])
        return Fault(fault.code, gettext(fault.message), gettext(fault.remedy), url)
    page = page_of_fault(fault, PAGES_OF_KIND[view.kind])
    url = reverse("contributor:page", args=[view.id, page])
    name = fault.field.split(".", 1)[0]
    return Fault(
        code=fault.code,
        message=gettext(fault.message),
        remedy=gettext(fault.remedy),
        url=f"{url}#{_anchor(page, name)}",
        label=label_of(view.kind, name) if fault.found else "",
        found=fault.found,
    )


def label_of(kind: ContributionKind, name: str) -> str:
    """The question under which a field stands; nothing where no page of this kind asks it."""
    fields = (FORMS[page].base_fields.get(name) for page in PAGES_OF_KIND[kind])
    return next((str(field.label) for field in fields if field is not None), "")


def _anchor(page: Page, name: str) -> str:
    """A choice has one box for each answer; the first of them is where it begins."""
    field = FORMS[page].base_fields.get(name)
    is_choice = field is not None and isinstance(field.widget, forms.RadioSelect)
    return f"id_{name}_0" if is_choice else f"id_{name}"
