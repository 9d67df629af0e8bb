"""Runs every benchmark and prints every figure. Example: python -m benchmarks"""

from __future__ import annotations

import click

from benchmarks import febrl3, historical_persons, names_west_african
from benchmarks.report import json_option, show_all

REPORTS = (names_west_african.report, febrl3.report, historical_persons.report)


@click.command(epilog="Example: python -m benchmarks --json")
@json_option
def main(*, as_json: bool) -> None:
    """Run every benchmark, each beside its peer in the same run."""
    show_all((report() for report in REPORTS), as_json=as_json)


if __name__ == "__main__":
    main()
