"""A table of name pairs in, the same table with a score out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from crosslight.core.names import score
from crosslight.exchange.tables.errors import UnusableInput
from crosslight.exchange.tables.model import BadRow, Table
from crosslight.exchange.tables.opening import open_table
from crosslight.exchange.tables.outputs import check_output, rejects_path, whole_file
from crosslight.exchange.tables.rejects import rejects_beside

NAME_COLUMNS = ("name_a", "name_b")
SCORE_COLUMN = "score"


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    rows: int
    rejected: int
    notes: tuple[str, ...]


def score_pairs(path: Path, *, out: Path) -> ScoreSummary:
    """Writes CSV (UTF-8) with all columns of `path` and `score`. Raises UnusableInput."""
    check_output(out, inputs=(path,))
    table = open_table(path)
    missing = [column for column in NAME_COLUMNS if column not in table.columns]
    if missing:
        raise UnusableInput(
            f"{path.name} has no column {missing[0]!r}; it has {', '.join(table.columns[:20])}.",
            remedy="Name the two columns of names name_a and name_b.",
        )
    rows, rejected = _write_scores(table, out=out)
    return ScoreSummary(rows, rejected, table.notes)


def _write_scores(table: Table, *, out: Path) -> tuple[int, int]:
    rows = rejected = 0
    columns = [column for column in table.columns if column != SCORE_COLUMN]
    with whole_file(out) as stream:
        writer = csv.writer(stream)
        writer.writerow([*columns, SCORE_COLUMN])
        with rejects_beside(out) as keep:
            for row in table.rows():
                if isinstance(row, BadRow):
                    rejected += 1
                    keep(table.path, row)
                    continue
                likeness = score(row.first("name_a"), row.first("name_b"))
                cells = ["; ".join(row.values.get(column, ())) for column in columns]
                writer.writerow([*cells, f"{likeness:.6f}"])
                rows += 1
        if not rows:
            _refuse(table, rejected=rejected, out=out)
    return rows, rejected


def _refuse(table: Table, *, rejected: int, out: Path) -> None:
    why = "each was rejected with a reason" if rejected else "there are none"
    remedy = f"The reasons are in {rejects_path(out)}." if rejected else "Check the file."
    raise UnusableInput(f"No row of {table.path.name} can be used: {why}.", remedy=remedy)
