"""O6: how matches are found and weighed, and what makes none, for who has to answer for it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.services import common_values
from crosslight.coordination.services.upkeep import needs_rebuild
from crosslight.core.matching import card
from crosslight.core.policy.rules import may_decide_common_value, may_view_common_values
from crosslight.core.vocabulary.coordination import APPEAL_LABELS, AppealState
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.shared.words import choices

LONGEST_REASON = 500
_ANSWERS = (AppealState.KEPT, AppealState.LIFTED)


class AppealAnswerForm(ScreenForm):
    answer = forms.ChoiceField(
        label=_("Shall it make matches again?"),
        choices=choices(APPEAL_LABELS, only=_ANSWERS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why")},
    )


@screen(may_view_common_values)
def matching(request: ScreenRequest) -> HttpResponse:
    context = {
        "card": card(),
        "values": common_values.list_common_values(actor=request.actor),
        "may_decide": may_decide_common_value.roles & request.actor.roles,
        "needs_rebuild": needs_rebuild(),
    }
    return render(request, "oversight/matching.html", context)


@screen(may_decide_common_value, methods=("GET", "POST"))
def answer(request: ScreenRequest, appeal_id: str) -> HttpResponse:
    value = common_values.consult_appeal(actor=request.actor, appeal_id=appeal_id)
    form = AppealAnswerForm(sent(request))

    def act() -> None:
        common_values.answer_appeal(
            actor=request.actor,
            appeal_id=appeal_id,
            answer=AppealState(form.cleaned_data["answer"]),
            reason=form.cleaned_data["reason"],
        )

    if form.is_bound and settled(form, act):
        messages.success(request, gettext("Your answer is recorded."))
        return redirect("oversight:matching")
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "oversight/appeal.html", {"form": form, "value": value}, status=status)
