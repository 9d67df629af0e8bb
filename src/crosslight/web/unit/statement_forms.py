"""The forms of a record that is there: correcting, adding, changing, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.entities.draft import StatementDraft
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.entities.values import LONGEST_VALUE
from crosslight.core.vocabulary.coordination import ENTITY_ROLE_LABELS, VISIBILITY_LABELS
from crosslight.core.vocabulary.law import CATEGORY_LABELS
from crosslight.foundation.errors import FieldErrors
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import choices
from crosslight.web.unit.particulars import (
    PARTICULARS,
    USUAL,
    add_particulars,
    at_fields,
    audiences,
    offer,
    statement_of,
)
from crosslight.web.unit.readings import is_date, readings_of

Data = QueryDict | None


class StatementForm(ScreenForm):
    """One value with its particulars: to correct the property `corrected`, or to add another."""

    value = forms.CharField(
        label=_("Value"),
        max_length=LONGEST_VALUE,
        error_messages={"required": _("Write the value")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Data = None, *, schema: str, start: Mapping[str, object], corrected: str = ""
    ) -> None:
        super().__init__(data, initial={**USUAL, **start})
        self.schema = schema
        self.corrected = corrected
        add_particulars(self, suffix="", is_needed=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        readings = readings_of(str(given.get("value", "")))
        if readings and self._holds_date():
            one, other = (iso for iso, _words in readings)
            said = gettext("Write the year first: %(one)s or %(other)s.")
            self.add_error("value", said % {"one": one, "other": other})
        return given

    def _holds_date(self) -> bool:
        known = SCHEMATA[self.schema].properties.get(self.property_name())
        return known is not None and is_date(known.type)

    def property_name(self) -> str:
        return self.corrected

    def draft(self) -> StatementDraft:
        given = self.cleaned_data
        return statement_of(
            self.property_name(), given["value"], {key: given[key] for key in PARTICULARS}
        )

    def take(self, error: FieldErrors) -> None:
        super().take(at_fields(error, lambda _at, part: part))


class AddStatementForm(StatementForm):
    property = forms.ChoiceField(label=_("What is it?"))

    def __init__(self, data: Data = None, *, schema: str, start: Mapping[str, object]) -> None:
        super().__init__(data, schema=schema, start=start)
        self.order_fields(["property", "value"])
        offered = [(key, gettext(each.label)) for key, each in SCHEMATA[schema].properties.items()]
        offer(self.fields["property"], offered)

    def property_name(self) -> str:
        return str(self.cleaned_data.get("property", ""))


class WithdrawForm(ScreenForm):
    reason = forms.ChoiceField(
        label=_("Why is it withdrawn?"),
        error_messages={"required": _("Choose the reason")},
    )

    def __init__(self, data: Data = None, *, reasons: list[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self.fields["reason"], [("", gettext("Choose")), *reasons])


class ChangeForm(ScreenForm):
    """What is said of a record as a whole; each field stands for itself when it is changed."""

    role = forms.ChoiceField(label=_("Role in the case"), choices=choices(ENTITY_ROLE_LABELS))
    subject_category = forms.ChoiceField(
        label=_("Whose data is it?"), choices=choices(CATEGORY_LABELS)
    )
    is_minor = forms.BooleanField(label=_("This may be a child"), required=False)
    audience = forms.ChoiceField(label=_("Audience"), widget=forms.RadioSelect)
    visibility = forms.ChoiceField(
        label=_("Who is told of a match?"),
        choices=choices(VISIBILITY_LABELS),
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Data = None, *, start: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(start))
        offer(self.fields["audience"], audiences())
