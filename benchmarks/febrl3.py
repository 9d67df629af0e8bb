"""FEBRL 3, synthetic persons with errors, one file within itself: ours beside its peers."""

from __future__ import annotations

from collections.abc import Iterator

import click
import splink.comparison_library as cl
from splink import block_on

from benchmarks.febrl import dedupe_job, febrl_table, recordlinkage_job
from benchmarks.linkage import (
    F1_BESIDE_SPLINK,
    LinkageTask,
    notes_of,
    rows_of,
    run_all,
    run_named,
)
from benchmarks.report import Report, json_option, quick_option, rows_option, show
from benchmarks.splink_peer import SplinkTask
from benchmarks.targets import judge, no_less_than_peer

# The settings of Splink's own guide for this data set ("Deduplicate FEBRL 3").
SPLINK = SplinkTask(
    id_column="rec_id",
    comparisons=(
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [2]).configure(
            term_frequency_adjustments=True
        ),
    ),
    blocking=(
        block_on("soc_sec_id"),
        block_on("given_name", "surname"),
        block_on("surname", "date_of_birth"),
        block_on("given_name", "date_of_birth"),
        block_on("given_name", "postcode"),
        block_on("surname", "postcode"),
        block_on("date_of_birth", "postcode"),
        block_on("street_number", "postcode"),
        block_on("address_1"),
    ),
    training=(block_on("date_of_birth"), block_on("given_name", "surname")),
    sure_rules=(
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
    ),
    sure_recall=0.9,
    sampled_pairs=1e7,
)
_QUICK_ROWS = 1_000


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    task = LinkageTask(
        tables=(febrl_table("dataset3.csv", rows=rows or (_QUICK_ROWS if quick else None)),),
        id_column="rec_id",
        truth=lambda identifier: identifier.split("-")[1],
        splink=SPLINK,
        not_splinks=("address_2", "suburb"),
        outside={
            "recordlinkage": ("recordlinkage_pairs", recordlinkage_job()),
            **({} if quick else {"dedupe": ("dedupe_pairs", dedupe_job())}),
        },
    )
    runs = run_all(task)
    peer = run_named(runs, "Splink 5").best.f1
    yield Report(
        title=f"FEBRL 3: {len(task.entities)} rows, {task.positives} true pairs",
        rows=list(rows_of(task, runs)),
        notes=notes_of(task, runs),
        verdicts=[
            judge(no_less_than_peer(measure, peer), run.best.f1)
            for measure, run in zip(F1_BESIDE_SPLINK, runs, strict=False)
        ],
    )


@click.command(epilog="Example: python -m benchmarks.febrl3 --json")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Pairwise precision, recall, F1 and seconds of `crosslight match` beside its peers."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
