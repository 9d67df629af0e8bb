"""D2: the report on one side, the decision on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from crosslight.core.contributions import Page
from crosslight.core.indicators import AssessmentList, DimensionResult, Outcome, catalogue
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.policy.rules import may_review_contribution
from crosslight.core.vocabulary.contributions import (
    DANGER_LABELS,
    FEEDBACK_LABELS,
    PRIORITY_LABELS,
    QUESTION_LABELS,
    RETURN_LABELS,
    SECTOR_LABELS,
    ContributionKind,
    FeedbackCode,
    Priority,
    QuestionForm,
    ReturnCode,
)
from crosslight.core.vocabulary.law import (
    CATEGORY_LABELS,
    HANDLING_LABELS,
    INFORMATION_GRADE_LABELS,
    LEGAL_BASIS_LABELS,
    SOURCE_GRADE_LABELS,
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    SourceGrade,
)
from crosslight.custody.services import list_packages_of
from crosslight.review.history import history_of
from crosslight.review.selectors import (
    assessment_of,
    is_in_library,
    suggestion_for,
    usual_list,
)
from crosslight.review.services import consult_contribution
from crosslight.web.desk.acts import content_of, possible_acts
from crosslight.web.desk.completeness import completeness_of
from crosslight.web.desk.forms import suggested_grade
from crosslight.web.desk.lines import line_of
from crosslight.web.desk.package_words import PackageLine
from crosslight.web.desk.package_words import line_of as package_line
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Row, Tone
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.indicators import DIMENSION_NAMES
from crosslight.web.shared.report import identifying, noticed, red_flagged, rows_of
from crosslight.web.shared.settle import NEEDS_CORRECTION
from crosslight.web.shared.words import word

if TYPE_CHECKING:
    from crosslight.contributions.models import Contribution, Question

PURPOSE = "review"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of the assessment, in words."""

    code: str
    name: str
    outcome: str
    tone: Tone
    counted: int


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    note: str
    asked_at: datetime
    due_at: datetime
    answer: str
    answered_at: datetime | None


