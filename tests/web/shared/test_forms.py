from __future__ import annotations

from datetime import date

import pytest
from django import forms

from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.web.contributor.fields import PartialDateField
from crosslight.web.shared.forms import DatePartsField, ScreenForm
from crosslight.web.templatetags.crosslight import error_summary, visible


class Story(ScreenForm):
    facts = forms.CharField(max_length=200)
    born = DatePartsField(required=False)


@pytest.mark.parametrize("bad", ["bell\x07", "esc\x1b[2J", "delete\x7f", "c1\x85\x9b"])
def test_control_characters_are_refused_in_words(bad: str) -> None:
    form = Story({"facts": f"seen {bad} there"})

    assert not form.is_valid()
    assert form.errors.as_data()["facts"][0].code == "I-031"


def test_nul_is_refused() -> None:
    assert not Story({"facts": "nul\x00"}).is_valid()


def test_text_of_any_script_passes_with_its_line_breaks() -> None:
    form = Story({"facts": "مرحبا\nnaïve \u202eturned"})

    assert form.is_valid()
    assert form.cleaned_data["facts"] == "مرحبا\nnaïve \u202eturned"


def test_a_service_puts_its_faults_onto_the_fields() -> None:
    form = Story({"facts": "seen"})
    fault = FieldError(code="F-110", field="facts", message="Too short.", remedy="Write more.")
    other = FieldError(code="F-101", field="elsewhere", message="No place.", remedy="Give one.")

    form.take(FieldErrors((fault, other)))

    summary = error_summary(form)["faults"]
    assert summary == [
        {"anchor": "", "message": "No place. Give one."},
        {"anchor": "id_facts", "message": "Too short. Write more."},
    ]


def in_boxes(parts: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("born_day", "born_month", "born_year"), parts, strict=True))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [(("14", "3", "1987"), date(1987, 3, 14)), (("", "", ""), None)],
)
def test_a_date_in_three_boxes(parts: tuple[str, str, str], expected: date | None) -> None:
    form = Story({"facts": "x"} | in_boxes(parts))

    assert form.is_valid()
    assert form.cleaned_data["born"] == expected


@pytest.mark.parametrize(
    "parts",
    [("31", "2", "2026"), ("x", "1", "2026"), ("1", "", "2026"), ("1", "1", "9" * 20)],
)
def test_what_is_no_date_says_so(parts: tuple[str, str, str]) -> None:
    form = Story({"facts": "x"} | in_boxes(parts))

    assert "This is not a date." in form.errors["born"][0]


def test_a_year_beyond_any_machine_is_no_partial_date_either() -> None:
    with pytest.raises(forms.ValidationError):
        PartialDateField().to_python(("1", "1", "9" * 20))


def test_turned_text_is_shown_as_such() -> None:
    shown = visible("exe\u202egnp.<script>")

    assert shown == ('<bdi dir="auto">exe<span class="mark">‹RLO›</span>gnp.&lt;script&gt;</bdi>')
