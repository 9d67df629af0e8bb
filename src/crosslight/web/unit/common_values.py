"""K15: identifiers of one's own record that make no matches, and asking to look again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.services import common_values
from crosslight.core.policy.rules import may_appeal_common_value
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled

PURPOSE = "appeal"
LONGEST_REASON = 500


class AppealForm(ScreenForm):
    reason = forms.CharField(
        label=_("Why does it say who somebody is?"),
        help_text=_("The regional office reads this. Say what the value is, not about whom."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it should be looked at again")},
    )


@screen(may_appeal_common_value, methods=("GET", "POST"))
def appeal(request: ScreenRequest, entity_id: str, value_id: str) -> HttpResponse:
    held = common_values.consult_held(
        actor=request.actor, entity_id=entity_id, value_id=value_id, purpose=PURPOSE
    )
    form = AppealForm(sent(request))

    def act() -> None:
        common_values.appeal_common_value(
            actor=request.actor,
            entity_id=entity_id,
            value_id=value_id,
            reason=form.cleaned_data["reason"],
        )

    if form.is_bound and settled(form, act):
        messages.success(request, gettext("Sent to the regional office."))
        return redirect("unit:entity", entity_id)
    context = {"form": form, "held": held, "entity_id": entity_id}
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "unit/appeal.html", context, status=status)
