"""One form for each page of a contribution; `values()` is what the service saves of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crosslight.core.contributions import FIELDS_OF_PAGE, Content, Identifier, Page
from crosslight.core.contributions.checks import LONGEST_FACTS, SHORTEST_FACTS, SHORTEST_PATTERN
from crosslight.core.contributions.content import LIMITS
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import (
    ANSWER_LABELS,
    BASIS_LABELS,
    DANGER_LABELS,
    PARTY_ROLE_LABELS,
    SECTOR_LABELS,
    SHARING_LABELS,
    SURENESS_LABELS,
    TIMING_LABELS,
    VICTIM_AWARENESS_LABELS,
    Answer,
    PartyRole,
)
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS as KIND_LABELS
from crosslight.core.vocabulary.contributors import class_of
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS, LegalBasis
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.partnerships import selectors as partnerships
from crosslight.web.contributor.fields import (
    IdentifiersInput,
    ObservationsInput,
    PartialDateField,
    RedFlagsInput,
    Row,
    RowsField,
    parts_of,
    read_pasted,
    with_added,
)
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import Choices, choices

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Data = QueryDict | None

LONGEST_TEXT = LONGEST_FACTS
TOO_SHORT = _("Write at least 20 characters about what happened")


def _radios(
    options: Choices, label: StrOrPromise, *, is_required: bool = False
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=options, required=is_required, widget=forms.RadioSelect
    )


def _text(
    label: StrOrPromise, help_text: StrOrPromise = "", *, rows: int = 0, limit: int = 200
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=limit, widget=widget
    )


class StartForm(ScreenForm):
    """C2: what to send; only the kinds that this contributor's class may send."""

    kind = _radios(choices(KIND_LABELS), _("What do you want to send?"), is_required=True)

    def __init__(self, data: Data, *, actor: Actor) -> None:
        super().__init__(data)
        self.fields["kind"].error_messages["required"] = _("Choose what you want to send")
        if actor.contributor_kind is not None:
            offered = class_of(actor.contributor_kind).may_send
            kinds = [kind for kind in KIND_LABELS if kind in offered]
            self.fields["kind"].choices = choices(KIND_LABELS, only=kinds)  # type: ignore[attr-defined]


