"""The desk's acts: each takes its form, calls one service, and goes back to the contribution."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from crosslight.core.policy.rules import (
    may_ask_question,
    may_close_contribution,
    may_drop_contribution,
    may_give_feedback,
    may_prioritise_contribution,
    may_refuse_contribution,
    may_return_contribution,
    may_take_contribution,
    may_take_in_typology,
    may_take_out_typology,
    may_validate_contribution,
)
from crosslight.review import services
from crosslight.review.selectors import contribution_for_desk, suggestion_for
from crosslight.web.desk.forms import (
    AskForm,
    DropForm,
    FeedbackForm,
    PriorityForm,
    RefuseForm,
    ReturnForm,
    TakeInForm,
    TakeOutForm,
    ValidationForm,
)
from crosslight.web.desk.review import PURPOSE, show
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import settled

_POST = ("POST",)


@screen(may_take_contribution, methods=_POST)
def take(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    services.take_contribution(actor=request.actor, contribution_id=contribution_id)
    return redirect("desk:contribution", contribution_id)


@screen(may_validate_contribution, methods=_POST)
def validate(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = ValidationForm(request.POST)

    def act() -> None:
        services.validate_contribution(
            actor=request.actor, contribution_id=contribution_id, grading=form.grading()
        )

    return _settle(request, contribution_id, form, act=act, said=gettext("Validated."))


@screen(may_return_contribution, methods=_POST)
def return_it(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = ReturnForm(request.POST)

    def act() -> None:
        services.return_contribution(
            actor=request.actor,
            contribution_id=contribution_id,
            codes=form.chosen(),
            note=form.cleaned_data["note"],
        )

    return _settle(
        request, contribution_id, form, act=act, said=gettext("Returned to the contributor.")
    )


@screen(may_refuse_contribution, methods=_POST)
def refuse(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = RefuseForm(request.POST)

    def act() -> None:
        services.refuse_contribution(
            actor=request.actor,
            contribution_id=contribution_id,
            code=form.chosen(),
            note=form.cleaned_data["note"],
        )

    return _settle(
        request,
        contribution_id,
        form,
        act=act,
        said=gettext("Not accepted. The content was erased."),
    )


@screen(may_ask_question, methods=_POST)
def ask(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = AskForm(request.POST)

    def act() -> None:
        services.ask_question(
            actor=request.actor,
            contribution_id=contribution_id,
            form=form.chosen(),
            note=form.cleaned_data["note"],
        )

    return _settle(request, contribution_id, form, act=act, said=gettext("The question was sent."))


@screen(may_prioritise_contribution, methods=_POST)
def prioritise(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = PriorityForm(
        request.POST,
        suggestion=suggestion_for(contribution_for_desk(request.actor, contribution_id)),
    )

    def act() -> None:
        services.prioritise_contribution(
            actor=request.actor,
            contribution_id=contribution_id,
            priority=form.chosen(),
            reasons=form.cleaned_data["reasons"],
            deviation_reason=form.cleaned_data["deviation_reason"],
        )

    return _settle(
        request, contribution_id, form, act=act, said=gettext("The priority was recorded.")
    )


@screen(may_drop_contribution, methods=_POST)
def drop(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = DropForm(request.POST)

    def act() -> None:
        services.drop_contribution(
            actor=request.actor, contribution_id=contribution_id, reason=form.cleaned_data["reason"]
        )

    return _settle(
        request, contribution_id, form, act=act, said=gettext("Recorded: no further interest.")
    )


@screen(may_take_in_typology, methods=_POST)
def take_in(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = TakeInForm(request.POST)

    def act() -> None:
        services.take_in_typology(
            actor=request.actor,
            contribution_id=contribution_id,
            names_nobody=form.cleaned_data["names_nobody"],
        )

    return _settle(
        request, contribution_id, form, act=act, said=gettext("It stands in the library now.")
    )


@screen(may_take_out_typology, methods=_POST)
def take_out(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = TakeOutForm(request.POST)

    def act() -> None:
        services.take_out_typology(
            actor=request.actor, contribution_id=contribution_id, reason=form.cleaned_data["reason"]
        )

    return _settle(
        request, contribution_id, form, act=act, said=gettext("It was taken out of the library.")
    )


@screen(may_give_feedback, methods=_POST)
def feedback(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    form = FeedbackForm(request.POST)

    def act() -> None:
        services.give_feedback(
            actor=request.actor,
            contribution_id=contribution_id,
            code=form.chosen(),
            axes=form.axes(),
        )

    return _settle(request, contribution_id, form, act=act, said=gettext("The feedback was sent."))


@screen(may_close_contribution, methods=_POST)
def close(request: ScreenRequest, contribution_id: str) -> HttpResponse:
    services.close_contribution(actor=request.actor, contribution_id=contribution_id)
    messages.success(request, gettext("Closed."))
    return redirect("desk:contribution", contribution_id)


def _settle(
    request: ScreenRequest,
    contribution_id: str,
    form: ScreenForm,
    *,
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    """Act and go back to the page, or show the page with what has to be corrected."""
    if settled(form, act):
        messages.success(request, said)
        return redirect("desk:contribution", contribution_id)
    found = services.consult_contribution(
        actor=request.actor, contribution_id=contribution_id, purpose=PURPOSE
    )
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    return show(request, found, bound={name: form})
