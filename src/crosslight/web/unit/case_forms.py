"""The forms of a case: opening it, registering it, searching from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crosslight.core.vocabulary.coordination import (
    CASE_PHASE_LABELS,
    CRIME_AREA_LABELS,
    CasePhase,
    CrimeArea,
)
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS, LegalBasis
from crosslight.foundation import clock
from crosslight.investigations.services import InvestigationDraft
from crosslight.web.shared.forms import DatePartsField, ScreenForm
from crosslight.web.shared.words import choices

Data = QueryDict | None
USUAL_REVIEW = timedelta(days=180)


class CaseForm(ScreenForm):
    title = forms.CharField(
        label=_("Title"),
        help_text=_("Only your unit reads it."),
        max_length=200,
        error_messages={"required": _("Give the case a title")},
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What is to be found out? Your head registers the case for this purpose."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what the case is for")},
    )
    crime_area = forms.ChoiceField(
        label=_("Crime area"),
        help_text=_("The other unit reads this one word when a match is found."),
        choices=choices(CRIME_AREA_LABELS, empty="Choose"),
        error_messages={"required": _("Choose a crime area")},
    )
    phase = forms.ChoiceField(label=_("Phase"), choices=choices(CASE_PHASE_LABELS))
    legal_basis = forms.ChoiceField(
        label=_("Legal basis"),
        choices=choices(
            LEGAL_BASIS_LABELS, only=[LegalBasis.LED_ARTICLE_8, LegalBasis.GDPR_PUBLIC_TASK]
        ),
    )
    is_judicial = forms.BooleanField(label=_("A judge or prosecutor is involved"), required=False)
    has_planned_operation = forms.BooleanField(label=_("An operation is planned"), required=False)
    is_urgent = forms.BooleanField(
        label=_("Urgent"),
        help_text=_("Matches are then acknowledged within 8 hours instead of 3 days."),
        required=False,
    )
    input = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, data: Data, *, start: Mapping[str, str]) -> None:
        super().__init__(data, initial={"phase": CasePhase.OPEN.value, **start})

    def draft(self) -> InvestigationDraft:
        given = self.cleaned_data
        return InvestigationDraft(
            title=given["title"],
            purpose=given["purpose"],
            crime_area=CrimeArea(given["crime_area"]),
            legal_basis=LegalBasis(given["legal_basis"]),
            phase=CasePhase(given["phase"]),
            is_judicial=given["is_judicial"],
            has_planned_operation=given["has_planned_operation"],
            is_urgent=given["is_urgent"],
        )


class ApproveForm(ScreenForm):
    review_on = DatePartsField(
        label=_("Look at it again on"),
        help_text=_("On this day at the latest you decide whether it is still needed."),
        error_messages={"required": _("Give the day of the next review")},
    )

    def __init__(self, data: Data = None, *, start: date | None = None) -> None:
        super().__init__(data, initial={"review_on": start or clock.today() + USUAL_REVIEW})


class SearchForm(ScreenForm):
    text = forms.CharField(
        label=_("Search your unit's records"),
        max_length=200,
        error_messages={"required": _("Write what you look for")},
    )
