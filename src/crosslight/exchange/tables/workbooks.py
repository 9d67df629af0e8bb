"""XLSX workbooks: the first sheet that holds something, read row by row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crosslight.exchange.tables.cells import checked_row, shown
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.header import column_names
from crosslight.exchange.tables.model import BadRow, RejectCode, Row

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# A workbook is a ZIP file; one that unpacks to more than this is an attack or a mistake.
_MOST_UNPACKED_BYTES = 2 * 1024**3
_REMEDY = "Open it in a spreadsheet program and save it again as XLSX or CSV."


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    path: Path
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    sheet: str
    header_row: int
    is_entities: bool = False

    def rows(self) -> Iterator[Row | BadRow]:
        for number, cells in _rows(self.path, self.sheet):
            if number > self.header_row and any(cells):
                yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> Row | BadRow:
        values = {column: (cell,) for column, cell in zip(self.columns, cells, strict=False)}
        if any(cells[len(self.columns) :]):
            reason = f"The row has more cells than the header's {len(self.columns)}."
            return BadRow(number, RejectCode.RAGGED, reason, shown(values))
        return checked_row(number, values)


def open_workbook(path: Path) -> WorkbookTable:
    names = _sheet_names(path)
    for name in names:
        found = next(((row, cells) for row, cells in _rows(path, name) if any(cells)), None)
        if found:
            notes = (f"Read sheet {name!r}.",) if len(names) > 1 else ()
            columns = column_names(found[1], path=path)
            return WorkbookTable(path, columns, notes, name, found[0])
    raise UnusableInput(f"{path.name} holds no rows.", remedy=WRONG_FILE)


def _sheet_names(path: Path) -> list[str]:
    book = _load(path)
    try:
        return [sheet.title for sheet in book.worksheets]
    finally:
        book.close()


def _load(path: Path) -> Workbook:
    import openpyxl

    with _as_unusable(f"{path.name} is not a sound XLSX workbook."):
        _check_size(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Formulas are kept as text: what they would show is not stored by every program.
            return openpyxl.load_workbook(path, read_only=True, data_only=False)


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(item.file_size for item in archive.infolist())
    if unpacked > _MOST_UNPACKED_BYTES:
        raise UnusableInput(f"{path.name} unpacks to more than 2 GiB.", remedy=_REMEDY)


@contextmanager
def _as_unusable(what: str) -> Iterator[None]:
    """Openpyxl raises whatever the damage of a file leads to; all of it means one thing."""
    try:
        yield
    except UnusableInput:
        raise
    except Exception as error:
        raise UnusableInput(what, remedy=_REMEDY) from error


def _rows(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    book = _load(path)
    try:
        cells = _cells(book[sheet])
        for number in count(1):
            with _as_unusable(f"{path.name} is damaged: sheet {sheet!r} can't be read to its end."):
                row = next(cells, None)
            if row is None:
                return
            yield number, [_text(cell) for cell in row]
    finally:
        book.close()


def _cells(worksheet: Any) -> Iterator[tuple[object, ...]]:  # noqa: ANN401 - stubs lack it
    # The dimension that some programs write is wrong and would cut the sheet short.
    worksheet.reset_dimensions()
    yield from worksheet.iter_rows(values_only=True)


def _text(cell: object) -> str:
    """What the cell shows: whole numbers without a point, dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
