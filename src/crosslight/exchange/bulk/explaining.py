"""The last stage: the wanted pairs in words, from the values as they were read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching import Counts, Figures, Weigher, columns, explained, prepare
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.bulk.found import Found
from crosslight.exchange.bulk.job import MatchJob, Watcher
from crosslight.exchange.bulk.spool import Spool
from crosslight.exchange.reports import ExplainedPair, Overview, Report, Side
from crosslight.exchange.tables.outputs import whole_file
from crosslight.exchange.tables.workers import spread

# Pairs that lie side by side mostly share records, which are made ready once for all of them.
_CHUNK_PAIRS = 8_000


def write_result(
    job: MatchJob, overview: Overview, explainer: Explainer, *, found: Found, watcher: Watcher
) -> None:
    """`job.out`, whole at the end; what an interrupted run had put in words is taken as it is."""
    parts = []
    processes = job.means.processes if len(found) > _CHUNK_PAIRS else 1
    with watcher.stage("Explaining", length=len(found)) as advance:
        for part, pairs in spread(explainer.write, _chunks(found), processes=processes):
            parts.append(part)
            advance(pairs)
    report = explainer.report
    with whole_file(job.out, encoding=report.encoding) as stream:
        stream.write(report.head(overview))
        for part in parts:
            with part.open(encoding="utf-8", newline="") as text:
                shutil.copyfileobj(text, stream)
        stream.write(report.foot())


def file_names(job: MatchJob) -> tuple[str, ...]:
    """How a reader tells several files apart: by name, or where those are the same by path."""
    if len(job.source.paths) == 1:
        return ()
    names = tuple(path.name for path in job.source.paths)
    return names if len(set(names)) == len(names) else tuple(map(str, job.source.paths))


@dataclass(frozen=True, slots=True)
class _Chunk:
    number: int
    left: NDArray[np.int32]
    right: NDArray[np.int32]


def _chunks(found: Found) -> Iterator[_Chunk]:
    for number, start in zip(count(), range(0, len(found), _CHUNK_PAIRS), strict=False):
        part = slice(start, start + _CHUNK_PAIRS)
        yield _Chunk(number, found.left[part], found.right[part])


@dataclass(frozen=True, slots=True)
class Explainer:
    """Puts pairs in words, as forked workers do it; `files` are the names of several files."""

    spool: Spool
    population: Counts
    report: Report
    files: tuple[str, ...]
    folder: WorkFolder
    model: Figures

    def write(self, chunk: _Chunk) -> tuple[Path, int]:
        """Writes the chunk's part of the result; gives it, and how many pairs it holds."""
        name = f"said-{chunk.number:06}"
        if not self.folder.holds(name):
            first = chunk.number * _CHUNK_PAIRS + 1
            pairs = self.explained(chunk.left, chunk.right, first=first)
            text = "".join(map(self.report.pair, pairs))
            self.folder.write(name, lambda path: _write_text(path, text))
        return self.folder.file(name), len(chunk.left)

    def explained(
        self, left: NDArray[np.int32], right: NDArray[np.int32], *, first: int
    ) -> Iterator[ExplainedPair]:
        """The pairs of records, numbered from `first`; weighed again as one batch."""
        rows, places = np.unique(np.concatenate([left, right]), return_inverse=True)
        read = list(self.spool.records(rows))
        prepared = [prepare(record) for record, _ in read]
        sides = [Side(record, self.files[source] if self.files else "") for record, source in read]
        one, other = places[: len(left)], places[len(left) :]
        weigher = Weigher(columns(prepared), self.population, model=self.model)
        weighed = weigher.weigh(one, other)
        for place, (ours, theirs) in enumerate(zip(one, other, strict=True)):
            result = explained(prepared[ours], prepared[theirs], weighed, place=place)
            yield ExplainedPair(first + place, sides[ours], sides[theirs], result)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
