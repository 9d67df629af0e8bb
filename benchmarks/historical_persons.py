"""50 578 historical persons with errors: ours beside Splink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click
import splink.comparison_library as cl
from pyarrow import parquet
from splink import block_on

from benchmarks.linkage import Judged, LinkageTask, notes_of, rows_of, run_all
from benchmarks.outside import Job
from benchmarks.reference import reference_file
from benchmarks.report import Report, json_option, quick_option, rows_option, show
from benchmarks.splink_peer import SplinkTask
from benchmarks.targets import HISTORICAL_F1, Verdict, judge

# The settings of Splink's own guide for this data set ("Deduplicate 50k rows historical persons").
SPLINK = SplinkTask(
    id_column="unique_id",
    comparisons=(
        cl.ForenameSurnameComparison(
            "first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"
        ),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ),
    blocking=(
        block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"),
        block_on("postcode_fake", "surname"),
        block_on("dob", "birth_place"),
        block_on("substr(postcode_fake,1,3)", "dob"),
        block_on("substr(postcode_fake,1,3)", "first_name"),
        block_on("substr(postcode_fake,1,3)", "surname"),
        block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ),
    training=(block_on("first_name", "surname"), block_on("dob")),
    sure_rules=(
        "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
        "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname "
        "and substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)",
        "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
    ),
    sure_recall=0.6,
    prepare_sql="select *, first_name || ' ' || surname as first_name_surname_concat from rows",
)


_RECORDLINKAGE: Job = {
    "blocks": [
        ["first_name", "surname"],
        ["surname", "dob"],
        ["first_name", "dob"],
        ["postcode_fake"],
        ["dob", "birth_place"],
    ],
    "compare": {
        "first_name": "jarowinkler",
        "surname": "jarowinkler",
        "dob": "exact",
        "postcode_fake": "exact",
        "birth_place": "exact",
        "occupation": "exact",
    },
}
_QUICK_ROWS = 3_000


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    path = reference_file("matching", "historical_figures_with_errors_50k.parquet")
    table = parquet.read_table(path)
    wanted = rows or (_QUICK_ROWS if quick else table.num_rows)
    task = LinkageTask(
        tables=(table.slice(0, wanted),),
        id_column="unique_id",
        truth=lambda identifier: identifier.rpartition("-")[0],
        splink=SPLINK,
        not_splinks=("full_name", "gender"),
        outside={"recordlinkage": ("recordlinkage_pairs", _RECORDLINKAGE)},
    )
    runs = run_all(task)
    is_whole = wanted >= table.num_rows
    yield Report(
        title=f"Historical persons with errors: {len(task.entities)} rows, "
        f"{task.positives} true pairs",
        rows=list(rows_of(task, runs)),
        notes=notes_of(task, runs),
        verdicts=_verdicts(runs) if is_whole else [],
    )


def _verdicts(runs: Sequence[Judged]) -> list[Verdict]:
    estimated = replace(HISTORICAL_F1, measure=f"{HISTORICAL_F1.measure}, estimated on these rows")
    return [judge(HISTORICAL_F1, runs[0].best.f1), judge(estimated, runs[1].best.f1)]


@click.command(epilog="Example: python -m benchmarks.historical_persons --rows 5000")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Pairwise precision, recall, F1 and seconds of `crosslight match` beside its peers."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
