"""One linkage task run by `crosslight match` and by Splink on the same rows, side by side."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow
from pyarrow import parquet

from benchmarks.measures import Point, Scored, at_threshold, best_f1, curve
from benchmarks.report import Cell, Report, ratio, tell
from benchmarks.splink_peer import SplinkTask, run_splink

PROBABILITIES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_BANDS = (("strong",), ("strong", "probable"), ("strong", "probable", "weak"))


@dataclass(frozen=True, slots=True)
class LinkageTask:
    """`truth` names the entity that a row, known by its id, belongs to.

    `not_splinks` are columns that we read and that Splink is not given: we run without them too.
    """

    title: str
    table: pyarrow.Table
    id_column: str
    truth: Callable[[str], str]
    splink: SplinkTask
    not_splinks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs with the score that orders them; `bands` is empty for a peer without bands."""

    pairs: Sequence[tuple[str, str, float]]
    seconds: float
    bands: Sequence[str] = ()


def measure(task: LinkageTask) -> Report:
    ids = task.table[task.id_column].to_pylist()
    truth = {identifier: task.truth(identifier) for identifier in ids}
    positives = sum(held * (held - 1) // 2 for held in Counter(truth.values()).values())
    tell(f"{len(ids)} rows, {positives} true pairs. crosslight match …")
    ours = run_crosslight(task, left_out=())
    tell(f"{ours.seconds:.1f} s. The same with the columns that Splink is given …")
    alike = run_crosslight(task, left_out=task.not_splinks)
    tell(f"{alike.seconds:.1f} s. Splink on DuckDB …")
    theirs = Found(*run_splink(task.table, task.splink))
    tell(f"{theirs.seconds:.1f} s.")
    rows = [
        *_our_rows(ours, tool="crosslight", truth=truth, positives=positives),
        *_our_rows(alike, tool="crosslight, Splink's columns", truth=truth, positives=positives),
        *_their_rows(theirs, truth=truth, positives=positives),
    ]
    return Report(
        title=f"{task.title}: {len(ids)} rows, {positives} true pairs",
        rows=rows,
        notes=(
            f"Time beside Splink: {ratio(ours.seconds, theirs.seconds)}.",
            f"Not given to Splink: {', '.join(task.not_splinks)}.",
        ),
    )


def run_crosslight(task: LinkageTask, *, left_out: Sequence[str]) -> Found:
    """The command as a person runs it, from start to written file."""
    options = [part for column in left_out for part in ("--map", f"{column}=-")]
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "rows.parquet"), Path(folder, "matches.jsonl")
        parquet.write_table(task.table, source)
        command = [str(_executable()), "match", str(source), "--out", str(out)]
        started = time.perf_counter()
        subprocess.run([*command, "--id-column", task.id_column, *options], check=True)
        seconds = time.perf_counter() - started
        pairs, bands = [], []
        with out.open(encoding="utf-8") as stream:
            for line in map(json.loads, stream):
                pairs.append((line["left"], line["right"], line["weight"]))
                bands.append(line["band"])
    return Found(pairs, seconds, bands)


def _executable() -> Path:
    """The installed command beside this Python."""
    return Path(sys.executable).with_name("crosslight")


def _scored(found: Found, *, truth: Mapping[str, str]) -> Scored:
    return [(score, truth[left] == truth[right]) for left, right, score in found.pairs]


def _our_rows(
    found: Found, *, tool: str, truth: Mapping[str, str], positives: int
) -> list[dict[str, Cell]]:
    scored = _scored(found, truth=truth)
    best = best_f1(curve(scored, positives=positives))
    rows = [_row(tool, f"best, weight ≥ {best.threshold:.1f}", best, found=found)]
    for bands in _BANDS:
        kept = [same for (_, same), band in zip(scored, found.bands, strict=True) if band in bands]
        right = sum(kept)
        point = Point(0.0, right / len(kept) if kept else 0.0, right / positives)
        label = bands[-1] if len(bands) == 1 else f"{bands[-1]} or more"
        rows.append(_row(tool, label, point, found=found))
    return rows


def _their_rows(found: Found, *, truth: Mapping[str, str], positives: int) -> list[dict[str, Cell]]:
    points = curve(_scored(found, truth=truth), positives=positives)
    best = best_f1(points)
    rows = [_row("Splink 5", f"best, probability ≥ {best.threshold:.3f}", best, found=found)]
    rows += [
        _row(
            "Splink 5",
            f"probability ≥ {least:g}",
            at_threshold(points, threshold=least),
            found=found,
        )
        for least in PROBABILITIES
    ]
    # Recall of all pairs that its blocking rules let through, whatever their probability.
    reached = points[-1].recall if points else 0.0
    rows.append(
        _row("Splink 5", "every pair that it compared", Point(0.0, 0.0, reached), found=found)
    )
    return [*rows[:-1], {**rows[-1], "precision": None, "F1": None}]


def _row(tool: str, rule: str, point: Point, *, found: Found) -> dict[str, Cell]:
    return {
        "tool": tool,
        "same from": rule,
        "precision": point.precision,
        "recall": point.recall,
        "F1": point.f1,
        "seconds": found.seconds,
    }
