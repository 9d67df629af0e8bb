"""Helpers: a file written as a person's program would, and its rows."""

from __future__ import annotations

from pathlib import Path

from crosslight.exchange.tables import BadRow, RejectCode, Row, open_table


def written(folder: Path, content: str | bytes, *, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(path: Path) -> list[Row | BadRow]:
    return list(open_table(path).rows())


def good(path: Path) -> list[dict[str, str]]:
    """Good rows, several values of a cell joined."""
    return [
        {column: "; ".join(cells) for column, cells in row.values.items()}
        for row in rows_of(path)
        if isinstance(row, Row)
    ]


def bad(path: Path) -> list[tuple[int, RejectCode]]:
    return [(row.number, row.code) for row in rows_of(path) if isinstance(row, BadRow)]
