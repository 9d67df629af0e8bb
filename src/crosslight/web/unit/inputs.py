"""Inputs that desks sent to this unit: reading them, and saying of what use they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_answer_input, may_start_investigation, may_view_input
from crosslight.core.vocabulary.contributions import (
    FEEDBACK_LABELS,
    IDENTIFIER_LABELS,
    PRIORITY_LABELS,
    FeedbackCode,
    IdentifierKind,
    Priority,
)
from crosslight.core.vocabulary.law import (
    CATEGORY_LABELS,
    HANDLING_LABELS,
    INFORMATION_GRADE_LABELS,
    SOURCE_GRADE_LABELS,
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    SourceGrade,
)
from crosslight.review.services import consult_input, list_inputs, mark_input_useful
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Row, Tone
from crosslight.web.shared.dates import DAY, written
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled
from crosslight.web.shared.words import choices, word

if TYPE_CHECKING:
    from crosslight.review.models import Dissemination, IntelligenceInput

PER_PAGE = 25
PURPOSE = "investigation"


class UsefulForm(ScreenForm):
    code = forms.ChoiceField(
        label=_("Of what use was it?"),
        choices=choices(FEEDBACK_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose of what use it was")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="useful_%s")

    def chosen(self) -> FeedbackCode:
        return FeedbackCode(self.cleaned_data["code"])


@dataclass(frozen=True, slots=True)
class InputLine:
    found: IntelligenceInput
    priority: str
    state: str
    tone: Tone


@screen(may_view_input)
def inputs(request: ScreenRequest) -> HttpResponse:
    page = Paginator(list_inputs(actor=request.actor), PER_PAGE).get_page(request.GET.get("page"))
    lines = [_line(request.actor, found) for found in page.object_list]
    return render(request, "unit/inputs.html", {"page": page, "lines": lines})


@screen(may_view_input)
def intelligence_input(request: ScreenRequest, input_id: str) -> HttpResponse:
    return _show(request, input_id, form=UsefulForm(), status=200)


@screen(may_answer_input, methods=("POST",))
def input_useful(request: ScreenRequest, input_id: str) -> HttpResponse:
    form = UsefulForm(request.POST)

    def act() -> None:
        mark_input_useful(actor=request.actor, input_id=input_id, code=form.chosen())

    if settled(form, act):
        messages.success(request, gettext("Thank you. The desk was told."))
        return redirect("unit:input", input_id)
    return _show(request, input_id, form=form, status=NEEDS_CORRECTION)


def _show(request: ScreenRequest, input_id: str, *, form: UsefulForm, status: int) -> HttpResponse:
    found = consult_input(actor=request.actor, input_id=input_id, purpose=PURPOSE)
    copy = _copy_of(request.actor, found)
    context = {
        "found": found,
        "rows": _rows(found),
        "identifiers": [
            Row(word(IDENTIFIER_LABELS, IdentifierKind(each["kind"])), each["raw"])
            for each in found.identifiers
        ],
        "usefulness": word(FEEDBACK_LABELS, _code_of(copy)),
        "form": form,
        "may_answer": request.actor.has(*may_answer_input.roles),
        "may_start": request.actor.has(*may_start_investigation.roles),
    }
    return render(request, "unit/input.html", context, status=status)


def _rows(found: IntelligenceInput) -> tuple[Row, ...]:
    grades = (
        word(SOURCE_GRADE_LABELS, SourceGrade(found.source_grade)),
        word(INFORMATION_GRADE_LABELS, InformationGrade(found.information_grade)),
    )
    category = DataSubjectCategory(found.subject_category)
    return (
        Row(gettext("From"), gettext("Desk of %(country)s") % {"country": found.country.name}),
        Row(gettext("Contributor"), f"{found.contributor_pseudonym}, {found.contributor_class}"),
        Row(gettext("Grades"), "\n".join(grades)),
        Row(gettext("Handling"), word(HANDLING_LABELS, HandlingCode(found.handling_code))),
        Row(gettext("Data of"), word(CATEGORY_LABELS, category)),
        Row(gettext("Priority"), word(PRIORITY_LABELS, Priority(found.priority))),
        Row(gettext("Keep until"), written(found.retention_until, DAY)),
    )


def _line(actor: Actor, found: IntelligenceInput) -> InputLine:
    copy = _copy_of(actor, found)
    state, tone = _state_of(copy)
    priority = word(PRIORITY_LABELS, Priority(found.priority))
    return InputLine(found=found, priority=priority, state=state, tone=tone)


def _state_of(copy: Dissemination | None) -> tuple[str, Tone]:
    if copy is None or copy.opened_at is None:
        return gettext("New"), Tone.ATTENTION
    if _code_of(copy) is None:
        return gettext("Opened"), Tone.PROGRESS
    return gettext("Answered"), Tone.DONE


def _copy_of(actor: Actor, found: IntelligenceInput) -> Dissemination | None:
    """The unit's own copy; what other units received is not theirs to see."""
    copies = found.disseminations.all()
    return next((copy for copy in copies if copy.unit_id == actor.unit_id), None)


def _code_of(copy: Dissemination | None) -> FeedbackCode | None:
    return FeedbackCode(copy.usefulness) if copy and copy.usefulness else None
