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
from typing import IO, TYPE_CHECKING, Any

from crosslight.exchange.tables.cells import checked_row, shown
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.header import column_names
from crosslight.exchange.tables.model import BadRow, RejectCode, Row

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# A workbook is a ZIP file; one that unpacks to more than this is an attack or a mistake.
_MOST_UNPACKED_BYTES = 2 * 1024**3
_REMEDY = "Open it in a spreadsheet program and save it again as XLSX or CSV."
_SHEETS = "xl/worksheets/"
_FORMULA_TAGS = (b"<f>", b"<f ", b":f>", b":f ")
_LONGEST_TAG = 3
_READ_BYTES = 1_048_576


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
        unknown = [place for place, cell in enumerate(cells, start=1) if cell == _NOT_CALCULATED]
        if unknown:
            reason = (
                f"Cell {unknown[0]} is a formula without a stored value. Open the workbook in a "
                "spreadsheet program, save it and run again."
            )
            return BadRow(number, RejectCode.FORMULA_WITHOUT_VALUE, reason, _legible(cells))
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


def _load(path: Path, *, is_calculated: bool = True) -> Workbook:
    """The workbook with what its formulas last gave, or with the formulas themselves."""
    import openpyxl

    with _as_unusable(f"{path.name} is not a sound XLSX workbook."):
        _check_size(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, read_only=True, data_only=is_calculated)


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
    stored = _sheet_rows(path, sheet, is_calculated=True)
    if not _has_formulas(path):
        for number, row in stored:
            yield number, [_text(cell.value) for cell in row]
        return
    # A program that wrote formulas without calculating them stored no value to compare.
    written = _sheet_rows(path, sheet, is_calculated=False)
    for (number, row), (_, sources) in zip(stored, written, strict=True):
        yield number, [_known(*cells) for cells in zip(row, sources, strict=True)]


# No cell reads so: control characters are a fault of their row.
_NOT_CALCULATED = "\x00formula"


def _known(stored: Any, written: Any) -> str:  # noqa: ANN401 - stubs lack these cells
    is_formula = written.data_type == "f"
    # A formula that gave the empty text is stored as text without characters.
    if is_formula and stored.value is None and stored.data_type == "n":
        return _NOT_CALCULATED
    return _text(stored.value)


def _legible(cells: list[str]) -> str:
    named = ("(formula)" if cell == _NOT_CALCULATED else cell for cell in cells)
    return shown({str(place): (cell,) for place, cell in enumerate(named)})


def _has_formulas(path: Path) -> bool:
    with (
        _as_unusable(f"{path.name} is not a sound XLSX workbook."),
        zipfile.ZipFile(path) as archive,
    ):
        for item in archive.infolist():
            if item.filename.startswith(_SHEETS):
                with archive.open(item) as stream:
                    if _holds_formula(stream):
                        return True
    return False


def _holds_formula(stream: IO[bytes]) -> bool:
    end = b""
    while chunk := stream.read(_READ_BYTES):
        text = end + chunk
        if any(tag in text for tag in _FORMULA_TAGS):
            return True
        end = text[-_LONGEST_TAG:]
    return False


def _sheet_rows(
    path: Path, sheet: str, *, is_calculated: bool
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    book = _load(path, is_calculated=is_calculated)
    try:
        cells = _cells(book[sheet])
        for number in count(1):
            with _as_unusable(f"{path.name} is damaged: sheet {sheet!r} can't be read to its end."):
                row = next(cells, None)
            if row is None:
                return
            yield number, row
    finally:
        book.close()


def _cells(worksheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - stubs lack it
    # The dimension that some programs write is wrong and would cut the sheet short.
    worksheet.reset_dimensions()
    yield from worksheet.iter_rows()


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
