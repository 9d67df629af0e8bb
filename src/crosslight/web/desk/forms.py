"""The decisions of the desk, one form each; the services judge what is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.contributions import Content, Suggestion
from crosslight.core.vocabulary.contributions import (
    FEEDBACK_AXES,
    FEEDBACK_LABELS,
    PRIORITY_LABELS,
    QUESTION_LABELS,
    RETURN_LABELS,
    FeedbackCode,
    ObservationBasis,
    Priority,
    QuestionForm,
    ReturnCode,
)
from crosslight.core.vocabulary.law import (
    CATEGORY_LABELS,
    HANDLING_LABELS,
    INFORMATION_GRADE_LABELS,
    LEGAL_BASIS_LABELS,
    SOURCE_GRADE_LABELS,
    DataSubjectCategory,
    HandlingCode,
    InformationGrade,
    LegalBasis,
    SourceGrade,
)
from crosslight.foundation import clock
from crosslight.partnerships import selectors as partnerships
from crosslight.review.grading import LONGEST_NOTE, LONGEST_PURPOSE, Grading
from crosslight.review.services.dissemination import LONGEST_BODY, LONGEST_TITLE
from crosslight.review.services.locking import LONGEST_REASON
from crosslight.web.shared.forms import DatePartsField, ScreenForm
from crosslight.web.shared.words import choices

Data = QueryDict | None
USUAL_RETENTION = timedelta(days=365)
LONGEST_QUESTION = 500
MARKS = range(1, 6)
# What the contributor's plain answer suggests; the desk gives the grade.
_SUGGESTED_GRADES = {
    ObservationBasis.SEEN: InformationGrade.TWO,
    ObservationBasis.DERIVED: InformationGrade.THREE,
    ObservationBasis.TOLD: InformationGrade.FOUR,
}


def suggested_grade(content: Content) -> InformationGrade | None:
    return _SUGGESTED_GRADES.get(content.how_known) if content.how_known else None


class DecisionForm(ScreenForm):
    """One of several forms on a page: `name` keeps the ids of their boxes apart."""

    name: ClassVar[str]

    def __init__(self, data: Data = None, *, start: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial=dict(start or {}), auto_id=f"{self.name}_%s")


class ValidationForm(DecisionForm):
    name = "validate"
    source_grade = forms.ChoiceField(
        label=_("How reliable is the source?"),
        choices=choices(SOURCE_GRADE_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Grade the source")},
    )
    information_grade = forms.ChoiceField(
        label=_("How sound is the information?"),
        choices=choices(INFORMATION_GRADE_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Grade the information")},
    )
    handling_code = forms.ChoiceField(
        label=_("Handling code"),
        choices=choices(HANDLING_LABELS, empty="Choose"),
        error_messages={"required": _("Choose a handling code")},
    )
    subject_category = forms.ChoiceField(
        label=_("Whose data is in it?"), choices=choices(CATEGORY_LABELS)
    )
    legal_basis = forms.ChoiceField(
        label=_("Legal basis of the desk"), choices=choices(LEGAL_BASIS_LABELS)
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=LONGEST_PURPOSE,
        error_messages={"required": _("Say what it is kept for")},
    )
    retention_until = DatePartsField(
        label=_("Keep until"),
        error_messages={"required": _("Say until when it is kept")},
    )
    legality_note = forms.CharField(
        label=_("Note on legality"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Data = None) -> None:
        start = {
            "subject_category": DataSubjectCategory.UNKNOWN,
            "legal_basis": LegalBasis.LED_ARTICLE_8,
            "purpose": _("Detection of trafficking in human beings"),
            "retention_until": clock.today() + USUAL_RETENTION,
        }
        super().__init__(data, start=start)

    def grading(self) -> Grading:
        given = self.cleaned_data
        return Grading(
            source_grade=SourceGrade(given["source_grade"]),
            information_grade=InformationGrade(given["information_grade"]),
            handling_code=HandlingCode(given["handling_code"]),
            subject_category=DataSubjectCategory(given["subject_category"]),
            legal_basis=LegalBasis(given["legal_basis"]),
            purpose=given["purpose"],
            retention_until=given["retention_until"],
            legality_note=given["legality_note"],
        )


class ReturnForm(DecisionForm):
    name = "return"
    codes = forms.MultipleChoiceField(
        label=_("What is missing?"),
        choices=choices(RETURN_LABELS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason")},
    )
    note = forms.CharField(
        label=_("Words to the contributor"),
        help_text=_("They read this. Do not say anything about other reports or persons."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def chosen(self) -> list[ReturnCode]:
        return [ReturnCode(code) for code in self.cleaned_data["codes"]]


class RefuseForm(DecisionForm):
    name = "refuse"
    code = forms.ChoiceField(
        label=_("Why may it not be kept?"),
        choices=choices(RETURN_LABELS, empty="Choose"),
        error_messages={"required": _("Choose the reason")},
    )
    note = forms.CharField(
        label=_("Note for the review of this refusal"),
        help_text=_("The contributor reads the reason, never this note."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_sure = forms.BooleanField(
        label=_("Erase the content now"),
        error_messages={"required": _("Confirm that the content is erased")},
    )

    def chosen(self) -> ReturnCode:
        return ReturnCode(self.cleaned_data["code"])


class AskForm(DecisionForm):
    name = "ask"
    form = forms.ChoiceField(
        label=_("What do you ask?"),
        choices=choices(QUESTION_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a question")},
    )
    note = forms.CharField(
        label=_("Details"),
        help_text=_("Only about what they already hold. No task, nothing to find out."),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def chosen(self) -> QuestionForm:
        return QuestionForm(self.cleaned_data["form"])


class PriorityForm(DecisionForm):
    name = "prioritise"
    priority = forms.ChoiceField(
        label=_("Priority"),
        choices=choices(PRIORITY_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a priority")},
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        help_text=_("At least 10 characters that a colleague can follow."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your reasons")},
    )
    deviation_reason = forms.CharField(
        label=_("Why not the suggested priority?"),
        help_text=_("Only where you decide otherwise."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Data = None, *, suggestion: Suggestion) -> None:
        super().__init__(data, start={"priority": suggestion.priority.value})

    def chosen(self) -> Priority:
        return Priority(self.cleaned_data["priority"])


class DropForm(DecisionForm):
    name = "drop"
    reason = forms.CharField(
        label=_("Why is there no further interest?"),
        help_text=_("Kept at the desk. The contributor hears: nothing suspicious was found."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason")},
    )


class CloseForm(DecisionForm):
    """Nothing to fill in."""

    name = "close"


class TakeInForm(DecisionForm):
    name = "take_in"
    names_nobody = forms.BooleanField(
        label=_("I read all of it: nobody can be recognised in it"),
        error_messages={"required": _("Confirm that nobody can be recognised in it")},
    )


class TakeOutForm(DecisionForm):
    name = "take_out"
    reason = forms.CharField(
        label=_("Why is it taken out?"),
        help_text=_("At least 10 characters. It stays with the record of this act."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason")},
    )


class FeedbackForm(DecisionForm):
    """A code and up to four marks; there is no free text, so no fact of a case can slip out."""

    name = "feedback"
    code = forms.ChoiceField(
        label=_("How useful was it?"),
        choices=choices(FEEDBACK_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how useful it was")},
    )

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        for axis, label in FEEDBACK_AXES.items():
            self.fields[axis] = forms.ChoiceField(
                label=gettext(label), required=False, choices=_marks()
            )

    @property
    def marked(self) -> list[forms.BoundField]:
        return [self[axis] for axis in FEEDBACK_AXES]

    def chosen(self) -> FeedbackCode:
        return FeedbackCode(self.cleaned_data["code"])

    def axes(self) -> dict[str, int]:
        given = self.cleaned_data
        return {axis: int(given[axis]) for axis in FEEDBACK_AXES if given[axis]}


class DisseminationForm(DecisionForm):
    name = "disseminate"
    unit_ids = forms.MultipleChoiceField(
        label=_("To which units?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit")},
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Write a title")},
    )
    body = forms.CharField(
        label=_("Text for the units"),
        help_text=_("No name of the contributor, and nothing by which it could be known."),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Write the text")},
    )
    identifiers = forms.MultipleChoiceField(
        label=_("Which identifiers go along?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Data = None, *, content: Content, start: dict[str, str]) -> None:
        super().__init__(data, start=start)
        named = [(each.raw, each.raw) for each in content.identifiers]
        _offer(self.fields["identifiers"], named)
        _offer(self.fields["unit_ids"], _units())


def _units() -> list[tuple[str, str]]:
    return [(unit.pk, f"{unit.name}, {unit.country.name}") for unit in partnerships.units()]


def _offer(field: forms.Field, offered: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = offered


def _marks() -> list[tuple[str, str]]:
    return [("", gettext("Not marked")), *((str(mark), str(mark)) for mark in MARKS)]
