"""FEBRL 3, synthetic persons with errors, one file within itself: ours beside its peers."""

from __future__ import annotations

from collections.abc import Iterator

import click
import splink.comparison_library as cl
from splink import block_on

from benchmarks.febrl import QUICK_ROWS, febrl_report, febrl_table
from benchmarks.report import Report, json_option, quick_option, rows_option, show
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


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    tables = (febrl_table("dataset3.csv", rows=rows or (QUICK_ROWS if quick else None)),)
    yield febrl_report("FEBRL 3:", tables, SPLINK, quick=quick)


@click.command(epilog="Example: python -m benchmarks.febrl3 --json")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Pairwise precision, recall, F1 and seconds of `crosslight match` beside its peers."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
