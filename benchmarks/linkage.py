"""One linkage task run by `crosslight match` and by its peers on the same rows, side by side."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import parquet

from benchmarks.found import Found, strings
from benchmarks.measures import Curve, Point, at_threshold, best_f1, recall_at, true_pairs
from benchmarks.outside import (
    ABSENT,
    MOST_BYTES,
    MOST_SECONDS,
    Job,
    is_installed,
    run_outside,
)
from benchmarks.processes import run_command
from benchmarks.report import Cell, ratio, tell
from benchmarks.splink_peer import SplinkTask, run_splink

PROBABILITIES = (0.5, 0.9)
# Splink is trained on the very rows that it is measured on, without the truth; so is this.
ESTIMATED = "crosslight, estimated on these rows"
# Of our first two runs.
F1_BESIDE_SPLINK = (
    "best F1 beside Splink's, released model",
    "best F1 beside Splink's, estimated on these rows as Splink is",
)
_BANDS = (("strong",), ("strong", "probable"), ("strong", "probable", "weak"))


@dataclass(frozen=True)
class LinkageTask:
    """One table within itself, or two with each other. `truth` names the entity of a row's id.

    `not_splinks` are columns that we read and that Splink's guide does not use: we run without
    them too. `outside` are jobs for peers of .venv-bench, by what the table is to call them.
    """

    tables: Sequence[pyarrow.Table]
    id_column: str
    truth: Callable[[str], str]
    splink: SplinkTask
    not_splinks: Sequence[str] = ()
    outside: Mapping[str, tuple[str, Job]] = field(default_factory=dict)

    @cached_property
    def entities(self) -> dict[str, str]:
        ids = [i for table in self.tables for i in table[self.id_column].to_pylist()]
        return {identifier: self.truth(identifier) for identifier in ids}

    @cached_property
    def positives(self) -> int:
        """True pairs, across the tables only where there are two."""
        within = sum(
            true_pairs(map(self.truth, table[self.id_column].to_pylist())) for table in self.tables
        )
        everywhere = true_pairs(self.entities.values())
        return within if len(self.tables) == 1 else everywhere - within


@dataclass(frozen=True, slots=True)
class Judged:
    """A tool's run beside the truth."""

    tool: str
    found: Found
    curve: Curve

    @property
    def best(self) -> Point:
        return best_f1(self.curve)

    @property
    def reached(self) -> float:
        """Recall of every pair that the tool scored, whatever it thought of it."""
        return self.curve.point(-1).recall if len(self.curve) else 0.0

    def row(self, rule: str, point: Point, *, is_whole: bool = True) -> dict[str, Cell]:
        return {
            "tool": self.tool,
            "same from": rule,
            "precision": point.precision if is_whole else None,
            "recall": point.recall,
            "F1": point.f1 if is_whole else None,
            "recall at p .99": recall_at(self.curve, precision=0.99),
            "seconds": self.found.seconds,
        }


def judged(tool: str, found: Found, task: LinkageTask) -> Judged:
    tell(f"{tool}: {len(found)} pairs in {found.seconds:.1f} s")
    return Judged(tool, found, found.curve(task.entities, positives=task.positives))


def run_all(task: LinkageTask) -> list[Judged]:
    """Ours first, then ours with Splink's columns, Splink, and the peers of .venv-bench."""
    tell(f"{len(task.entities)} rows, {task.positives} true pairs.")
    runs = [judged("crosslight", run_crosslight(task), task)]
    runs.append(judged(ESTIMATED, run_crosslight(task, is_estimated=True), task))
    if task.not_splinks:
        alike = run_crosslight(task, left_out=task.not_splinks)
        runs.append(judged("crosslight, Splink's columns", alike, task))
    runs.append(judged("Splink 5", run_splink(task.tables, task.splink), task))
    for tool, (peer, job) in task.outside.items():
        tables = task.tables
        if "labels" in job:
            tables = [_with_truth(table, task) for table in tables]
        found = run_outside(peer, {"id_column": task.id_column, **job}, *tables)
        if found:
            runs.append(judged(tool, found, task))
    return runs


