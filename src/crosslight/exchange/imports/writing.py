"""Tables for a person to fill in or to repair, in the two forms that spreadsheet programs open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from crosslight.exchange.tables.rejects import formula_safe

Rows = Iterable[Sequence[str]]


def as_csv(head: Sequence[str], rows: Rows = ()) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheet programs need to read it as UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(formula_safe, head))
    writer.writerows(map(formula_safe, row) for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def as_workbook(sheets: Iterable[tuple[str, Sequence[str], Rows]]) -> bytes:
    """Sheets with a name, the names of their columns, and rows; every cell is text."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, head, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.append(list(map(formula_safe, head)))
        for row in rows:
            sheet.append(list(map(_cell, row)))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(text: str) -> str:
    return formula_safe("".join(c for c in text if c.isprintable() or c in "\n\t"))
