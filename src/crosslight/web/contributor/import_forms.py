"""Which file is imported, and what its columns hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.contributions.services import SeenImport
from crosslight.core.contributions.importing import COLUMNS_OF
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS, ContributionKind
from crosslight.core.vocabulary.contributors import class_of
from crosslight.core.vocabulary.imports import IMPORT_COLUMN_LABELS, ImportColumn
from crosslight.foundation.errors import FieldErrors
from crosslight.web.contributor.import_lines import label_of
from crosslight.web.shared.forms import ScreenForm
from crosslight.web.shared.words import choices


def kinds_for(actor: Actor) -> tuple[ContributionKind, ...]:
    """What this actor's organisation may send, of what can be sent in bulk."""
    if actor.contributor_kind is None:
        return ()
    may_send = class_of(actor.contributor_kind).may_send
    return tuple(kind for kind in COLUMNS_OF if kind in may_send)


class UploadForm(ScreenForm):
    kind = forms.ChoiceField(
        label=_("What do the rows hold?"),
        choices=choices(CONTRIBUTION_KIND_LABELS, only=tuple(COLUMNS_OF)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the rows hold")},
    )
    file = forms.FileField(
        label=_("Choose the file"),
        help_text=_("XLSX, CSV or JSON. At most 10,000 rows and 20 MB."),
        allow_empty_file=True,
        widget=forms.FileInput,
        error_messages={
            "required": _("Choose the file that holds your rows."),
            "missing": _("Choose the file that holds your rows."),
        },
    )

    def __init__(
        self, data: QueryDict | None, files: MultiValueDict[str, Any] | None, *, actor: Actor
    ) -> None:
        super().__init__(data, files)
        self.fields["kind"].choices = choices(CONTRIBUTION_KIND_LABELS, only=kinds_for(actor))  # type: ignore[attr-defined]

    @property
    def chosen_kind(self) -> ContributionKind:
        return ContributionKind(self.cleaned_data["kind"])


class ColumnsForm(ScreenForm):
    """One choice for each column of the file, named by its place."""

    def __init__(self, data: QueryDict | None, *, seen: SeenImport) -> None:
        super().__init__(data)
        labels = {column: IMPORT_COLUMN_LABELS[column] for column in COLUMNS_OF[seen.kind]}
        for at, (name, guessed) in enumerate(zip(seen.columns, seen.mapping, strict=True)):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=name,
                required=False,
                initial=guessed.value if guessed else "",
                choices=choices(labels, empty=gettext("Leave this column out")),
            )

    @property
    def columns(self) -> tuple[ImportColumn | None, ...]:
        codes = [self.cleaned_data[name] for name in self.fields]
        return tuple(ImportColumn(code) if code else None for code in codes)

    def take(self, error: FieldErrors) -> None:
        """A fault names what is to be held, not the column of the file that would hold it."""
        for fault in error.errors:
            said = f"{gettext(fault.message)} {gettext(fault.remedy)} ({fault.code})"
            column = next((each for each in ImportColumn if each.value == fault.field), None)
            self.add_error(None, f"{label_of(column)}: {said}" if column else said)
