"""The forms of a joint room: what to show of a record, the plan, a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.coordination.selectors.views import RoomView
from crosslight.core.entities.schemata import property_label
from crosslight.core.vocabulary.law import HandlingCode, needs_permission
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.unit.released import handling_word

if TYPE_CHECKING:
    from crosslight.investigations.models import Statement

Data = QueryDict | None
LONGEST_PLAN = 20_000
LONGEST_MESSAGE = 4_000


class PublishForm(ScreenForm):
    """Statement by statement; what needs a permission is not offered, and said so."""

    statements = forms.MultipleChoiceField(
        label=_("What do you show?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one statement")},
    )

    def __init__(self, schema: str, statements: Sequence[Statement], data: Data = None) -> None:
        free = [each for each in statements if not _is_limited(each)]
        super().__init__(data, initial={"statements": [each.pk for each in free]})
        field = self.fields["statements"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
        field.choices = [(each.pk, _sentence(schema, each)) for each in free]
        self.limited = [_limit(schema, each) for each in statements if _is_limited(each)]


class PlanForm(ScreenForm):
    plan = forms.CharField(
        label=_("Joint plan"),
        help_text=_("Who does what until when, and who is called first."),
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write the plan")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, room: RoomView, data: Data = None) -> None:
        super().__init__(data, initial={"plan": room.plan, "version": room.version})


class MessageForm(ScreenForm):
    text = forms.CharField(
        label=_("Message to both units"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a message")},
    )

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, auto_id="message_%s")


def _is_limited(statement: Statement) -> bool:
    return needs_permission(HandlingCode(statement.handling_code))


def _sentence(schema: str, statement: Statement) -> str:
    label = gettext(property_label(schema, statement.property))
    return f"{label}: {statement.value} ({statement.handling_code})"


def _limit(schema: str, statement: Statement) -> str:
    label = gettext(property_label(schema, statement.property))
    return f"{label} – {handling_word(statement.handling_code)}"
