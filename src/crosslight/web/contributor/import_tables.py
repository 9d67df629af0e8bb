"""What is downloaded: templates with headings in the language of the page, and bad rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext

from crosslight.contributions.services import SeenImport, SeenRow
from crosslight.core.contributions.importing import CHOICES, COLUMNS_OF, FLAGS
from crosslight.core.indicators import catalogue
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS, ContributionKind
from crosslight.core.vocabulary.contributors import class_of
from crosslight.core.vocabulary.imports import (
    FLAG_LABELS,
    IMPORT_COLUMN_LABELS,
    ImportColumn,
    ImportFormat,
)
from crosslight.exchange.imports import as_csv, as_workbook
from crosslight.web.contributor.import_lines import bad_rows_table
from crosslight.web.shared.indicators import language
from crosslight.web.shared.words import word

_TYPES = {
    ImportFormat.CSV: "text/csv; charset=utf-8",
    ImportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ImportFormat.JSON: "application/json; charset=utf-8",
}


def template_file(actor: Actor, kind: ContributionKind, form: ImportFormat) -> HttpResponse:
    """An empty table of this kind; the workbook has the possible answers on a second sheet."""
    return _as_file(_TEMPLATES[form](actor, kind), f"{kind.value}.{form.value}", form)


def bad_rows_file(seen: SeenImport, rows: Iterator[SeenRow], form: ImportFormat) -> HttpResponse:
    head, body = bad_rows_table(seen, rows)
    if form is ImportFormat.XLSX:
        content = as_workbook([(gettext("Bad rows"), head, body)])
    else:
        form, content = ImportFormat.CSV, as_csv(head, body)
    return _as_file(content, f"bad-rows.{form.value}", form)


def _headings(kind: ContributionKind) -> tuple[str, ...]:
    return tuple(gettext(IMPORT_COLUMN_LABELS[column]) for column in COLUMNS_OF[kind])


def _as_csv(_actor: Actor, kind: ContributionKind) -> bytes:
    return as_csv(_headings(kind))


def _as_json(_actor: Actor, kind: ContributionKind) -> bytes:
    """Keys are codes: whoever writes JSON writes a program."""
    row = {column.value: "" for column in COLUMNS_OF[kind]}
    return json.dumps([row], indent=2).encode()


def _as_workbook(actor: Actor, kind: ContributionKind) -> bytes:
    answers = (gettext("Column"), gettext("Code"), gettext("Meaning"))
    return as_workbook(
        [
            (word(CONTRIBUTION_KIND_LABELS, kind), _headings(kind), ()),
            (gettext("Answers"), answers, _answers(actor, kind)),
        ]
    )


def _answers(actor: Actor, kind: ContributionKind) -> Iterator[Sequence[str]]:
    """Every answer that a cell may hold, as its code and in words; either may be written."""
    for column in COLUMNS_OF[kind]:
        heading = gettext(IMPORT_COLUMN_LABELS[column])
        if column is ImportColumn.INDICATORS:
            known = catalogue()
            for each in known.indicators:
                yield heading, each.id, known.label(each, language()).text
        elif column in FLAGS:
            yield heading, "yes", gettext(FLAG_LABELS[True])
            yield heading, "no", gettext(FLAG_LABELS[False])
        for code, label in CHOICES.get(column, {}).items():
            if column is not ImportColumn.LEGAL_BASIS or _is_open(actor, code):
                yield heading, code.value, gettext(label)


def _is_open(actor: Actor, basis: object) -> bool:
    kind = actor.contributor_kind
    return kind is not None and basis in class_of(kind).bases


_TEMPLATES: Mapping[ImportFormat, Callable[[Actor, ContributionKind], bytes]] = {
    ImportFormat.CSV: _as_csv,
    ImportFormat.XLSX: _as_workbook,
    ImportFormat.JSON: _as_json,
}


def _as_file(content: bytes, name: str, form: ImportFormat) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
