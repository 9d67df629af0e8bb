"""O7: export for a court: what names one object, or the whole ledger, for whom and why."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from crosslight.core.policy.rules import may_disclose_ledger
from crosslight.core.vocabulary.oversight import (
    DISCLOSURE_LABELS,
    RECIPIENT_LABELS,
    DisclosureReason,
    RecipientKind,
)
from crosslight.oversight import services
from crosslight.oversight.services import Disclosed, Order, Recipient
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.settle import NEEDS_CORRECTION, sent, settled
from crosslight.web.shared.words import choices

LONGEST_CODE = 64
LONGEST_NAME = 200
LONGEST_WHY = 1000
LONGEST_ID = 30
_PLAIN = {"autocomplete": "off", "dir": "ltr"}


class DisclosureForm(ScreenForm):
    object_id = forms.CharField(
        label=_("Identifier of the object"),
        help_text=_("As it stands in the ledger. Empty: the whole ledger goes."),
        required=False,
        max_length=LONGEST_ID,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    kind = forms.ChoiceField(
        label=_("Who receives it?"),
        choices=choices(RECIPIENT_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who receives it")},
    )
    name = forms.CharField(
        label=_("Name of the court or authority, and its file number"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Name who receives it")},
    )
    code = forms.CharField(
        label=_("Short name of it for the ledger"),
        help_text=_(
            "Letters, digits, dot and hyphen. It stays for ever: an office, never a person."
        ),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={**_PLAIN, "placeholder": ""}),
        error_messages={"required": _("Give a short name, such as court-northport")},
    )
    reason = forms.ChoiceField(
        label=_("For what?"),
        choices=choices(DISCLOSURE_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for what it is")},
    )
    why = forms.CharField(
        label=_("What was asked, and by which order or letter?"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what was asked")},
    )

    def order(self) -> Order:
        given = self.cleaned_data
        return Order(
            object_id=given["object_id"],
            recipient=Recipient(RecipientKind(given["kind"]), given["code"], given["name"]),
            reason=DisclosureReason(given["reason"]),
            why=given["why"],
        )


@screen(may_disclose_ledger, methods=("GET", "POST"))
def disclose(request: ScreenRequest) -> HttpResponseBase:
    form = DisclosureForm(sent(request), initial=_start(request.GET))
    made: list[Disclosed] = []

    def act() -> None:
        made.append(services.disclose_ledger(actor=request.actor, order=form.order()))

    if form.is_bound and settled(form, act):
        return FileResponse(
            made[0].content,
            as_attachment=True,
            filename=made[0].filename,
            content_type="application/zip",
        )
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "oversight/disclose.html", {"form": form}, status=status)


def _start(query: QueryDict) -> dict[str, str]:
    """From an entry, the object stands in the box already."""
    return {"object_id": query.get("object", "")[:LONGEST_ID]}
