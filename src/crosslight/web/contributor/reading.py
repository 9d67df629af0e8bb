"""C5: one contribution, its questions and answers, its feedback; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from crosslight.contributions.contributor_view import ContributorView, SeenFeedback, SeenQuestion
from crosslight.contributions.services import (
    answer_question,
    consult_own,
    read_feedback,
    withdraw_contribution,
)
from crosslight.core.policy.rules import (
    may_add_file,
    may_answer_question,
    may_view_own_contribution,
    may_withdraw_contribution,
)
from crosslight.core.vocabulary.contributions import FEEDBACK_AXES
from crosslight.custody.services import list_own_packages
from crosslight.foundation.errors import WrongState
from crosslight.web.contributor.audience import audience_of
from crosslight.web.contributor.file_lines import file_lines, takes_files
from crosslight.web.contributor.forms import AnswerForm
from crosslight.web.contributor.progress import (
    draft_url,
    has_news,
    is_draft,
    title_of,
    tone_of,
    way_of,
)
from crosslight.web.contributor.sending import label_of, sections_of
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled


@dataclass(frozen=True, slots=True)
class Missing:
    """Why it came back: a rule of form, or what the desk says is missing."""

    code: str
    message: str
    remedy: str
    label: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    text: str
    axes: tuple[tuple[str, int], ...]
    sent_at: datetime


@screen(may_view_own_contribution)
def contribution(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    if is_draft(view):
        return redirect(draft_url(view))
    if has_news(view):
        read_feedback(actor=request.actor, contribution_id=contribution_id)
    return _show(request, view, AnswerForm())


@screen(may_answer_question, methods=("POST",))
def answer(request: ScreenRequest, contribution_id: str, question_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    form = AnswerForm(request.POST)
    if settled(form, lambda: _answer(request, form, question_id)):
        messages.success(request, gettext("Your answer was sent to the desk."))
        return redirect("contributor:contribution", contribution_id)
    return _show(request, view, form)


@screen(may_withdraw_contribution, methods=("GET", "POST"))
def withdraw(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    view = consult_own(actor=request.actor, contribution_id=contribution_id)
    if not view.is_withdrawable:
        raise WrongState
    if request.method == "POST":
        withdraw_contribution(actor=request.actor, contribution_id=contribution_id)
        messages.success(request, gettext("Withdrawn. The content was erased."))
        return redirect("contributor:home")
    context = {"view": view, "title": title_of(view), "audience": audience_of(request.actor)}
    return render(request, "contributor/withdraw.html", context)


def _answer(request: ScreenRequest, form: AnswerForm, question_id: str) -> None:
    answer_question(
        actor=request.actor, question_id=question_id, answer=form.cleaned_data["answer"]
    )


def _show(request: ScreenRequest, view: ContributorView, form: AnswerForm) -> HttpResponse:
    questions = [question for question in view.questions if question.is_open]
    context = {
        "view": view,
        "title": title_of(view),
        "state": gettext(view.state),
        "tone": tone_of(view),
        "way": way_of(view),
        "missing": _missing(view),
        "open_questions": [_worded(question) for question in questions],
        "answered": [_worded(each) for each in view.questions if not each.is_open],
        "feedback": [_heard(each) for each in view.feedback],
        "sections": sections_of(view) if not view.is_erased else (),
        "edit_url": draft_url(view),
        "may_answer": request.actor.has(*may_answer_question.roles),
        "may_withdraw": view.is_withdrawable
        and request.actor.has(*may_withdraw_contribution.roles),
        "answer_form": form,
        "audience": audience_of(request.actor),
        "saved_words": gettext(view.state),
        "files": file_lines(list_own_packages(actor=request.actor, contribution_id=view.id)),
        "may_add_file": takes_files(view) and request.actor.has(*may_add_file.roles),
    }
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "contributor/contribution.html", context, status=status)


def _missing(view: ContributorView) -> tuple[Missing, ...]:
    faults = [
        Missing(
            fault.code,
            gettext(fault.message),
            gettext(fault.remedy),
            label_of(view.kind, fault.field) if fault.found else "",
            fault.found,
        )
        for fault in view.format_faults
    ]
    reasons = [Missing(reason.code, gettext(reason.label), "") for reason in view.reasons]
    return (*faults, *reasons)


def _worded(question: SeenQuestion) -> dict[str, object]:
    return {
        "id": question.id,
        "text": gettext(question.label),
        "note": question.note,
        "asked_at": question.asked_at,
        "due_at": question.due_at,
        "answer": question.answer,
        "answered_at": question.answered_at,
    }


def _heard(feedback: SeenFeedback) -> Heard:
    axes = tuple(
        (gettext(name), feedback.axes[code])
        for code, name in FEEDBACK_AXES.items()
        if code in feedback.axes
    )
    return Heard(gettext(feedback.label), axes, feedback.sent_at)
