"""K2 and K3: the unit's cases, one case with its records, and its registration by the head."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from crosslight.coordination.services import entry
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.policy.rules import (
    may_approve_investigation,
    may_close_investigation,
    may_enter_entity,
    may_start_investigation,
    may_view_investigation,
)
from crosslight.core.vocabulary.coordination import (
    CASE_PHASE_LABELS,
    CRIME_AREA_LABELS,
    CasePhase,
    CrimeArea,
)
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS, LegalBasis
from crosslight.core.vocabulary.people import Role
from crosslight.investigations import services
from crosslight.investigations.selectors import facts_of
from crosslight.partnerships.selectors import users_with_role
from crosslight.review.services import consult_input
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Row
from crosslight.web.shared.listing import listed
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled
from crosslight.web.shared.words import word
from crosslight.web.unit.case_forms import ApproveForm, CaseForm, SearchForm
from crosslight.web.unit.files import file_line
from crosslight.web.unit.lines import record_line

if TYPE_CHECKING:
    from crosslight.core.policy import Actor
    from crosslight.investigations.models import Investigation

PER_PAGE = 25
PURPOSE = "investigation"
# Purpose and legal basis come first: the head registers the case for these two.
_GROUNDS = 2


@screen(may_view_investigation)
def investigations(request: ScreenRequest) -> HttpResponse:
    found = services.list_investigations(actor=request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [file_line(each) for each in page.object_list]}
    return render(request, "unit/investigations.html", context)


@screen(may_start_investigation, methods=("GET", "POST"))
def new(request: ScreenRequest) -> HttpResponse:
    """With `?input=`, from an intelligence input, which then is where its first record starts."""
    form = CaseForm(request.POST or None, start=_from_input(request))
    started: list[Investigation] = []

    def start() -> None:
        draft = form.draft()
        started.append(services.start_investigation(actor=request.actor, draft=draft))

    if form.is_bound and settled(form, start):
        messages.success(request, gettext("Opened. Your head is asked to register it."))
        return redirect(_after_start(started[0].pk, form.cleaned_data["input"]))
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/investigation_new.html", {"form": form}, status=status)


@screen(may_view_investigation, methods=("GET", "POST"))
def investigation(request: ScreenRequest, investigation_id: str) -> HttpResponse:
    """A search is sent by POST: what was sought belongs in no address and no server log."""
    found = services.consult_investigation(
        actor=request.actor, investigation_id=investigation_id, purpose=PURPOSE
    )
    search = SearchForm(request.POST or None)
    return _show(request, found, ApproveForm(start=found.review_on), search=search)


@screen(may_approve_investigation, methods=("POST",))
def approve(request: ScreenRequest, investigation_id: str) -> HttpResponse:
    form = ApproveForm(request.POST)

    def act() -> None:
        entry.approve_investigation(
            actor=request.actor,
            investigation_id=investigation_id,
            review_on=form.cleaned_data["review_on"],
        )

    if settled(form, act):
        messages.success(request, gettext("Registered. Its records are matched from now on."))
        return redirect("unit:investigation", investigation_id)
    found = services.consult_investigation(
        actor=request.actor, investigation_id=investigation_id, purpose=PURPOSE
    )
    return _show(request, found, form, search=SearchForm())


@screen(may_close_investigation, methods=("POST",))
def close(request: ScreenRequest, investigation_id: str) -> HttpResponse:
    entry.close_investigation(actor=request.actor, investigation_id=investigation_id)
    messages.success(request, gettext("Closed. Its records are no longer matched."))
    return redirect("unit:investigation", investigation_id)


def _show(
    request: ScreenRequest, found: Investigation, form: ApproveForm, *, search: SearchForm
) -> HttpResponse:
    actor, facts = request.actor, facts_of(found)
    facts_shown = _facts(found)
    context = {
        "file": found,
        "line": file_line(found),
        "facts": facts_shown,
        "grounds": facts_shown[:_GROUNDS],
        "others": facts_shown[_GROUNDS:],
        "is_draft": found.state == InvestigationState.DRAFT,
        "heads": _heads(actor),
        "may_approve": bool(may_approve_investigation(actor, facts)),
        "may_close": bool(may_close_investigation(actor, facts)),
        "may_enter": bool(may_enter_entity(actor, facts)),
        "form": form,
        "search": search,
        **_records(request, found, search),
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/investigation.html", context, status=status)


def _records(request: ScreenRequest, found: Investigation, search: SearchForm) -> dict[str, object]:
    """All records of the case; or, where something is sought, what the unit holds of it (I14)."""
    is_search = search.is_bound and search.is_valid()
    if is_search:
        entities = services.search_entities(
            actor=request.actor,
            investigation_id=found.pk,
            text=search.cleaned_data["text"],
            purpose=PURPOSE,
        )
    else:
        entities = services.list_entities(
            actor=request.actor, investigation_id=found.pk, purpose=PURPOSE
        )
    return {"records": [record_line(each) for each in entities], "is_search": is_search}


def _facts(found: Investigation) -> tuple[Row, ...]:
    operation = gettext("Yes") if found.has_planned_operation else gettext("No")
    judicial = gettext("Yes") if found.is_judicial else gettext("No")
    return (
        Row(gettext("Purpose"), found.purpose),
        Row(gettext("Legal basis"), word(LEGAL_BASIS_LABELS, LegalBasis(found.legal_basis))),
        Row(gettext("Crime area"), word(CRIME_AREA_LABELS, CrimeArea(found.crime_area))),
        Row(gettext("Phase"), word(CASE_PHASE_LABELS, CasePhase(found.phase))),
        Row(gettext("Judge or prosecutor involved"), judicial),
        Row(gettext("Planned operation"), operation),
        Row(gettext("Opened by"), found.opened_by.name),
        *_registered(found),
    )


def _registered(found: Investigation) -> tuple[Row, ...]:
    if found.approved_by is None:
        return ()
    return (Row(gettext("Registered by"), found.approved_by.name),)


def _heads(actor: Actor) -> str:
    heads = users_with_role([Role.UNIT_HEAD], unit_id=actor.unit_id)
    return listed(head.name for head in heads.order_by("name"))


def _from_input(request: ScreenRequest) -> dict[str, str]:
    """What a case takes over from an input: its title and where it comes from."""
    input_id = request.GET.get("input", "")
    if not input_id:
        return {}
    found = consult_input(actor=request.actor, input_id=input_id, purpose="new-investigation")
    return {"title": found.title, "input": found.pk}


def _after_start(investigation_id: str, input_id: str) -> str:
    if not input_id:
        return reverse("unit:investigation", args=[investigation_id])
    address = reverse("unit:entity_new", args=[investigation_id])
    return f"{address}?{urlencode({'input': input_id})}"
