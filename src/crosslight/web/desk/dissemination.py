"""D8: what goes to units, seen exactly as they will see it before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.contributions.selectors import facts_of
from crosslight.core.contributions import Content, Observed, Page
from crosslight.core.indicators import Catalogue, catalogue
from crosslight.core.policy.rules import may_disseminate_contribution
from crosslight.core.vocabulary.contributions import (
    SHARING_LABELS,
    ContributionKind,
    ObservationBasis,
)
from crosslight.core.vocabulary.law import (
    HANDLING_LABELS,
    INFORMATION_GRADE_LABELS,
    SOURCE_GRADE_LABELS,
    HandlingCode,
    InformationGrade,
    SourceGrade,
)
from crosslight.foundation.errors import FieldErrors
from crosslight.foundation.guard import require
from crosslight.partnerships import selectors as partnerships
from crosslight.review.sanitising import names_in, pseudonym_of
from crosslight.review.selectors import assessment_of
from crosslight.review.services import consult_contribution, disseminate
from crosslight.web.desk.acts import content_of
from crosslight.web.desk.forms import DisseminationForm
from crosslight.web.desk.lines import class_name, line_of, title_of
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Row
from crosslight.web.shared.indicators import language
from crosslight.web.shared.listing import listed
from crosslight.web.shared.report import rows_of
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted, settled
from crosslight.web.shared.typed import typed_fields
from crosslight.web.shared.words import word

if TYPE_CHECKING:
    from crosslight.contributions.models import Contribution

PURPOSE = "dissemination"


@screen(may_disseminate_contribution, methods=("GET", "POST"))
def dissemination(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    found = consult_contribution(
        actor=request.actor, contribution_id=contribution_id, purpose=PURPOSE
    )
    require(may_disseminate_contribution, request.actor, facts_of(found))
    content = content_of(found)
    form = DisseminationForm(posted(request), content=content, start=_start(found, content))
    if form.is_bound and request.POST.get("step") == "send":
        return _sent(request, found, form)
    if form.is_bound and "change" not in request.POST and _may_be_shown(form, found):
        return _preview(request, found, form)
    return _form(request, found, form)


def _may_be_shown(form: DisseminationForm, found: Contribution) -> bool:
    """Whether the text may go as it is: said before the preview, not only when it is sent."""
    if not form.is_valid():
        return False
    texts = {name: form.cleaned_data[name] for name in ("title", "body")}
    if faults := names_in(texts, found):
        form.take(FieldErrors(faults))
    return form.is_valid()


def _sent(request: ScreenRequest, found: Contribution, form: DisseminationForm) -> HttpResponse:
    def act() -> None:
        given = form.cleaned_data
        disseminate(
            actor=request.actor,
            contribution_id=found.pk,
            unit_ids=given["unit_ids"],
            title=given["title"],
            body=given["body"],
            identifiers=given["identifiers"],
        )

    if not settled(form, act):
        return _form(request, found, form)
    messages.success(request, gettext("Sent to the units."))
    return redirect("desk:contribution", found.pk)


def _form(request: ScreenRequest, found: Contribution, form: DisseminationForm) -> HttpResponse:
    is_to_correct = form.is_bound and bool(form.errors)
    context = {
        "contribution": found,
        "line": line_of(found),
        "form": form,
        "sharing_wish": word(SHARING_LABELS, content_of(found).sharing_wish),
    }
    status = NEEDS_CORRECTION if is_to_correct else 200
    return render(request, "desk/dissemination.html", context, status=status)


def _preview(request: ScreenRequest, found: Contribution, form: DisseminationForm) -> HttpResponse:
    chosen = set(form.cleaned_data["unit_ids"])
    units = [unit for unit in partnerships.units() if unit.pk in chosen]
    context = {
        "contribution": found,
        "title": form.cleaned_data["title"],
        "body": form.cleaned_data["body"],
        "identifiers": form.cleaned_data["identifiers"],
        "rows": _as_units_see_it(found),
        "sentences": assessment_of(found).sentences(),
        "units": units,
        "seen_by": listed(f"{unit.name} ({unit.country.name})" for unit in units),
        "typed": typed_fields(request),
    }
    return render(request, "desk/preview.html", context)


def _as_units_see_it(found: Contribution) -> tuple[Row, ...]:
    validation = found.validation
    grades = (
        word(SOURCE_GRADE_LABELS, SourceGrade(validation.source_grade)),
        word(INFORMATION_GRADE_LABELS, InformationGrade(validation.information_grade)),
    )
    return (
        Row(gettext("Contributor"), f"{pseudonym_of(found)}, {class_name(found)}"),
        Row(gettext("Grades"), "\n".join(grades)),
        Row(gettext("Handling"), word(HANDLING_LABELS, HandlingCode(validation.handling_code))),
        Row(gettext("Keep until"), validation.retention_until.isoformat()),
    )


def _start(found: Contribution, content: Content) -> dict[str, str]:
    """A first text made of the report's own answers, for the officer to shorten and correct."""
    known = catalogue(found.catalogue_version)
    is_typology = found.kind == ContributionKind.TYPOLOGY
    pages = (Page.PATTERN, Page.RED_FLAGS) if is_typology else (Page.WHERE_WHEN,)
    rows = [row for page in pages for row in rows_of(content, page, known=known) if row.value]
    lines = [
        *(f"{row.label}: {row.value}" for row in rows),
        *(_sign_line(each, known) for each in content.observations),
        "",
        content.facts,
    ]
    return {"title": title_of(found, content), "body": "\n".join(lines).strip()}


_KNOWN_BY = {
    ObservationBasis.SEEN: _("seen by the contributor"),
    ObservationBasis.TOLD: _("told to the contributor"),
    ObservationBasis.DERIVED: _("read in a document or system"),
}


def _sign_line(observed: Observed, known: Catalogue) -> str:
    label = known.label(known.get(observed.indicator_id), language()).text
    return f"- {label} ({_KNOWN_BY[observed.basis]})" if observed.basis else f"- {label}"
