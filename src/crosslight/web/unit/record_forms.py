"""K4's forms: what is pasted, and a whole record line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.attributes.recognise import LONGEST_TEXT
from crosslight.core.entities.draft import MOST_STATEMENTS, EntityDraft, StatementDraft
from crosslight.core.entities.schemata import SCHEMATA, PropertyType
from crosslight.core.entities.values import LONGEST_VALUE
from crosslight.core.vocabulary.coordination import (
    ENTITY_ROLE_LABELS,
    VISIBILITY_LABELS,
    Audience,
    EntityRole,
    Visibility,
)
from crosslight.core.vocabulary.law import CATEGORY_LABELS, DataSubjectCategory
from crosslight.foundation import clock
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
from crosslight.web.unit.pasted import Chip, Given
from crosslight.web.unit.readings import is_date, readings_of

Data = QueryDict | None
_BETWEEN = " | "
_GENDERS = (("", "–"), ("male", _("Male")), ("female", _("Female")), ("other", _("Other")))
_HINTS = {
    PropertyType.DATE: _("1987-03-14, 1987-03 or 1987"),
    PropertyType.COUNTRY: _("Two letters, such as SN or ES"),
}


class PasteForm(ScreenForm):
    text = forms.CharField(
        label=_("Paste anything"),
        help_text=_("Names, birth dates, phones, documents, accounts, plates: as you have them."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Paste something, or choose an empty form below")},
    )
    input = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(
        self, data: Data = None, *, recognise_url: str, start: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=dict(start or {}))
        self.fields["text"].widget.attrs |= {
            "hx-post": recognise_url,
            "hx-trigger": "input changed delay:500ms, change",
            "hx-target": "#read",
            "hx-swap": "innerHTML",
        }


def joined(chips: Iterable[Chip]) -> str:
    """As the hidden field `left` carries them."""
    return _BETWEEN.join(f"{chip.label}: {chip.raw}" for chip in chips)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the form: a value, how to read it, and what only this line has."""

    label: str
    value: forms.BoundField
    reading: forms.BoundField | None
    particulars: tuple[forms.BoundField, ...]
    is_to_check: bool
    has_own: bool
    is_filled: bool


