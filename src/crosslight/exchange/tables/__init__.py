"""Tables that people bring: CSV, XLSX, JSON lines, parquet and FollowTheMoney entities."""

from __future__ import annotations

from crosslight.exchange.tables.columns import (
    Target,
    find_id_column,
    guess_columns,
    map_columns,
    parse_overrides,
)
from crosslight.exchange.tables.errors import UnusableInput
from crosslight.exchange.tables.model import BadRow, RejectCode, Row, Table
from crosslight.exchange.tables.opening import open_table
from crosslight.exchange.tables.outputs import rejects_path
from crosslight.exchange.tables.records import Reading, identified_rows, record_of
from crosslight.exchange.tables.rejects import formula_safe, rejects_beside

__all__ = [
    "BadRow",
    "Reading",
    "RejectCode",
    "Row",
    "Table",
    "Target",
    "UnusableInput",
    "find_id_column",
    "formula_safe",
    "guess_columns",
    "identified_rows",
    "map_columns",
    "open_table",
    "parse_overrides",
    "record_of",
    "rejects_beside",
    "rejects_path",
]
