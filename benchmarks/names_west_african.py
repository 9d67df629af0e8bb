"""West African names: ours beside rapidfuzz."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.utils import default_process

from benchmarks.measures import auc, best_f1, curve, median_seconds, recall_at
from benchmarks.reference import csv_rows, reference_file
from benchmarks.report import Cell, Report, json_option, ratio, show
from crosslight.core.names import score

Comparator = Callable[[str, str], float]
COMPARATORS: dict[str, Comparator] = {
    "crosslight": score,
    "rapidfuzz token_sort_ratio": lambda a, b: fuzz.token_sort_ratio(
        a, b, processor=default_process
    ),
    "Jaro-Winkler": lambda a, b: JaroWinkler.similarity(a, b, processor=default_process),
}
_REPEATS = 7


def measure(pairs: Sequence[dict[str, str]]) -> Report:
    rows = [_row(name, compare, pairs=pairs) for name, compare in COMPARATORS.items()]
    ours = _microseconds(rows[0])
    peers = ", ".join(f"{ratio(ours, _microseconds(row))} {row['comparator']}" for row in rows[1:])
    same = sum(pair["same"] == "1" for pair in pairs)
    return Report(
        title=f"West African name pairs: {same} of one person, {len(pairs) - same} of two",
        rows=rows,
        notes=(f"Time for a pair, warm, beside: {peers}.",),
    )


def _microseconds(row: dict[str, Cell]) -> float:
    value = row["µs per pair"]
    return float(value or 0)


def _row(name: str, compare: Comparator, *, pairs: Sequence[dict[str, str]]) -> dict[str, Cell]:
    scored = [(compare(pair["name_a"], pair["name_b"]), pair["same"] == "1") for pair in pairs]
    points = curve(scored)
    seconds = median_seconds(
        lambda: [compare(pair["name_a"], pair["name_b"]) for pair in pairs], repeats=_REPEATS
    )
    return {
        "comparator": name,
        "AUC": auc(scored),
        "best F1": best_f1(points).f1,
        "recall at p .95": recall_at(points, precision=0.95),
        "µs per pair": seconds / len(pairs) * 1e6,
    }


def report(*, pairs: Path | None = None) -> Report:
    path = pairs or reference_file("matching", "west_african_pairs_dev.csv")
    return measure(csv_rows(path))


@click.command(epilog="Example: python -m benchmarks.names_west_african --json")
@click.option("--pairs", type=click.Path(path_type=Path), help="Other pairs: name_a,name_b,same.")
@json_option
def main(*, pairs: Path | None, as_json: bool) -> None:
    """AUC, best F1, recall at precision .95 and time for a pair, ours beside rapidfuzz."""
    show(report(pairs=pairs), as_json=as_json)


if __name__ == "__main__":
    main()
