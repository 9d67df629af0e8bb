"""Pairs of names as every comparator takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.utils import default_process

from benchmarks.measures import auc, best_f1, curve, median_seconds, recall_at
from benchmarks.outside import run_outside
from benchmarks.reference import csv_rows
from benchmarks.report import Cell
from crosslight.core.names import score

Comparator = Callable[[str, str], float]
OURS = "crosslight"
COMPARATORS: Mapping[str, Comparator] = {
    OURS: score,
    "rapidfuzz token_sort_ratio": lambda a, b: fuzz.token_sort_ratio(
        a, b, processor=default_process
    ),
    "rapidfuzz WRatio": lambda a, b: fuzz.WRatio(a, b, processor=default_process),
    "Jaro-Winkler": lambda a, b: JaroWinkler.similarity(a, b, processor=default_process),
}
NOMENKLATURA = ("logic-v2", "name-based", "regression-v1")
_REPEATS = 7
Measured = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class NamePairs:
    label: str
    pairs: Sequence[tuple[str, str]]
    same: Sequence[bool]

    @staticmethod
    def read(path: Path, *, most: int | None = None) -> NamePairs:
        """The file's pairs, or about `most` of them spread over it."""
        rows = csv_rows(path)
        step = -(-len(rows) // most) if most else 1
        return NamePairs.of(path.stem, rows[::step])

    @staticmethod
    def of(label: str, rows: Sequence[Mapping[str, str]]) -> NamePairs:
        return NamePairs(
            label,
            [(row["name_a"], row["name_b"]) for row in rows],
            [row["same"] == "1" for row in rows],
        )

    @property
    def title(self) -> str:
        same = sum(self.same)
        return f"{same} of one person, {len(self.same) - same} of two"


def measured(
    names: NamePairs, tool: str, compare: Comparator, *, repeats: int = _REPEATS
) -> Measured:
    seconds = median_seconds(lambda: [compare(a, b) for a, b in names.pairs], repeats=repeats)
    return _row(names, tool, [compare(a, b) for a, b in names.pairs], seconds=seconds)


def measured_nomenklatura(sets: Sequence[NamePairs], algorithm: str) -> list[Measured] | None:
    """Of each set, all in one process: it takes seconds to start. One run of each pair."""
    pairs = [pair for names in sets for pair in names.pairs]
    table = pyarrow.Table.from_pylist([{"name_a": a, "name_b": b} for a, b in pairs])
    found = run_outside("nomenklatura_names", {"algorithm": algorithm}, table)
    if found is None:
        return None
    scores, rows = found.scores.tolist(), []
    for names in sets:
        own, scores = scores[: len(names.pairs)], scores[len(names.pairs) :]
        seconds = found.seconds * len(own) / max(1, len(pairs))
        rows.append(_row(names, f"nomenklatura {algorithm}", own, seconds=seconds))
    return rows


def _row(names: NamePairs, tool: str, scores: Sequence[float], *, seconds: float) -> Measured:
    points = curve(scores, names.same)
    return {
        "comparator": tool,
        "AUC": auc(scores, names.same),
        "best F1": best_f1(points).f1,
        "recall at p .95": recall_at(points, precision=0.95),
        "µs per pair": seconds / max(1, len(names.pairs)) * 1e6,
    }


def figure(row: Measured, column: str) -> float:
    return float(row[column] or 0)
