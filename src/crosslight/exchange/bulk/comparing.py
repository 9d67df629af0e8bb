"""The middle stage on one machine: candidates from DuckDB, weighed by forked workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from crosslight.core.matching import Counts, Weigher, joined
from crosslight.exchange.bulk.candidates import SLICE_PAIRS, KeyBase, Pairs, slices
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.bulk.found import Found
from crosslight.exchange.bulk.job import MatchJob, Threshold, Watcher
from crosslight.exchange.bulk.reading import Read
from crosslight.exchange.tables.workers import spread

# What the engine weighs best at once, and what makes a task for one worker.
BATCH_PAIRS = 100_000
TASK_PAIRS = 400_000
_DONE = "keys.json"


@dataclass(frozen=True, slots=True)
class Compared:
    """Every wanted pair, and the population against which it was weighed."""

    found: Found
    population: Counts
    compared: int
    common_keys: int


def compare_all(job: MatchJob, read: Read, *, folder: WorkFolder, watcher: Watcher) -> Compared:
    base = KeyBase(folder.path, job.means)
    total = len(read.spool)
    with watcher.stage("Indexing keys", length=total) as advance:
        if not folder.holds(_DONE):
            base.fill(read.spool)
            folder.write_json(_DONE, {})
        population, common = base.counts(total=total), base.common_keys()
        later = base.later(total=total)
        advance(total)
    columns = joined(read.parts)
    # A million records are held once, not twice.
    read.parts.clear()
    # The workers are forked with it, so that each has it without a copy.
    weigher = Weigher(columns, population, model=job.model)
    # Little work is done before the first worker is ready.
    processes = job.means.processes if later.sum() > TASK_PAIRS else 1
    run = _Run(job, base, folder, slices(later, most=SLICE_PAIRS), processes)
    compared = 0
    with watcher.stage("Comparing", length=total) as advance:
        for rows, number in run.slices_weighed(weigher):
            compared += number
            advance(len(rows))
    found = Found.joined([Found.read(folder.file(_name(rows))) for rows in run.slices])
    return Compared(found, population, compared, common)


def _name(rows: range) -> str:
    return f"found-{rows.start:09}.npz"


@dataclass(frozen=True, slots=True)
class _Task:
    """Some pairs of a slice, the last of them or not."""

    rows: range
    pairs: Pairs
    is_last: bool


@dataclass(frozen=True, slots=True)
class _Run:
    job: MatchJob
    base: KeyBase
    folder: WorkFolder
    slices: Sequence[range]
    processes: int

    def slices_weighed(self, weigher: Weigher) -> Iterator[tuple[range, int]]:
        """Each slice as it is done, with the number of its pairs; its file is there then."""
        waiting = []
        for rows in self.slices:
            if self.folder.holds(_name(rows)):
                yield rows, Found.read(self.folder.file(_name(rows))).compared
            else:
                waiting.append(rows)
        if not waiting:
            return
        work = partial(_weigh, weigher=weigher, threshold=self.job.threshold)
        parts: list[Found] = []
        for rows, is_last, part in spread(work, self._tasks(waiting), processes=self.processes):
            parts.append(part)
            if is_last:
                found = Found.joined(parts)
                self.folder.write(_name(rows), partial(_save, found))
                parts = []
                yield rows, found.compared

    def _tasks(self, slices: Sequence[range]) -> Iterator[_Task]:
        is_across = len(self.job.source.paths) > 1
        pairs_of = self.base.pairs(slices, is_across=is_across)
        for rows, pairs in zip(slices, pairs_of, strict=True):
            starts = range(0, max(len(pairs), 1), TASK_PAIRS)
            for start in starts:
                part = slice(start, start + TASK_PAIRS)
                some = Pairs(pairs.left[part], pairs.right[part])
                yield _Task(rows, some, is_last=start == starts[-1])


def _save(found: Found, path: Path) -> None:
    found.write(path)


def _weigh(task: _Task, *, weigher: Weigher, threshold: Threshold) -> tuple[range, bool, Found]:
    parts = []
    for start in range(0, len(task.pairs), BATCH_PAIRS):
        batch = slice(start, start + BATCH_PAIRS)
        left, right = task.pairs.left[batch], task.pairs.right[batch]
        weighed = weigher.weigh(left, right)
        wanted = threshold.wanted(weighed)
        parts.append(
            Found(
                left[wanted],
                right[wanted],
                np.asarray(weighed.weights[wanted]),
                np.asarray(weighed.bands[wanted]),
                compared=len(left),
            )
        )
    return task.rows, task.is_last, Found.joined(parts)