def _with_truth(table: pyarrow.Table, task: LinkageTask) -> pyarrow.Table:
    """For a tool that must be shown examples."""
    entities = [task.entities[identifier] for identifier in table[task.id_column].to_pylist()]
    return table.append_column("truth_person", pyarrow.array(entities))


def run_crosslight(
    task: LinkageTask, *, left_out: Sequence[str] = (), is_estimated: bool = False
) -> Found:
    """The command as a person runs it, from start to written file.

    `is_estimated`: by figures estimated from the rows themselves beforehand, which is timed, too.
    """
    ignored = [part for column in left_out for part in ("--map", f"{column}=-")]
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for number, table in enumerate(task.tables):
            sources.append(str(Path(folder, f"rows-{number}.parquet")))
            parquet.write_table(table, sources[-1])
        out = Path(folder, "matches.jsonl")
        reading = [*sources, "--id-column", task.id_column, *ignored]
        if not is_estimated:
            run = run_command([*match_command(), *reading, "--out", str(out)])
            return read_matches(out, seconds=run.seconds)
        model = str(Path(folder, "model.yaml"))
        estimate = [*match_command(), "estimate", *reading, "--model", "rows", "--out", model]
        seconds = run_command(estimate).seconds
        run = run_command([*match_command(), *reading, "--out", str(out), "--model-file", model])
        return read_matches(out, seconds=seconds + run.seconds)


def match_command() -> list[str]:
    """The installed command beside this Python."""
    return [str(Path(sys.executable).with_name("crosslight")), "match"]


def read_matches(out: Path, *, seconds: float) -> Found:
    left, right, weights, bands = [], [], [], []
    with out.open(encoding="utf-8") as stream:
        for line in map(json.loads, stream):
            left.append(line["left"])
            right.append(line["right"])
            weights.append(line["weight"])
            bands.append(line["band"])
    return Found(strings(left), strings(right), np.array(weights, np.float64), seconds, bands)


def rows_of(task: LinkageTask, runs: Sequence[Judged]) -> Iterator[dict[str, Cell]]:
    for run in runs:
        name = "weight" if run.found.bands else "score"
        yield run.row(f"best, {name} ≥ {run.best.threshold:.3g}", run.best)
        if run.found.bands:
            yield from _band_rows(run, task)
        elif run.tool.startswith("Splink"):
            for least in PROBABILITIES:
                point = at_threshold(run.curve, threshold=least)
                yield run.row(f"probability ≥ {least:g}", point)
        if not run.found.bands:
            everything = Point(0.0, 0.0, run.reached)
            yield run.row("every pair that it scored", everything, is_whole=False)


def _band_rows(run: Judged, task: LinkageTask) -> Iterator[dict[str, Cell]]:
    same, bands = run.found.same(task.entities), np.array(run.found.bands)
    for kept in _BANDS:
        is_kept = np.isin(bands, kept)
        right = int((same & is_kept).sum())
        point = Point(0.0, right / max(1, int(is_kept.sum())), right / max(1, task.positives))
        yield run.row(kept[-1] if len(kept) == 1 else f"{kept[-1]} or more", point)


def run_named(runs: Sequence[Judged], tool: str) -> Judged:
    return next(run for run in runs if run.tool == tool)


def notes_of(task: LinkageTask, runs: Sequence[Judged]) -> list[str]:
    ours = run_named(runs, "crosslight").found.seconds
    beside = ", ".join(
        f"{ratio(ours, run.found.seconds)} {run.tool}"
        for run in runs
        if not run.tool.startswith("crosslight")
    )
    notes = [f"Time beside: {beside}."]
    if task.not_splinks:
        notes.append(f"Not given to Splink: {', '.join(task.not_splinks)}.")
    measured = {run.tool for run in runs}
    if any("labels" in job for tool, (_, job) in task.outside.items() if tool in measured):
        notes.append("dedupe was trained with labels of the truth; no other tool saw any.")
    if is_installed():
        notes += [
            f"{tool} is left out: it failed, or needed more than {MOST_SECONDS // 60} minutes or "
            f"{MOST_BYTES // 1024**3} GiB."
            for tool in task.outside
            if tool not in measured
        ]
    return notes if is_installed() or not task.outside else [*notes, ABSENT]
