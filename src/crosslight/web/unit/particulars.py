"""Where a value comes from and how far it goes: the boxes of one statement, or of all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.entities.draft import StatementDraft
from crosslight.core.vocabulary.coordination import Audience
from crosslight.core.vocabulary.law import (
    HANDLING_LABELS,
    INFORMATION_GRADE_LABELS,
    NATURE_LABELS,
    SOURCE_GRADE_LABELS,
    HandlingCode,
    InformationGrade,
    Nature,
    SourceGrade,
)
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.web.shared.words import Choices, choices

NameOf = Callable[[str, str], str]
LONGEST_SOURCE = 200
LONGEST_DAY = 10
_SAME = "As above"
# The particulars of a statement, with what is most often true of one.
USUAL: Mapping[str, str] = {
    "source_grade": SourceGrade.X.value,
    "information_grade": InformationGrade.FOUR.value,
    "handling_code": HandlingCode.H1.value,
    "nature": Nature.FACT.value,
}
PARTICULARS = ("source", *USUAL, "observed_on")
_QUESTIONS = {
    "source_grade": _("How reliable is the source?"),
    "information_grade": _("How sound is the information?"),
    "handling_code": _("Handling code"),
    "nature": _("Fact or assessment?"),
}
_SOURCE_HINT = _("Where this comes from, such as “Interview note 7”.")
_DAY_HINT = _("2025-11-21, 2025-11 or 2025. Empty if not known.")


def add_particulars(form: forms.Form, *, suffix: str, is_needed: bool) -> None:
    """Where a value comes from and how far it goes; of one line, empty means as above."""
    form.fields[f"source{suffix}"] = forms.CharField(
        label=gettext("Source"),
        required=is_needed,
        max_length=LONGEST_SOURCE,
        help_text=_SOURCE_HINT if is_needed else "",
        error_messages={"required": gettext("Say where this comes from")},
    )
    for name, offered in _offered(empty="" if is_needed else _SAME).items():
        form.fields[f"{name}{suffix}"] = forms.ChoiceField(
            label=_QUESTIONS[name], required=is_needed, choices=offered
        )
    form.fields[f"observed_on{suffix}"] = forms.CharField(
        label=gettext("When was it observed?"),
        required=False,
        max_length=LONGEST_DAY,
        help_text=_DAY_HINT if is_needed else "",
    )


def _offered(*, empty: str) -> Mapping[str, Choices]:
    return {
        "source_grade": choices(SOURCE_GRADE_LABELS, empty=empty),
        "information_grade": choices(INFORMATION_GRADE_LABELS, empty=empty),
        "handling_code": choices(HANDLING_LABELS, empty=empty),
        "nature": choices(NATURE_LABELS, empty=empty),
    }


def statement_of(name: str, value: str, given: Mapping[str, str]) -> StatementDraft:
    return StatementDraft(
        property=name,
        value=value,
        source=given["source"],
        source_grade=SourceGrade(given["source_grade"]),
        information_grade=InformationGrade(given["information_grade"]),
        handling_code=HandlingCode(given["handling_code"]),
        nature=Nature(given["nature"]),
        observed_on=given["observed_on"],
    )


def at_fields(error: FieldErrors, name_of: NameOf) -> FieldErrors:
    """`statements.3.value` of the service is a field of the form."""
    return FieldErrors(tuple(_with_field(fault, name_of) for fault in error.errors))


def _with_field(fault: FieldError, name_of: NameOf) -> FieldError:
    parts = fault.field.split(".")
    if len(parts) != len(("statements", "number", "part")):
        return fault
    return FieldError(fault.code, name_of(parts[1], parts[2]), fault.message, fault.remedy)


def offer(field: forms.Field, offered: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = offered


def audiences() -> list[tuple[str, str]]:
    return [
        (Audience.MATCH_ONLY.value, gettext("Match only: matched, but nobody outside reads it")),
        (Audience.ONLY_US.value, gettext("Only us: not matched outside the unit")),
    ]