class RecordForm(ScreenForm):
    """A line per property, one block of particulars for all, and who is told.

    `given` are the lines as the page was asked for; the names of their properties travel in the
    hidden field `lines`, so that the same lines come back. `left` carries what was read but is
    no part of this record, so that a correction does not make it disappear.
    """

    lines = forms.CharField(widget=forms.HiddenInput)
    schema = forms.CharField(widget=forms.HiddenInput)
    input = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    left = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role in the case"), choices=choices(ENTITY_ROLE_LABELS))
    subject_category = forms.ChoiceField(
        label=_("Whose data is it?"), choices=choices(CATEGORY_LABELS)
    )
    is_minor = forms.BooleanField(label=_("This may be a child"), required=False)
    audience = forms.ChoiceField(label=_("Audience"), widget=forms.RadioSelect, required=False)
    visibility = forms.ChoiceField(
        label=_("Who is told of a match?"),
        choices=choices(VISIBILITY_LABELS),
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Data = None,
        *,
        schema: str,
        given: Iterable[Given],
        start: Mapping[str, object] | None = None,
    ) -> None:
        self.given = tuple(given)[:MOST_STATEMENTS]
        self.schema_name = schema
        super().__init__(data, initial=self._initial(start or {}))
        offer(self.fields["audience"], [("", gettext(_USUAL_AUDIENCE)), *audiences()])
        add_particulars(self, suffix="", is_needed=True)
        for at, line in enumerate(self.given):
            self._add_line(at, line)

    def _initial(self, start: Mapping[str, object]) -> dict[str, object]:
        return {
            "schema": self.schema_name,
            "lines": ",".join(line.property for line in self.given),
            "role": _usual_role(self.schema_name),
            "subject_category": _usual_category(self.schema_name),
            "audience": "",
            "visibility": Visibility.OPEN.value,
            "observed_on": clock.today().isoformat(),
            **USUAL,
            **start,
        }

    def _add_line(self, at: int, line: Given) -> None:
        known = SCHEMATA[self.schema_name].properties[line.property]
        name = f"value_{at}"
        self.fields[name] = _value_field(known.type, gettext(known.label))
        self.fields[name].initial = self.initial.get(name, line.value)
        add_particulars(self, suffix=f"_{at}", is_needed=False)
        readings = readings_of(str(self[name].value() or "")) if is_date(known.type) else []
        if readings:
            self.fields[f"reading_{at}"] = forms.ChoiceField(
                label=gettext("Which day is meant?"),
                choices=readings,
                widget=forms.RadioSelect,
                error_messages={"required": gettext("Say which day is meant")},
            )

    @property
    def shown_lines(self) -> list[RecordLine]:
        """The lines that hold something; of an empty form, all."""
        lines = self._lines()
        return [line for line in lines if line.is_filled] or lines

    @property
    def folded_lines(self) -> list[RecordLine]:
        lines = self._lines()
        empty = [line for line in lines if not line.is_filled]
        return empty if len(empty) < len(lines) else []

    def _lines(self) -> list[RecordLine]:
        return [self._line(at, line) for at, line in enumerate(self.given)]

    def _line(self, at: int, line: Given) -> RecordLine:
        particulars = tuple(self[f"{name}_{at}"] for name in PARTICULARS)
        reading = f"reading_{at}"
        value = self[f"value_{at}"]
        has_own = any(field.value() or field.errors for field in particulars)
        return RecordLine(
            label=str(value.label),
            value=value,
            reading=self[reading] if reading in self.fields else None,
            particulars=particulars,
            is_to_check=line.is_to_check and reading not in self.fields,
            has_own=has_own,
            is_filled=bool(value.value() or value.errors or has_own or line.is_new),
        )

    @property
    def left_over(self) -> list[str]:
        return [item for item in str(self["left"].value() or "").split(_BETWEEN) if item]

    @property
    def particulars(self) -> list[forms.BoundField]:
        return [self[name] for name in PARTICULARS]

    def typed(self) -> list[Given]:
        """The lines as they stand in the browser, unjudged."""
        return [
            Given(line.property, str(self[f"value_{at}"].value() or ""), line.is_to_check)
            for at, line in enumerate(self.given)
        ]

    def draft(self) -> EntityDraft:
        given = self.cleaned_data
        return EntityDraft(
            schema=self.schema_name,
            statements=tuple(self._statement(at, line) for at, line in enumerate(self.given)),
            role=EntityRole(given["role"]),
            subject_category=DataSubjectCategory(given["subject_category"]),
            is_minor=given["is_minor"],
            audience=Audience(given["audience"]) if given["audience"] else None,
            visibility=Visibility(given["visibility"]),
        )

    def _statement(self, at: int, line: Given) -> StatementDraft:
        given = self.cleaned_data
        value = given.get(f"reading_{at}") or given[f"value_{at}"]
        own = {key: given[f"{key}_{at}"] or given[key] for key in PARTICULARS}
        return statement_of(line.property, value, own)

    def take(self, error: FieldErrors) -> None:
        super().take(at_fields(error, lambda at, part: f"{part}_{at}"))


_USUAL_AUDIENCE = (
    "As usual: match only. Possible victims, children and witnesses: only us, not matched"
)
_ROLES = {
    "Vehicle": EntityRole.INSTRUMENT,
    "Vessel": EntityRole.INSTRUMENT,
    "BankAccount": EntityRole.INSTRUMENT,
    "UserAccount": EntityRole.INSTRUMENT,
    "Address": EntityRole.PLACE,
}


def _usual_role(schema: str) -> str:
    return _ROLES.get(schema, EntityRole.NOT_SURE).value


def _usual_category(schema: str) -> str:
    """J5: of a person nothing is presumed."""
    is_person = schema in {"Person", "Identification"}
    return (DataSubjectCategory.UNKNOWN if is_person else DataSubjectCategory.NOT_A_PERSON).value


def _value_field(kind: PropertyType, label: str) -> forms.Field:
    if kind is PropertyType.GENDER:
        return forms.ChoiceField(label=label, required=False, choices=_GENDERS)
    long = kind is PropertyType.TEXT
    widget = forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput()
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_VALUE,
        help_text=_HINTS.get(kind, ""),
        widget=widget,
    )
