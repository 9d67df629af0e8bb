"""Parquet files, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crosslight.exchange.tables.cells import checked_row
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.header import column_names
from crosslight.exchange.tables.model import BadRow, RejectCode, Row

_BATCH_ROWS = 4_096
_REMEDY = "Write it again with pandas, DuckDB or Spark, or export it as CSV."


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """Rows are numbered from 1, as a parquet file has no header line."""

    path: Path
    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()
    is_entities: bool = False

    def rows(self) -> Iterator[Row | BadRow]:
        number = 0
        for batch in _batches(self.path):
            for cells in batch:
                number += 1
                yield _row(number, dict(zip(self.columns, cells.values(), strict=True)))


def open_parquet(path: Path) -> ParquetTable:
    with _opened(path) as file:
        names = list(file.schema_arrow.names)
        count = file.metadata.num_rows
    if not count:
        raise UnusableInput(f"{path.name} holds no rows.", remedy=WRONG_FILE)
    return ParquetTable(path, column_names(names, path=path))


def _opened(path: Path) -> Any:  # noqa: ANN401 - pyarrow ships no types
    import pyarrow
    import pyarrow.parquet

    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise UnusableInput(f"{path.name} is not a sound parquet file.", remedy=_REMEDY) from error


def _batches(path: Path) -> Iterator[list[dict[str, object]]]:
    import pyarrow

    with _opened(path) as file:
        try:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                yield batch.to_pylist()
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            raise UnusableInput(
                f"{path.name} is damaged, or holds a date or time that can't be read.",
                remedy=_REMEDY,
            ) from error


def _row(number: int, cells: dict[str, object]) -> Row | BadRow:
    values = {}
    for column, cell in cells.items():
        texts = _texts(cell)
        if texts is None:
            reason = f"{column!r} holds bytes or a structure; only text and numbers are read."
            return BadRow(number, RejectCode.NESTED_VALUE, reason)
        values[column] = texts
    return checked_row(number, values)


def _texts(cell: object) -> tuple[str, ...] | None:
    if cell is None:
        return ()
    if isinstance(cell, list):
        inner = [_texts(item) for item in cell]
        return None if None in inner else tuple(text for texts in inner for text in texts or ())
    if isinstance(cell, dict | bytes | tuple):
        return None
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return (cell.date().isoformat(),)
    if isinstance(cell, date):
        return (cell.isoformat(),)
    if isinstance(cell, float):
        return () if cell != cell else (f"{cell:.15g}",)  # noqa: PLR0124 - NaN is an empty cell
    return (str(cell),)
