"""FEBRL 4, two files of 5 000 synthetic persons, each person in both: ours beside its peers."""

from __future__ import annotations

from collections.abc import Iterator

import click
import splink.comparison_library as cl
from splink import block_on

from benchmarks.febrl import QUICK_ROWS, febrl_report, febrl_table
from benchmarks.report import Report, json_option, quick_option, rows_option, show
from benchmarks.splink_peer import SplinkTask

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


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    wanted = rows or (QUICK_ROWS if quick else None)
    tables = tuple(febrl_table(f"dataset4{part}.csv", rows=wanted) for part in "ab")
    yield febrl_report("FEBRL 4: two files,", tables, SPLINK, quick=quick)


@click.command(epilog="Example: python -m benchmarks.febrl4 --quick")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Pairwise precision, recall, F1 and seconds of `crosslight match` beside its peers."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
