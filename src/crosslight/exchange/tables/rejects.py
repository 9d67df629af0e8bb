"""The file of rows that were left out, for a person to repair in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crosslight.exchange.tables.model import BadRow
from crosslight.exchange.tables.outputs import rejects_path, whole_file

COLUMNS = ("file", "row", "code", "reason", "content")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

Keep = Callable[[Path, BadRow], None]


@contextmanager
def rejects_beside(out: Path) -> Iterator[Keep]:
    """Function that keeps a bad row in `<out>.rejects.csv`; without any there is no such file.

    UTF-8 with a byte order mark, which spreadsheet programs need to read it as UTF-8.
    """
    path = rejects_path(out)
    kept = 0
    with whole_file(path, encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)

        def keep(source: Path, bad: BadRow) -> None:
            nonlocal kept
            kept += 1
            cells = (source.name, str(bad.number), bad.code.value, bad.reason, bad.content)
            writer.writerow([formula_safe(cell) for cell in cells])

        yield keep
    if not kept:
        path.unlink()


def formula_safe(cell: str) -> str:
    """The text so that no spreadsheet program runs it as a formula (OWASP, CSV injection)."""
    visible = cell.replace("\x00", "\\x00")
    return f"'{visible}" if visible.startswith(_FORMULA_STARTS) else visible
