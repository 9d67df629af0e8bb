"""The unit's own verdict on a match."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.vocabulary.coordination import VERDICT_LABELS, Verdict
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import choices

LONGEST_REASON = 500


class AnswerForm(ScreenForm):
    verdict = forms.ChoiceField(
        label=_("Is it the same?"),
        choices=choices(VERDICT_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your answer")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One line is enough. It stays with your unit and in its record of the match."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in one line why")},
    )

    def __init__(self, data: QueryDict | None = None, *, schema: str = "") -> None:
        super().__init__(data)
        if schema == "Person":
            self.fields["verdict"].label = gettext("Is it the same person?")

    def chosen(self) -> Verdict:
        return Verdict(self.cleaned_data["verdict"])
