"""FEBRL 3, synthetic persons with errors: ours beside Splink."""

from __future__ import annotations

import click
import pyarrow
import splink.comparison_library as cl
from splink import block_on

from benchmarks.linkage import LinkageTask, measure
from benchmarks.reference import csv_rows, reference_file
from benchmarks.report import Report, json_option, rows_option, show
from benchmarks.splink_peer import SplinkTask

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


def report(*, rows: int | None = None) -> Report:
    records = csv_rows(reference_file("matching", "febrl", "dataset3.csv"))[:rows]
    filled = [{column: cell.strip() or None for column, cell in row.items()} for row in records]
    task = LinkageTask(
        title="FEBRL 3",
        table=pyarrow.Table.from_pylist(filled),
        id_column="rec_id",
        truth=lambda identifier: identifier.split("-")[1],
        splink=SPLINK,
        not_splinks=("address_2", "suburb"),
    )
    return measure(task)


@click.command(epilog="Example: python -m benchmarks.febrl3 --json")
@rows_option
@json_option
def main(*, rows: int | None, as_json: bool) -> None:
    """Pairwise precision, recall, F1 and seconds of `crosslight match` beside Splink 5."""
    show(report(rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
