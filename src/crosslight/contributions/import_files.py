"""A file as it was read into rows, and why a file is not taken at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.vocabulary.imports import ImportFormat, RowDamage
from crosslight.foundation.errors import FieldError, FieldErrors

LARGEST_FILE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class ReadRow:
    """`number` is the line or sheet row. Of a damaged row the cells are what can be shown of it."""

    number: int
    cells: tuple[str, ...]
    damage: RowDamage | None = None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """`is_guessed_encoding`: it was not UTF-8, and is read as Windows-1252."""

    form: ImportFormat
    columns: tuple[str, ...]
    rows: Sequence[ReadRow]
    size: int
    sha256: str
    is_guessed_encoding: bool = False


class FileFault(StrEnum):
    EMPTY = "empty"
    NO_TABLE = "no_table"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_BIG = "too_big"
    TOO_MUCH = "too_much"


class FileNotTaken(FieldErrors):
    what = "This file cannot be imported."

    def __init__(self, fault: FileFault) -> None:
        self.fault = fault
        super().__init__((_FAULTS[fault],))


_FAULTS: Mapping[FileFault, FieldError] = {
    FileFault.EMPTY: FieldError(
        "I-060", "file", "The file is empty.", "Choose the file that holds your rows."
    ),
    FileFault.NO_TABLE: FieldError(
        "I-061",
        "file",
        "This file could not be read as a table.",
        "Check that its first line names the columns, none of them twice, and save it as XLSX, "
        "CSV in UTF-8, or JSON.",
    ),
    FileFault.NO_ROWS: FieldError(
        "I-062",
        "file",
        "The file holds no rows below the names of its columns.",
        "Fill in at least one row.",
    ),
    FileFault.TOO_MANY_ROWS: FieldError(
        "I-063",
        "file",
        "The file holds more than 10,000 rows.",
        "Divide it into several files.",
    ),
    FileFault.TOO_MANY_COLUMNS: FieldError(
        "I-064",
        "file",
        "The file has more than 100 columns.",
        "Leave out the columns that are not to be imported.",
    ),
    FileFault.TOO_BIG: FieldError(
        "I-065", "file", "The file is larger than 20 MB.", "Divide it into several files."
    ),
    FileFault.TOO_MUCH: FieldError(
        "I-066",
        "file",
        "Reading this file takes more than is allowed for one file.",
        "Save only the sheet with your rows as CSV, or divide it into several files.",
    ),
}
