"""CSV and its kin: encoding and delimiter found, damaged rows named, the rest read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mode

from crosslight.exchange.tables.cells import MOST_CHARACTERS, checked_row
from crosslight.exchange.tables.encodings import Encoding, detect_encoding
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.header import column_names
from crosslight.exchange.tables.lines import Lines
from crosslight.exchange.tables.model import BadRow, RejectCode, Row

_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE_LINES = 20
_SAMPLE_CHARACTERS = 65_536
_SHOWN_CHARACTERS = 500
_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    path: Path
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    encoding: Encoding
    delimiter: str
    is_entities: bool = False

    def rows(self) -> Iterator[Row | BadRow]:
        csv.field_size_limit(MOST_CHARACTERS)
        with self.encoding.open(self.path) as stream:
            records = _records(Lines(stream), delimiter=self.delimiter, width=len(self.columns))
            next(records, None)
            for found in records:
                if isinstance(found, BadRow):
                    yield found
                else:
                    number, cells = found
                    pairs = zip(self.columns, cells, strict=False)
                    yield checked_row(number, {column: (cell,) for column, cell in pairs})


def open_delimited(path: Path) -> DelimitedTable:
    encoding = detect_encoding(path)
    csv.field_size_limit(MOST_CHARACTERS)
    with encoding.open(path) as stream:
        sample = [line[:_SAMPLE_CHARACTERS] for line in islice(Lines(stream), _SAMPLE_LINES)]
    delimiter = _delimiter(sample)
    with encoding.open(path) as stream:
        header = next(_records(Lines(stream), delimiter=delimiter, width=0), None)
    if header is None:
        raise UnusableInput(f"{path.name} holds no rows.", remedy=WRONG_FILE)
    if isinstance(header, BadRow):
        raise UnusableInput(
            f"The first line of {path.name} is not a header: {header.reason}",
            remedy="Put the names of the columns on the first line.",
        )
    notes = (encoding.note,) if encoding.note else ()
    columns = column_names(header[1], path=path)
    return DelimitedTable(path, columns, (*notes, _delimiter_note(delimiter)), encoding, delimiter)


def _delimiter_note(delimiter: str) -> str:
    return f"Cells are separated by {_DELIMITER_NAMES[delimiter]}."


def _delimiter(sample: list[str]) -> str:
    """The delimiter that most lines hold equally often; comma where none is seen."""
    counted = {}
    lines = [_QUOTED.sub("", line) for line in sample if line.strip()]
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines]
        usual = mode(counts) if counts else 0
        counted[delimiter] = (counts.count(usual) if usual else 0, usual)
    best = max(_DELIMITERS, key=lambda delimiter: counted[delimiter])
    if counted[best][1]:
        return best
    return max(_DELIMITERS, key=lambda delimiter: lines[0].count(delimiter) if lines else 0)


def _records(
    lines: Lines, *, delimiter: str, width: int
) -> Iterator[tuple[int, list[str]] | BadRow]:
    """Rows with the line they begin on; a `width` of 0 takes rows of any length."""
    while True:
        number = lines.begin_row()
        cells, reason = _split(lines, delimiter=delimiter)
        if cells is None:
            return
        if not reason and not any(cell.strip() for cell in cells):
            continue
        fault = _fault(reason, cells=cells, width=width)
        if fault is None:
            yield number, cells
            continue
        lines.give_back()
        yield BadRow(number, *fault, content=lines.taken[0].strip()[:_SHOWN_CHARACTERS])


def _split(lines: Lines, *, delimiter: str) -> tuple[list[str] | None, str]:
    """Cells of the next row, None at the end of the file, and why they can't be trusted."""
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, skipinitialspace=True), None)
        if len(lines.taken) > 1:
            # A stray quote joins rows until the next one: only a soundly quoted row may be long.
            next(csv.reader(lines.taken, delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error as error:
        return [], str(error)
    return cells, ""


def _fault(reason: str, *, cells: list[str], width: int) -> tuple[RejectCode, str] | None:
    if "field larger than" in reason:
        return RejectCode.CELL_TOO_LARGE, f"A cell holds more than {MOST_CHARACTERS} characters."
    if reason:
        return RejectCode.RAGGED, f"The row can't be split into cells: {reason}."
    if width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
        return RejectCode.RAGGED, f"The row has {len(cells)} cells, the header {width}."
    return None
