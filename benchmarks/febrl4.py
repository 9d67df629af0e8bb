"""FEBRL 4, two files of 5 000 synthetic persons, each person in both: ours beside its peers."""

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

_NAMES_SWAPPED = "l.given_name = r.surname and l.surname = r.given_name"
# The settings of Splink's own guide for this data set ("Linking FEBRL 4").
SPLINK = SplinkTask(
    id_column="rec_id",
    comparisons=(
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
            term_frequency_adjustments=True
        ),
    ),
    blocking=(
        block_on("given_name", "surname"),
        _NAMES_SWAPPED,
        block_on("date_of_birth"),
        block_on("soc_sec_id"),
        block_on("state", "address_1"),
        block_on("street_number", "address_1"),
        block_on("postcode"),
    ),
    training=(block_on("date_of_birth"), block_on("postcode")),
    sure_rules=(
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        f"{_NAMES_SWAPPED} and l.date_of_birth = r.date_of_birth",
    ),
    sure_recall=0.8,
    sampled_pairs=1e6,
)
_QUICK_ROWS = 1_000


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    wanted = rows or (_QUICK_ROWS if quick else None)
    task = LinkageTask(
        tables=tuple(febrl_table(f"dataset4{part}.csv", rows=wanted) for part in "ab"),
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
        title=f"FEBRL 4: two files, {len(task.entities)} rows, {task.positives} true pairs",
        rows=list(rows_of(task, runs)),
        notes=notes_of(task, runs),
        verdicts=[
            judge(no_less_than_peer(measure, peer), run.best.f1)
            for measure, run in zip(F1_BESIDE_SPLINK, runs, strict=False)
        ],
    )


@click.command(epilog="Example: python -m benchmarks.febrl4 --quick")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Pairwise precision, recall, F1 and seconds of `crosslight match` beside its peers."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
