"""The base of all forms: clean text, coded errors, an error summary that leads to each field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.foundation.text import clean


class ScreenForm(forms.Form):
    """Refuses control characters in every text, in words, and never drops them in silence."""

    use_required_attribute = False
    error_css_class = "has-fault"

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                self._clean_text(name, value)
        return self.cleaned_data

    def _clean_text(self, name: str, value: str) -> None:
        limit = getattr(self.fields[name], "max_length", None) or len(value)
        try:
            self.cleaned_data[name] = clean(value, field=name, max_length=limit)
        except FieldErrors as error:
            self.take(error)

    def take(self, error: FieldErrors) -> None:
        """Put what a service said back onto the fields; unknown fields go to the summary."""
        for fault in error.errors:
            field = fault.field if fault.field in self.fields else None
            self.add_error(field, _as_validation_error(fault))


def _as_validation_error(fault: FieldError) -> ValidationError:
    said = " ".join(gettext(text) for text in (fault.message, fault.remedy) if text)
    return ValidationError(said, code=fault.code)


# --- a date in three boxes --------------------------------------------------------------------


class DatePartsWidget(forms.Widget):
    """Day, month and year in boxes of their own: no picker, no guessing which comes first."""

    template_name = "components/date_parts_widget.html"
    PARTS: ClassVar[tuple[tuple[str, object, int], ...]] = (
        ("day", _("Day"), 2),
        ("month", _("Month"), 2),
        ("year", _("Year"), 4),
    )

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts = _texts_of(value)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["parts"] = [
            {
                "id": base if part == "day" else f"{base}_{part}",
                "name": f"{name}_{part}",
                "label": label,
                "size": size,
                "value": text,
            }
            for (part, label, size), text in zip(self.PARTS, texts, strict=True)
        ]
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002  the signature is Django's
        name: str,
    ) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}_{part}", "")).strip() for part, _l, _s in self.PARTS)

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002  the signature is Django's
        name: str,
    ) -> bool:
        return not any(f"{name}_{part}" in data for part, _label, _size in self.PARTS)


def _texts_of(value: object) -> tuple[str, ...]:
    if isinstance(value, date):
        return (str(value.day), str(value.month), str(value.year))
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    return ("", "", "")


class DatePartsField(forms.Field):
    widget = DatePartsWidget
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("This is not a date. Give day, month and year, such as 14 3 1987."),
        "required": _("Give day, month and year."),
    }

    def to_python(self, value: object) -> date | None:
        if isinstance(value, date):
            return value
        parts = _texts_of(value)
        if not any(parts):
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
