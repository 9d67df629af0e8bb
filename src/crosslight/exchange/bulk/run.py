"""Files in, likely pairs out: the matching engine at work without a server."""

from __future__ import annotations

from crosslight.core.matching import card
from crosslight.exchange.bulk.comparing import Compared, compare_all
from crosslight.exchange.bulk.explaining import Explainer, file_names, write_result
from crosslight.exchange.bulk.folder import WorkFolder, work_folder
from crosslight.exchange.bulk.inputs import open_inputs
from crosslight.exchange.bulk.job import Engine, MatchJob, MatchSummary, Watcher
from crosslight.exchange.bulk.reading import Read, read_all
from crosslight.exchange.reports import MOST_SHOWN, Overview, report_of
from crosslight.exchange.tables.outputs import check_output


def match_files(job: MatchJob, *, watcher: Watcher) -> MatchSummary:
    """Writes likely pairs to `job.out`: all of them, or on failure none.

    One file is matched with itself, several with each other. An interrupted run leaves its work
    folder, from which the same job can be resumed. Raises UnusableInput.
    """
    check_output(job.out, inputs=job.source.paths)
    inputs = open_inputs(job.source, watcher=watcher)
    with work_folder(job) as folder:
        read = read_all(job, inputs, folder=folder, watcher=watcher)
        compared = _compared(job, read, folder=folder, watcher=watcher)
        found = compared.found.ordered()
        shown = found.heaviest(MOST_SHOWN.get(job.style, len(found)))
        summary = MatchSummary(
            rows=len(read.spool),
            rejected=read.rejected,
            compared=compared.compared,
            matches=found.by_band(),
            written=len(shown),
            common_keys=compared.common_keys,
        )
        explainer = Explainer(
            read.spool,
            compared.population,
            report_of(job.style, language=job.language, model=card(job.model)),
            file_names(job),
            folder,
            job.model,
        )
        write_result(job, _overview(job, summary), explainer, found=shown, watcher=watcher)
    return summary


def _compared(job: MatchJob, read: Read, *, folder: WorkFolder, watcher: Watcher) -> Compared:
    if job.means.engine is Engine.SPARK:
        from crosslight.exchange.bulk.spark import compare_on_spark

        return compare_on_spark(job, read, folder=folder, watcher=watcher)
    return compare_all(job, read, folder=folder, watcher=watcher)


def _overview(job: MatchJob, summary: MatchSummary) -> Overview:
    return Overview(
        files=tuple(path.name for path in job.source.paths),
        rows=summary.rows,
        rejected=summary.rejected,
        compared=summary.compared,
        matches=summary.matches,
        shown=summary.written,
        threshold=str(job.threshold),
    )
