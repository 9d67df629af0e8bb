"""What the desk sent to units, who opened it and how useful they found it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from crosslight.core.policy.rules import may_view_input
from crosslight.core.vocabulary.contributions import (
    FEEDBACK_LABELS,
    IDENTIFIER_LABELS,
    PRIORITY_LABELS,
    FeedbackCode,
    IdentifierKind,
    Priority,
)
from crosslight.core.vocabulary.law import HANDLING_LABELS, HandlingCode
from crosslight.review.services import consult_input, list_inputs
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Row
from crosslight.web.shared.words import word

PER_PAGE = 25


@screen(may_view_input)
def inputs(request: ScreenRequest) -> HttpResponse:
    page = Paginator(list_inputs(actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/inputs.html", {"page": page})


@screen(may_view_input)
def intelligence_input(request: ScreenRequest, input_id: str) -> HttpResponse:
    found = consult_input(actor=request.actor, input_id=input_id, purpose="desk")
    rows = (
        Row(gettext("Contributor"), f"{found.contributor_pseudonym}, {found.contributor_class}"),
        Row(gettext("Grades"), f"{found.source_grade}{found.information_grade}"),
        Row(gettext("Handling"), word(HANDLING_LABELS, HandlingCode(found.handling_code))),
        Row(gettext("Priority"), word(PRIORITY_LABELS, Priority(found.priority))),
        Row(gettext("Keep until"), found.retention_until.isoformat()),
    )
    receivers = [
        (each, word(FEEDBACK_LABELS, FeedbackCode(each.usefulness)) if each.usefulness else "")
        for each in found.disseminations.select_related("unit__country").order_by("unit__name")
    ]
    identifiers = [
        (word(IDENTIFIER_LABELS, IdentifierKind(each["kind"])), each["raw"])
        for each in found.identifiers
    ]
    context = {"found": found, "rows": rows, "receivers": receivers, "identifiers": identifiers}
    return render(request, "desk/input.html", context)