class PageForm(ScreenForm):
    """`version` is the one the page was opened with; it decides who was quicker."""

    page: ClassVar[Page]
    # Answers without which it cannot be sent, and how each is asked for again.
    needed: ClassVar[Mapping[str, StrOrPromise]] = {}
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Data,
        *,
        actor: Actor,
        content: Content,
        version: int,
        is_partial: bool = False,
    ) -> None:
        """`is_partial`: what is there is kept as far as it goes, nothing is missed yet."""
        initial = content.to_dict() | {"version": version}
        super().__init__(data, initial=self.initial_of(initial))
        self.actor = actor
        self.is_partial = is_partial
        self.prepare()

    def prepare(self) -> None:
        """What a page offers depends on who writes it."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        needed = {} if self.is_partial else self.needed
        for name, sentence in needed.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(sentence, code="missing"))
        return self.cleaned_data

    def initial_of(self, stored: dict[str, Any]) -> dict[str, Any]:
        return stored

    def as_typed(self) -> None:
        """Show what was typed without judging it yet."""
        for name, field in self.fields.items():
            self.initial[name] = field.widget.value_from_datadict(self.data, self.files, name)
        self.is_bound = False

    def values(self) -> dict[str, object]:
        """The fields of this page alone."""
        names = FIELDS_OF_PAGE[self.page]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def take(self, error: FieldErrors) -> None:
        """A fault of one row (`observations.2.basis`) belongs to its list."""
        super().take(FieldErrors(tuple(_of_whole_field(fault) for fault in error.errors)))


def _of_whole_field(fault: FieldError) -> FieldError:
    name = fault.field.split(".", 1)[0]
    return FieldError(fault.code, name, fault.message, fault.remedy)


class NoticedForm(PageForm):
    page = Page.NOTICED
    observations = RowsField(
        label=_("What did you notice?"), required=False, widget=ObservationsInput
    )
    danger = forms.MultipleChoiceField(
        label=_("Is someone in danger now?"),
        help_text=_("Leave this empty if nobody is in danger as far as you know."),
        choices=choices(DANGER_LABELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_observations(self) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.cleaned_data["observations"]
        if self.is_partial:
            return rows
        if not rows:
            raise ValidationError(_("Choose at least one thing you noticed"), code="F-101")
        if not all(row["basis"] for row in rows):
            raise ValidationError(_("Say how you know, for each thing you noticed"), code="F-103")
        return rows


class WhereWhenForm(PageForm):
    page = Page.WHERE_WHEN
    needed = {"timing": _("Say when it was, or choose “Not sure”")}
    place = _text(
        _("Where was it?"),
        _("A town is enough. Add a street, a port or a website only if you know it."),
    )
    region_only = forms.BooleanField(label=_("I only know the region"), required=False)
    country = forms.ChoiceField(label=_("In which country?"), required=False)
    timing = _radios(choices(TIMING_LABELS), _("When was it?"))
    observed_on = PartialDateField(
        label=_("The day, if you know it"),
        help_text=_("For example 14 3 2026. The year, or month and year, is enough."),
        required=False,
    )
    is_ongoing = _radios(choices(ANSWER_LABELS), _("Is it still happening?"))

    def prepare(self) -> None:
        countries = [(country.code, country.name) for country in partnerships.countries()]
        field = self.fields["country"]
        field.choices = [("", _("Another country, or not sure")), *countries]  # type: ignore[attr-defined]

    def initial_of(self, stored: dict[str, Any]) -> dict[str, Any]:
        day = str(stored["observed_on"])
        return stored | {"observed_on": parts_of(day) if day else None}


class IdentifiersForm(PageForm):
    page = Page.IDENTIFIERS
    identifiers = RowsField(label=_("What you gave"), required=False, widget=IdentifiersInput)
    pasted = _text(
        _("Paste or type what you know"),
        _("A phone, number plate, website, account, address or name. One line for each is best."),
        rows=3,
        limit=LONGEST_TEXT,
    )
    pasted_role = forms.ChoiceField(
        label=_("Whose is it?"),
        choices=choices(PARTY_ROLE_LABELS),
        required=False,
        widget=forms.RadioSelect,
    )

    def initial_of(self, stored: dict[str, Any]) -> dict[str, Any]:
        return stored | {"pasted_role": PartyRole.NOT_SURE.value}

    def read_now(self) -> list[Row]:
        """What stands in the box, as it is read."""
        return with_added((), self._found())

    def values(self) -> dict[str, object]:
        """The rows of the page with what stands in the box, each thing once."""
        return {"identifiers": with_added(self.cleaned_data["identifiers"], self._found())}

    def _found(self) -> list[Identifier]:
        country = self.actor.country
        region = partnerships.country(country).dialling_region if country else ""
        role = PartyRole(self.cleaned_data.get("pasted_role") or PartyRole.NOT_SURE)
        return read_pasted(self.cleaned_data.get("pasted", ""), region=region, role=role)


class WordsForm(PageForm):
    page = Page.WORDS
    needed = {"how_known": _("Say how you know")}
    facts = _text(
        _("What happened?"),
        _("Facts only: what was seen or heard, by whom, in which order. 20 characters are enough."),
        rows=7,
        limit=LONGEST_TEXT,
    )
    how_known = _radios(choices(BASIS_LABELS), _("How do you know?"))
    sureness = _radios(choices(SURENESS_LABELS), _("How sure are you?"))
    assessment = _text(
        _("What do you think it means?"),
        _("Your own view. It is kept apart from the facts."),
        rows=3,
        limit=LONGEST_TEXT,
    )

    def prepare(self) -> None:
        self.fields["facts"].required = not self.is_partial
        self.fields["facts"].error_messages["required"] = TOO_SHORT

    def clean_facts(self) -> str:
        facts = str(self.cleaned_data["facts"]).strip()
        if len(facts) < SHORTEST_FACTS and not self.is_partial:
            raise ValidationError(TOO_SHORT, code="F-106")
        return facts


class SharingForm(PageForm):
    page = Page.SHARING
    needed = {
        "sharing_wish": _("Say whether it may be passed to partner countries"),
        "victim_awareness": _("Say whether a possible victim knows about this"),
        "legal_basis": _("Choose the basis on which you send this"),
    }
    may_contact = _radios(
        choices(ANSWER_LABELS, only=(Answer.YES, Answer.NO)),
        _("May the desk contact you about this?"),
    )
    sharing_wish = _radios(choices(SHARING_LABELS), _("May it be passed to partner countries?"))
    victim_awareness = _radios(
        choices(VICTIM_AWARENESS_LABELS),
        _("If a possible victim is involved: do they know about this report?"),
    )
    legal_basis = _radios(choices(LEGAL_BASIS_LABELS), _("On which basis do you send this?"))
    reference_of_fiu = _text(
        _("Reference of your report to the FIU"),
        _("Only the reference. The report itself does not belong here."),
        limit=60,
    )
    campaign_tag = _text(
        _("Keyword of a call for reports"), _("If the desk asked for such reports."), limit=60
    )

    def prepare(self) -> None:
        kind = self.actor.contributor_kind
        bases = class_of(kind).bases if kind else tuple(LegalBasis)
        self.fields["legal_basis"].choices = choices(LEGAL_BASIS_LABELS, only=bases)  # type: ignore[attr-defined]
        if LegalBasis.AML_DUTY not in bases:
            del self.fields["reference_of_fiu"]

    def initial_of(self, stored: dict[str, Any]) -> dict[str, Any]:
        return stored | {"may_contact": _may_contact(stored)}

    def clean_may_contact(self) -> bool:
        return bool(self.cleaned_data["may_contact"] == Answer.YES)


class PatternForm(PageForm):
    page = Page.PATTERN
    needed = {
        "title": _("Name the pattern in a few words"),
        "sector": _("Choose the nearest sector"),
    }
    title = _text(
        _("What would you call it?"),
        _("A few words, for example: deck hands who owe their fare."),
        limit=LIMITS["title"],
    )
    sector = forms.ChoiceField(
        label=_("Where does it happen?"),
        choices=choices(SECTOR_LABELS, empty="Choose"),
        required=False,
    )
    route = _text(
        _("Along which route, if there is one?"),
        _("Countries, ports, platforms or ways of paying, in their order."),
        limit=LIMITS["route"],
    )
    how_it_works = _text(
        _("How does it work?"),
        _("Who does what, in which order, and how people are kept in it. No person, no number."),
        rows=8,
        limit=LIMITS["how_it_works"],
    )
    mitigations = _text(
        _("What helps against it?"),
        _("What you or others do, and what worked."),
        rows=3,
        limit=LIMITS["mitigations"],
    )

    def clean_how_it_works(self) -> str:
        words = str(self.cleaned_data["how_it_works"]).strip()
        if len(words) < SHORTEST_PATTERN and not self.is_partial:
            raise ValidationError(
                _("Write at least 50 characters about how it works"), code="F-120"
            )
        return words


class RedFlagsForm(PageForm):
    page = Page.RED_FLAGS
    red_flags = RowsField(
        label=_("By which signs is it noticed, and by whom?"), required=False, widget=RedFlagsInput
    )

    def clean_red_flags(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["red_flags"]
        if self.is_partial:
            return rows
        if not rows:
            raise ValidationError(_("Choose at least one sign of the pattern"), code="F-121")
        if not all(row["seen_by"] for row in rows):
            raise ValidationError(_("Say for each sign who can notice it"), code="F-122")
        return rows


class ReleaseForm(PageForm):
    page = Page.RELEASE
    needed = {
        "sharing_wish": _("Say whether it may be passed to partner countries"),
        "legal_basis": _("Confirm that there is no personal data in it"),
    }
    may_contact = _radios(
        choices(ANSWER_LABELS, only=(Answer.YES, Answer.NO)),
        _("May the desk contact you about this?"),
    )
    sharing_wish = _radios(choices(SHARING_LABELS), _("May it be passed to partner countries?"))
    legal_basis = _radios(
        choices(LEGAL_BASIS_LABELS, only=(LegalBasis.NO_PERSONAL_DATA,)),
        _("On which basis do you send this?"),
    )
    campaign_tag = _text(
        _("Keyword of a call for reports"), _("If the desk asked for such reports."), limit=60
    )

    def initial_of(self, stored: dict[str, Any]) -> dict[str, Any]:
        return stored | {"may_contact": _may_contact(stored)}

    def clean_may_contact(self) -> bool:
        return bool(self.cleaned_data["may_contact"] == Answer.YES)


def _may_contact(stored: Mapping[str, Any]) -> str:
    """What is stored before the page was answered is no answer."""
    if stored["sharing_wish"] is None:
        return ""
    return (Answer.YES if stored["may_contact"] else Answer.NO).value


FORMS: Mapping[Page, type[PageForm]] = {
    form.page: form
    for form in (
        NoticedForm,
        WhereWhenForm,
        IdentifiersForm,
        WordsForm,
        SharingForm,
        PatternForm,
        RedFlagsForm,
        ReleaseForm,
    )
}


class AnswerForm(ScreenForm):
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Only what you already hold. You need not find out anything."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your answer")},
    )


class KeptForm(ScreenForm):
    """C4: the last four characters of the receipt, typed back."""

    last_four = forms.CharField(
        label=_("Last four characters of the code"),
        max_length=9,
        error_messages={"required": _("Type the last four characters of the code")},
    )

    def __init__(self, data: Data, *, code: str) -> None:
        super().__init__(data)
        self.code = code

    def clean_last_four(self) -> str:
        typed = str(self.cleaned_data["last_four"]).replace("-", "").strip().upper()
        if not typed or typed != self.code.replace("-", "")[-4:].upper():
            raise ValidationError(
                _("These are not the last four characters. Look at the code again.")
            )
        return typed
