"""West African names, and pairs of names of other regions: ours beside usual comparators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.name_pairs import (
    COMPARATORS,
    NOMENKLATURA,
    Measured,
    NamePairs,
    figure,
    measured,
    measured_nomenklatura,
)
from benchmarks.outside import ABSENT, is_installed
from benchmarks.reference import reference_file
from benchmarks.report import Report, json_option, quick_option, ratio, show
from benchmarks.targets import NAMES_AUC, WEST_AFRICAN_RECALL, judge

_QUICK_PAIRS = 60


def measure(names: NamePairs, *, title: str) -> Report:
    rows = [measured(names, tool, compare) for tool, compare in COMPARATORS.items()]
    for algorithm in NOMENKLATURA:
        rows += measured_nomenklatura([names], algorithm) or []
    return Report(
        title=f"{title}: {names.title}",
        rows=rows,
        notes=_notes(rows),
        verdicts=[
            judge(NAMES_AUC, figure(rows[0], "AUC")),
            judge(WEST_AFRICAN_RECALL, figure(rows[0], "recall at p .95")),
        ],
    )


def _notes(rows: list[Measured]) -> list[str]:
    ours, *theirs = ((row["comparator"], figure(row, "µs per pair")) for row in rows)
    beside = ", ".join(f"{ratio(ours[1], time)} {tool}" for tool, time in theirs)
    notes = [f"Time for a pair beside: {beside}; ours and rapidfuzz's warm."]
    return notes if is_installed() else [*notes, ABSENT]


def reports(*, quick: bool = False, pairs: Path | None = None) -> Iterator[Report]:
    path = pairs or reference_file("matching", "west_african_pairs_dev.csv")
    names = NamePairs.read(path, most=_QUICK_PAIRS if quick else None)
    yield measure(names, title=f"Pairs of {path.name}" if pairs else "West African name pairs")


@click.command(epilog="Example: python -m benchmarks.names_west_african --pairs mine.csv")
@click.option("--pairs", type=click.Path(path_type=Path), help="Other pairs: name_a,name_b,same.")
@quick_option
@json_option
def main(*, pairs: Path | None, quick: bool, as_json: bool) -> None:
    """AUC, best F1, recall at precision .95 and time for a pair, ours beside its peers."""
    show(reports(quick=quick, pairs=pairs), as_json=as_json)


if __name__ == "__main__":
    main()
