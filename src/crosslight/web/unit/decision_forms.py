"""The forms of deciding together: a sheet, three kinds of proposal, agreement, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.selectors.views import MatchView, ProposalView
from crosslight.core.coordination.terms import LONGEST_TERM, Term, terms_of
from crosslight.core.vocabulary.coordination import (
    CRITERION_LABELS,
    OUTCOME_LABELS,
    Criterion,
    DecisionKind,
    OutcomeCode,
)
from crosslight.web.shared.forms import DatePartsField, ScreenForm
from crosslight.web.shared.words import choices

Data = QueryDict | None
LONGEST_REASON = 1000
LONGEST_NOTE = 500
_HINTS = {
    "boundary": _("Which unit covers which person, place and period. One sentence each is enough."),
    "until": _("The boundary is looked at again on this day at the latest."),
    "gives": _("In words, such as “the sightings of the van”. The records are picked afterwards."),
    "tasks": _("One line for each unit."),
    "formal_steps": _("A list to work through. Nothing is filed by this."),
}


class CriteriaForm(ScreenForm):
    """The own column; an empty answer takes an earlier one back."""

    def __init__(self, match: MatchView, data: Data = None) -> None:
        super().__init__(data, initial=dict(match.own.criteria))
        for criterion in Criterion:
            self.fields[criterion.value] = forms.CharField(
                label=gettext(CRITERION_LABELS[criterion]),
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def answers(self) -> dict[Criterion, str]:
        return {criterion: self.cleaned_data[criterion.value] for criterion in Criterion}


class ProposalForm(ScreenForm):
    """The terms of one kind of decision, and why."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Both units read it, and it stays in the decision record."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you propose this")},
    )

    def __init__(self, match: MatchView, kind: DecisionKind, data: Data = None) -> None:
        super().__init__(data, initial=_start_of(match, kind))
        self.kind = kind
        units = [(side.unit_id, side.unit) for side in (match.own, match.other)]
        if kind is DecisionKind.HANDOVER:
            self.fields["giver"] = _direction_field(units)
        for term in terms_of(kind):
            self.fields[term.name] = _field_of(term, units)
        self.order_fields(["giver", *(term.name for term in terms_of(kind)), "reason"])

    def terms(self) -> dict[str, str]:
        given = ((term.name, self.cleaned_data[term.name]) for term in terms_of(self.kind))
        return {name: _as_text(value) for name, value in given if value}


class AgreeForm(ScreenForm):
    reason = forms.CharField(
        label=_("Why do you agree?"),
        help_text=_("One line is enough. It stays in the decision record beside your name."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why you agree")},
    )


class OutcomeForm(ScreenForm):
    code = forms.ChoiceField(
        label=_("What came of it?"),
        choices=choices(OUTCOME_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it")},
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For your own unit. The other unit sees the choice above, not this note."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def chosen(self) -> OutcomeCode:
        return OutcomeCode(self.cleaned_data["code"])


def _direction_field(units: list[tuple[str, str]]) -> forms.ChoiceField:
    (own_id, own), (other_id, other) = units
    sentence = gettext("%(giver)s gives to %(receiver)s")
    return forms.ChoiceField(
        label=gettext("Who gives to whom?"),
        choices=[
            (own_id, sentence % {"giver": own, "receiver": other}),
            (other_id, sentence % {"giver": other, "receiver": own}),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext("Choose who gives to whom")},
    )


def _field_of(term: Term, units: list[tuple[str, str]]) -> forms.Field:
    label = gettext(term.label)
    common: dict[str, Any] = {
        "label": label,
        "required": term.is_required,
        "help_text": _HINTS.get(term.name, ""),
        "error_messages": {"required": gettext("%(field)s: fill this in") % {"field": label}},
    }
    if term.is_date:
        return DatePartsField(**common)
    if term.is_unit:
        return forms.ChoiceField(**common, choices=units, widget=forms.RadioSelect)
    return forms.CharField(
        **common, max_length=LONGEST_TERM, widget=forms.Textarea(attrs={"rows": 3})
    )


def _start_of(match: MatchView, kind: DecisionKind) -> dict[str, object]:
    """A counter-proposal of the same kind begins from what stands, the own column first."""
    standing = [
        proposal
        for proposal in match.proposals
        if not proposal.is_superseded and proposal.kind == kind.value
    ]
    if not standing:
        return {}
    start = min(standing, key=lambda proposal: not proposal.is_ours)
    return {**_as_values(start), "giver": start.giver_unit_id, "reason": _own_reason(start)}


def _own_reason(proposal: ProposalView) -> str:
    return proposal.reason if proposal.is_ours else ""


def _as_values(proposal: ProposalView) -> Mapping[str, object]:
    dates = {term.name for term in terms_of(DecisionKind(proposal.kind)) if term.is_date}
    return {
        name: date.fromisoformat(text) if name in dates else text
        for name, text in proposal.terms.items()
    }


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
