"""A.6: matches on possible victims, children and witnesses. No case data on any of these pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.selectors.views import ProtectionChoiceView, ProtectionView
from crosslight.coordination.services.protection import decide_protection
from crosslight.coordination.services.reading import consult_protection, list_protection
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.policy.rules import may_decide_protection, may_view_protection
from crosslight.core.vocabulary.coordination import PROTECTION_STEP_LABELS, ProtectionStep
from crosslight.partnerships.selectors import country
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.components import Row, Tone
from crosslight.web.shared.dates import MOMENT, written
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, settled
from crosslight.web.shared.words import choices, word
from crosslight.web.unit.calling import duty_of

PURPOSE = "protection"


class ProtectionForm(ScreenForm):
    step = forms.ChoiceField(
        label=_("What does your country decide?"),
        choices=choices(PROTECTION_STEP_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a step")},
    )
    ground = forms.CharField(
        label=_("Reference of the consent or of the legal exception"),
        help_text=_("Needed to inform investigators. Where it is recorded, not what it says."),
        required=False,
        max_length=200,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("For your own country. The other country's officer sees the step only."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="step_%s")

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "step": ProtectionStep(self.cleaned_data["step"])}


@screen(may_view_protection)
def protection(request: ScreenRequest) -> HttpResponse:
    lines = [(view, tone_of(view)) for view in list_protection(actor=request.actor)]
    return render(request, "unit/protection.html", {"lines": lines})


@screen(may_view_protection)
def protection_match(request: ScreenRequest, match_id: str) -> HttpResponse:
    return _show(request, match_id, form=ProtectionForm(), status=200)


@screen(may_decide_protection, methods=("POST",))
def protection_decide(request: ScreenRequest, match_id: str) -> HttpResponse:
    form = ProtectionForm(request.POST)

    def act() -> None:
        decide_protection(actor=request.actor, match_id=match_id, **form.values())

    if settled(form, act):
        messages.success(request, gettext("The step of your country was recorded."))
        return redirect("unit:protection_match", match_id)
    return _show(request, match_id, form=form, status=NEEDS_CORRECTION)


def tone_of(view: ProtectionView) -> Tone:
    return Tone.PROTECTED if view.state == MatchState.IN_PROTECTION else Tone.DONE


def _show(
    request: ScreenRequest, match_id: str, *, form: ProtectionForm, status: int
) -> HttpResponse:
    view = consult_protection(actor=request.actor, match_id=match_id, purpose=PURPOSE)
    decided = {choice.country for choice in view.choices}
    context = {
        "match": view,
        "countries": [_name_of(code) for code in view.countries],
        "duties": [duty_of(contact) for contact in view.own_duty],
        "tone": tone_of(view),
        "form": form,
        "may_decide": may_decide_protection.name in view.actions,
        "choices": [(_name_of(choice.country), _choice_rows(choice)) for choice in view.choices],
        "waiting_for": [_name_of(code) for code in view.countries if code not in decided],
    }
    return render(request, "unit/protection_match.html", context, status=status)


def _name_of(code: str) -> str:
    return country(code).name


def _choice_rows(choice: ProtectionChoiceView) -> tuple[Row, ...]:
    step = word(PROTECTION_STEP_LABELS, ProtectionStep(choice.step))
    rows = (
        Row(gettext("Step"), step),
        Row(gettext("Why"), choice.reason),
        Row(gettext("Reference"), choice.ground),
        Row(gettext("Decided"), f"{written(choice.decided_at, MOMENT)} UTC"),
    )
    return tuple(row for row in rows if row.value)