@screen(may_review_contribution)
def contribution(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    found = consult_contribution(
        actor=request.actor, contribution_id=contribution_id, purpose=PURPOSE
    )
    return show(request, found, bound={})


def show(
    request: ScreenRequest, found: Contribution, *, bound: Mapping[str, ScreenForm]
) -> HttpResponse:
    """The page of one contribution; `bound` are the forms that need a correction."""
    acts = possible_acts(found, request.actor, bound=bound)
    context = {
        "contribution": found,
        "line": line_of(found),
        "history": history_of(found, request.actor),
        "is_erased": found.erased_at is not None,
        "faulty": next(iter(bound.values()), None),
        "primary": acts[0] if acts else None,
        "others": acts[1:],
        "waiting": _waiting(found),
        "decided": _decided(found),
        "decided_priority": hasattr(found, "prioritisation") or hasattr(found, "drop"),
        "questions": [_asked(question) for question in found.questions.order_by("asked_at")],
        "inputs": found.inputs.order_by("disseminated_at"),
        "files": _files(request, found),
        **_report(found),
        **_advice(request, found),
    }
    status = NEEDS_CORRECTION if bound else 200
    return render(request, "desk/review.html", context, status=status)


def _report(found: Contribution) -> dict[str, object]:
    content = content_of(found)
    known = catalogue(found.catalogue_version)
    return {
        "content": content,
        "dangers": [word(DANGER_LABELS, reason) for reason in content.danger],
        "noticed": noticed(content, known),
        "where_when": _given(rows_of(content, Page.WHERE_WHEN, known=known)),
        "identifiers": identifying(content),
        "how_known": _given(rows_of(content, Page.WORDS, known=known)[1:3]),
        "sharing": _given(rows_of(content, _sharing_page(found), known=known)),
        "is_typology": found.kind == ContributionKind.TYPOLOGY,
        "red_flags": red_flagged(content, known),
        "sector": word(SECTOR_LABELS, content.sector),
        "is_in_library": is_in_library(found),
    }


def _sharing_page(found: Contribution) -> Page:
    """A typology asks nothing about a possible victim: there is none in it."""
    return Page.RELEASE if found.kind == ContributionKind.TYPOLOGY else Page.SHARING


def _files(request: ScreenRequest, found: Contribution) -> tuple[PackageLine, ...]:
    rows = list_packages_of(actor=request.actor, contribution_id=found.pk)
    return tuple(map(package_line, rows))


def _given(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.value)


# --- advice: shown, never deciding ----------------------------------------------------------------


def _advice(request: ScreenRequest, found: Contribution) -> dict[str, object]:
    content = content_of(found)
    list_name = _list_of(request, found)
    assessment = assessment_of(found, list_name=list_name)
    grade = suggested_grade(content)
    return {
        "completeness": completeness_of(found.kind, content),
        "suggestion": suggestion_for(found),
        "suggested_grade": word(INFORMATION_GRADE_LABELS, grade),
        "assessment": assessment,
        "lists": [(name, gettext(name.label), name is list_name) for name in AssessmentList],
        "dimensions": [_dimension(each) for each in assessment.dimensions],
    }


def _list_of(request: ScreenRequest, found: Contribution) -> AssessmentList:
    wanted = request.GET.get("list", "")
    return AssessmentList(wanted) if wanted in set(AssessmentList) else usual_list(found)


_OUTCOMES = {
    Outcome.POSITIVE: ("Signs point towards it", Tone.ATTENTION),
    Outcome.NEGATIVE: ("Below the threshold", Tone.NEUTRAL),
    Outcome.NOT_ASSESSED: ("Not assessed", Tone.STOPPED),
}


def _dimension(each: DimensionResult) -> Dimension:
    words, tone = _OUTCOMES[each.outcome]
    return Dimension(
        code=each.dimension.value,
        name=str(DIMENSION_NAMES[each.dimension]),
        outcome=gettext(words),
        tone=tone,
        counted=len(each.counted),
    )


# --- what was decided -----------------------------------------------------------------------------


def _waiting(found: Contribution) -> str:
    state = ContributionState(found.state)
    if state in {ContributionState.QUESTION_OPEN, ContributionState.RETURNED_QUALITY}:
        return gettext("Nothing to do here until the contributor answers.")
    return ""


def _decided(found: Contribution) -> tuple[Row, ...]:
    return (*_returned(found), *_validated(found), *_prioritised(found), *_ended(found))


def _returned(found: Contribution) -> tuple[Row, ...]:
    codes = "\n".join(
        word(RETURN_LABELS, ReturnCode(reason["code"])) for reason in found.return_reasons
    )
    return (Row(gettext("Returned for"), codes),) if codes else ()


def _validated(found: Contribution) -> tuple[Row, ...]:
    if not hasattr(found, "validation"):
        return ()
    validation = found.validation
    grades = (
        word(SOURCE_GRADE_LABELS, SourceGrade(validation.source_grade)),
        word(INFORMATION_GRADE_LABELS, InformationGrade(validation.information_grade)),
    )
    return (
        Row(gettext("Grades"), "\n".join(grades)),
        Row(gettext("Handling"), word(HANDLING_LABELS, HandlingCode(validation.handling_code))),
        Row(
            gettext("Data of"),
            word(CATEGORY_LABELS, DataSubjectCategory(validation.subject_category)),
        ),
        Row(gettext("Legal basis"), word(LEGAL_BASIS_LABELS, LegalBasis(validation.legal_basis))),
        Row(gettext("Purpose"), validation.purpose),
        Row(gettext("Keep until"), validation.retention_until.isoformat()),
        Row(gettext("Validated by"), validation.validated_by.name),
    )


def _prioritised(found: Contribution) -> tuple[Row, ...]:
    if not hasattr(found, "prioritisation"):
        return ()
    decision = found.prioritisation
    rows = (
        Row(gettext("Priority"), word(PRIORITY_LABELS, Priority(decision.priority))),
        Row(gettext("Suggested"), decision.suggested_priority),
        Row(gettext("Reasons"), decision.reasons),
        Row(gettext("Why otherwise"), decision.deviation_reason),
        Row(gettext("Prioritised by"), decision.prioritised_by.name),
    )
    return _given(rows)


def _ended(found: Contribution) -> tuple[Row, ...]:
    rows = []
    if hasattr(found, "drop"):
        rows.append(Row(gettext("No further interest because"), found.drop.reason))
    rows += [
        Row(gettext("Feedback given"), word(FEEDBACK_LABELS, FeedbackCode(each.code)))
        for each in found.feedback.order_by("sent_at")
    ]
    return tuple(rows)


def _asked(question: Question) -> Asked:
    return Asked(
        text=word(QUESTION_LABELS, QuestionForm(question.form)),
        note=question.note,
        asked_at=question.asked_at,
        due_at=question.due_at,
        answer=question.answer,
        answered_at=question.answered_at,
    )
