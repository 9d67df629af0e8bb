"""The child that reads one file and says its rows as lines of JSON: limits first, then the file.

usage: python -m crosslight.exchange.imports.child FILE
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from crosslight.contributions.import_files import FileFault
from crosslight.core.contributions.importing import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from crosslight.core.vocabulary.imports import ImportFormat, RowDamage
from crosslight.custody.inspection.confinement import leave_the_network, limit_resources
from crosslight.exchange.tables.cells import cell_fault
from crosslight.exchange.tables.delimited import open_delimited
from crosslight.exchange.tables.encodings import CP1252_NOTE
from crosslight.exchange.tables.errors import UnusableInput
from crosslight.exchange.tables.json_lines import listed_row, open_json_lines
from crosslight.exchange.tables.model import BadRow, Row, Table
from crosslight.exchange.tables.workbooks import open_workbook

_MEMORY_BYTES = 1_500 * 2**20
_CPU_SECONDS = 60
_MOST_UNPACKED_BYTES = 200_000_000
_MOST_CHARACTERS = 40_000_000
_START_BYTES = 4_096
_BLANK = b" \t\r\n\x00\xef\xbb\xbf"
_SHOWN_CHARACTERS = 500
_LONGEST_NAME = 200
# What a spreadsheet program is kept from running as a formula by (exchange.tables.rejects).
_GUARDED = ("'=", "'+", "'-", "'@")

Said = tuple[int, list[str], str]


class _NotTaken(Exception):
    def __init__(self, fault: FileFault) -> None:
        self.fault = fault


def main() -> int:
    path = Path(sys.argv[1])
    leave_the_network(use_namespaces=True)
    limit_resources(memory_bytes=_MEMORY_BYTES, cpu_seconds=_CPU_SECONDS)
    try:
        head, rows = _read(path)
    except _NotTaken as refused:
        head, rows = {"fault": refused.fault.value}, []
    except UnusableInput:
        head, rows = {"fault": FileFault.NO_TABLE.value}, []
    for said in (head, *rows):
        sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    return 0


def _read(path: Path) -> tuple[dict[str, object], list[Said]]:
    form, table = _open(path)
    if len(table.columns) > MOST_COLUMNS:
        raise _NotTaken(FileFault.TOO_MANY_COLUMNS)
    rows = list(_rows(table))
    if not rows:
        raise _NotTaken(FileFault.NO_ROWS)
    head: dict[str, object] = {
        "form": form.value,
        "columns": [name[:_LONGEST_NAME] for name in table.columns],
        "is_guessed_encoding": CP1252_NOTE in table.notes,
    }
    return head, rows


def _open(path: Path) -> tuple[ImportFormat, Table]:
    """By what it is, whatever its name; no format but the three that are offered."""
    with path.open("rb") as stream:
        start = stream.read(_START_BYTES)
    text = start.lstrip(_BLANK)
    if not text:
        raise _NotTaken(FileFault.EMPTY)
    if start.startswith(b"PK\x03\x04"):
        _check_unpacked(path)
        return ImportFormat.XLSX, open_workbook(path)
    if text.startswith(b"["):
        return ImportFormat.JSON, _json_table(path)
    if text.startswith(b"{"):
        return ImportFormat.JSON, open_json_lines(path)
    return ImportFormat.CSV, open_delimited(path)


def _check_unpacked(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise _NotTaken(FileFault.NO_TABLE) from None
    if unpacked > _MOST_UNPACKED_BYTES:
        raise _NotTaken(FileFault.TOO_MUCH)


def _json_table(path: Path) -> Table:
    """A list of objects, read as if each stood on a line of its own."""
    try:
        items = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _NotTaken(FileFault.NO_TABLE) from None
    if not any(isinstance(item, dict) for item in items):
        raise _NotTaken(FileFault.NO_TABLE)
    return _Listed(items)


class _Listed:
    """The rows of a JSON list, numbered from 1."""

    notes: tuple[str, ...] = ()
    is_entities = False
    path = Path()

    def __init__(self, items: list[object]) -> None:
        self._items = items
        objects = (item for item in items if isinstance(item, dict))
        # A key that no column can be called by makes its row a bad one.
        sound = (item for item in objects if not any(map(cell_fault, item)))
        self.columns = tuple(dict.fromkeys(name for item in sound for name in item))

    def rows(self) -> Iterator[Row | BadRow]:
        yield from (listed_row(number, item) for number, item in enumerate(self._items, start=1))


def _rows(table: Table) -> Iterator[Said]:
    characters = 0
    for count, found in enumerate(table.rows(), start=1):
        if count > MOST_ROWS:
            raise _NotTaken(FileFault.TOO_MANY_ROWS)
        said = _said(found, table.columns)
        characters += sum(map(len, said[1]))
        if characters > _MOST_CHARACTERS:
            raise _NotTaken(FileFault.TOO_MUCH)
        yield said


def _said(found: Row | BadRow, columns: tuple[str, ...]) -> Said:
    if isinstance(found, BadRow):
        return found.number, [_shown(found.content)], found.code.value
    cells = [_unguarded("; ".join(found.values.get(column, ()))) for column in columns]
    if any(len(cell) > LONGEST_CELL for cell in cells):
        cut = [cell if len(cell) <= LONGEST_CELL else cell[:_SHOWN_CHARACTERS] for cell in cells]
        return found.number, cut, RowDamage.CELL_TOO_LARGE.value
    return found.number, cells, ""


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _shown(content: str) -> str:
    """What of a damaged row can be stored: no half of a surrogate pair, no control character."""
    return "".join(c if c.isprintable() else "\ufffd" for c in content)[:_SHOWN_CHARACTERS]


if __name__ == "__main__":
    sys.exit(main())
