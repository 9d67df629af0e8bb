"""The forms of a handover: a permission, the receiver's name, accepting, refusing."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.vocabulary.coordination import REFUSAL_LABELS, RefusalCode
from crosslight.web.shared.forms import DatePartsField, ScreenForm
from crosslight.web.shared.words import choices

Data = QueryDict | None


class PermissionForm(ScreenForm):
    originator = forms.CharField(
        label=_("Who gave the permission?"),
        help_text=_("The authority or service that the information comes from."),
        max_length=200,
        error_messages={"required": _("Name who gave the permission")},
    )
    reference = forms.CharField(
        label=_("Reference of the permission"),
        help_text=_("Under which it can be found again, such as a file number."),
        max_length=100,
        error_messages={"required": _("Give the reference of the permission")},
    )
    granted_on = DatePartsField(
        label=_("When was it given?"),
        error_messages={"required": _("Say when it was given")},
    )


class OfferForm(ScreenForm):
    """The receiver's name is typed, so that nothing goes to a unit that was merely clicked."""

    receiver = forms.CharField(
        label=_("Type the name of the receiving unit"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the name of the receiving unit")},
    )

    def __init__(self, receiver: str, data: Data = None) -> None:
        super().__init__(data, auto_id="offer_%s")
        self.name_of_receiver = receiver

    def clean_receiver(self) -> str:
        typed: str = self.cleaned_data["receiver"]
        if _plain(typed) != _plain(self.name_of_receiver):
            sentence = gettext("This is not the name of the receiving unit. Type: %(unit)s")
            raise forms.ValidationError(sentence % {"unit": self.name_of_receiver})
        return typed


class AcceptForm(ScreenForm):
    """Into which of the receiver's own investigations the record goes."""

    investigation = forms.ChoiceField(label=_("Take it into"))

    def __init__(
        self,
        item_id: str,
        data: Data = None,
        *,
        investigations: Sequence[tuple[str, str]],
        usual: str | None,
    ) -> None:
        super().__init__(data, initial={"investigation": usual}, auto_id=f"{item_id}_%s")
        field = self.fields["investigation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = list(investigations)


class RefuseForm(ScreenForm):
    code = forms.ChoiceField(
        label=_("Why is it refused?"),
        choices=choices(REFUSAL_LABELS, empty="Choose"),
        error_messages={"required": _("Choose why it is refused")},
    )
    note = forms.CharField(
        label=_("Note to the giver"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, item_id: str, data: Data = None) -> None:
        super().__init__(data, auto_id=f"{item_id}_%s")

    def chosen(self) -> RefusalCode:
        return RefusalCode(self.cleaned_data["code"])


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
