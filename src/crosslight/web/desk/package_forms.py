"""Why an original is opened, and to whom a package goes."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crosslight.core.vocabulary.custody import PURPOSE_LABELS
from crosslight.custody.services.opening_up import LONGEST_REASON
from crosslight.partnerships import selectors as partnerships
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import choices


class OpenForm(ScreenForm):
    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=choices(PURPOSE_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for")},
    )
    reason = forms.CharField(
        label=_("Why do you need it?"),
        help_text=_("It goes on record with your name and the time. Name no person."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you need it")},
    )


class ExportForm(OpenForm):
    recipient = forms.ChoiceField(
        label=_("To whom does it go?"),
        error_messages={"required": _("Choose to whom it goes")},
    )
    field_order = ("recipient", "purpose", "reason")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        places = partnerships.authorities()
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose an authority")),
            *((place.pk, f"{place.name} ({place.country.name})") for place in places),
        ]
