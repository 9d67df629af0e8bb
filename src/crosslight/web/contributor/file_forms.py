"""What is asked before a file may be sent, and the file itself."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributors import class_of
from crosslight.core.vocabulary.custody import (
    ACCESS_LABELS,
    FORM_LABELS,
    LAWFUL_ACCESS,
    Access,
    PackageForm,
)
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS, LegalBasis
from crosslight.custody.services import Offer
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import choices

YES, NO = "yes", "no"
ANSWERS = ("shows_minor", "access", "legal_basis", "form")


class AskForm(ScreenForm):
    """No answer is preset: each is a statement of the sender."""

    shows_minor = forms.ChoiceField(
        label=_("Does it show, or could it show, a minor being abused?"),
        help_text=_("Also if you are not sure."),
        choices=[(YES, _("Yes, or I am not sure")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it could show a minor being abused")},
    )
    access = forms.ChoiceField(
        label=_("How did you get it?"),
        choices=choices(ACCESS_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you got it")},
    )
    legal_basis = forms.ChoiceField(
        label=_("On which legal basis do you send it?"),
        choices=choices(LEGAL_BASIS_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the legal basis")},
    )
    form = forms.ChoiceField(
        label=_("What is it?"),
        choices=choices(FORM_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is")},
    )

    def __init__(self, data: QueryDict | None, *, actor: Actor, basis: LegalBasis | None) -> None:
        start = {"legal_basis": basis.value if basis else "", "form": PackageForm.FILE.value}
        super().__init__(data, initial=start)
        if actor.contributor_kind is not None:
            offered = class_of(actor.contributor_kind).bases
            self.fields["legal_basis"].choices = choices(LEGAL_BASIS_LABELS, only=offered)  # type: ignore[attr-defined]

    def clean_access(self) -> str:
        value = str(self.cleaned_data["access"])
        if Access(value) not in LAWFUL_ACCESS:
            raise ValidationError(
                _(
                    "The desk cannot take files that were reached in another way. Describe in your "
                    "report what you know; leave the file where it is."
                ),
                code="U-211",
            )
        return value

    @property
    def answers(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in ANSWERS}


class OfferForm(AskForm):
    """The answers once more, with the size and hash that the sender's browser found."""

    size = forms.IntegerField(min_value=1)
    sha256 = forms.CharField(required=False, max_length=64)
    media_type = forms.CharField(required=False, max_length=130)

    def offer(self) -> Offer:
        given = self.cleaned_data
        return Offer(
            form=PackageForm(given["form"]),
            size=given["size"],
            access=Access(given["access"]),
            legal_basis=LegalBasis(given["legal_basis"]),
            shows_minor=given["shows_minor"] == YES,
            media_type=given["media_type"] or "application/octet-stream",
            sha256=given["sha256"],
        )
