"""Two rows of files compared and explained, as a run over those files would."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from crosslight.core.matching import Figures, figures
from crosslight.exchange.bulk.candidates import KeyBase
from crosslight.exchange.bulk.explaining import Explainer, file_names
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.bulk.inputs import open_inputs
from crosslight.exchange.bulk.job import MatchJob, Means, Source, Watcher
from crosslight.exchange.bulk.reading import read_all
from crosslight.exchange.bulk.spool import Spool
from crosslight.exchange.reports import ExplainedPair, Style, report_of
from crosslight.exchange.tables.errors import UnusableInput


def explain_rows(
    source: Source,
    *,
    left: str,
    right: str,
    means: Means,
    watcher: Watcher,
    model: Figures | None = None,
) -> ExplainedPair:
    """The row `left` of the first file and `right` of the last; weights as a whole run has them.

    All rows are read, since how rare a value is weighs. Raises UnusableInput.
    """
    with _passing_folder() as folder:
        job = MatchJob(source, out=folder.file("pair.jsonl"), means=means)
        read = read_all(job, open_inputs(source, watcher=watcher), folder=folder, watcher=watcher)
        last = len(source.paths) - 1
        rows = _row(read.spool, left, job, file=0), _row(read.spool, right, job, file=last)
        base = KeyBase(folder.path, means)
        base.fill(read.spool)
        report = report_of(Style.JSON_LINES, language="en")
        population = base.counts(total=len(read.spool))
        weighing = model or figures()
        explainer = Explainer(read.spool, population, report, file_names(job), folder, weighing)
        one, other = (np.array([row], dtype=np.int32) for row in rows)
        return next(explainer.explained(one, other, first=1))


@contextmanager
def _passing_folder() -> Iterator[WorkFolder]:
    """Of the caller alone, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="crosslight-") as name:
        yield WorkFolder(Path(name))


def _row(spool: Spool, identifier: str, job: MatchJob, *, file: int) -> int:
    row = spool.find(identifier, source=file)
    if row is None:
        path = job.source.paths[file]
        raise UnusableInput(
            f"{path.name} has no usable row with the {job.source.id_column} {identifier!r}.",
            remedy="crosslight match names the rows that it rejects.",
        )
    return row
