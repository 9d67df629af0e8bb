"""Tables that are imported: one row is a dictionary of columns, in the words of the template."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl

from crosslight.contributions.import_files import ReadRow, ReadTable
from crosslight.contributions.models import ContributionImport
from crosslight.contributions.services import continue_import, match_columns, start_import
from crosslight.core.lifecycle.importing import IN_WORK
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.imports import ImportColumn, ImportFormat
from crosslight.exchange.imports import read_file
from tests.contributions.factories import FACTS

Row = Mapping[str, Any]


def good_row(number: int = 0, **changes: str) -> dict[str, str]:
    """A complete red-flag report of a support organisation; no two numbers make the same row."""
    return {
        "indicators": "ILO-D1-02; ILO-D5-03",
        "basis": "told",
        "place": f"Norhaven {number}",
        "country": "XN",
        "timing": "this_week",
        "observed_on": "2026-02-28",
        "phone": "+44 7700 900123",
        "party_role": "recruiter",
        "facts": FACTS,
        "how_known": "told",
        "sharing_wish": "desk_decides",
        "victim_awareness": "agreed",
        "legal_basis": "gdpr_consent",
    } | changes


def as_csv(rows: Iterable[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    rows = list(rows)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def as_json(rows: Iterable[Row]) -> bytes:
    return json.dumps(list(rows)).encode()


def as_xlsx(rows: Iterable[Row]) -> bytes:
    rows = list(rows)
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table_of(rows: Iterable[Row]) -> ReadTable:
    """What the reader makes of them, without the second that its process needs to start."""
    rows = list(rows)
    data = as_csv(rows)
    return ReadTable(
        form=ImportFormat.CSV,
        columns=tuple(rows[0]),
        rows=[ReadRow(at, tuple(row.values())) for at, row in enumerate(rows, start=2)],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def started(
    actor: Actor,
    data: bytes | Iterable[Row],
    *,
    kind: ContributionKind = ContributionKind.RED_FLAG_REPORT,
) -> ContributionImport:
    table = read_file([data]) if isinstance(data, bytes) else table_of(data)
    return start_import(actor=actor, kind=kind, table=table)


def guessed(found: ContributionImport) -> tuple[ImportColumn | None, ...]:
    return tuple(ImportColumn(code) if code else None for code in found.mapping)


def worked(actor: Actor, found: ContributionImport) -> ContributionImport:
    while found.state in IN_WORK:
        found = continue_import(actor=actor, import_id=found.pk)
    return found


def checked(actor: Actor, data: bytes | Iterable[Row], **named: Any) -> ContributionImport:
    """With the columns as they were guessed."""
    found = started(actor, data, **named)
    found = match_columns(actor=actor, import_id=found.pk, columns=guessed(found))
    return worked(actor, found)
