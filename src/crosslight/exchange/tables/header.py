"""Names of columns: none empty, none twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crosslight.exchange.tables.cells import cell_fault
from crosslight.exchange.tables.errors import UnusableInput

MOST_COLUMNS = 2_000
_REMEDY = "Put the names of the columns on the first line, and no column of that name twice."


def column_names(cells: Sequence[str], *, path: Path) -> tuple[str, ...]:
    """Stripped names; empty ones are numbered. Raises UnusableInput where it is no header."""
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise UnusableInput(f"The first line of {path.name} is empty.", remedy=_REMEDY)
    if len(names) > MOST_COLUMNS:
        raise UnusableInput(f"{path.name} has more than {MOST_COLUMNS} columns.")
    for name in names:
        fault = cell_fault(name)
        if fault:
            raise UnusableInput(
                f"The first line of {path.name} is not a header: a name in it {fault[1]}",
                remedy=_REMEDY,
            )
    named = tuple(name or f"column {place}" for place, name in enumerate(names, start=1))
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise UnusableInput(
            f"The first line of {path.name} names the column {twice[0]!r} twice.", remedy=_REMEDY
        )
    return named
