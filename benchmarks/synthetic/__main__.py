"""Makes a file of invented persons with the truth beside them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from benchmarks.synthetic import TRUTH_COLUMNS, Plan, write_persons

_EXAMPLE = "Example: python -m benchmarks.synthetic --rows 1000000 --out people.parquet"


@click.command(epilog=_EXAMPLE)
@click.option("--rows", type=click.IntRange(min=1), required=True, help="From 10⁴ to 10⁷, say.")
@click.option("--seed", type=int, default=1, show_default=True, help="Other seed, other persons.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Parquet, or CSV where the name ends in .csv.",
)
@click.option(
    "--processes", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default=True
)
def main(*, rows: int, seed: int, out: Path, processes: int) -> None:
    """Persons of the region, each registered one to four times, for tests of matchers.

    The same rows and seed make the same file. Columns that begin with "truth_" say which rows are
    one person; no matcher is given them.
    """
    write_persons(Plan(rows=rows, seed=seed), out, processes=processes)
    click.echo(f"{rows} rows in {out}; leave out {' and '.join(TRUTH_COLUMNS)}.", err=True)


if __name__ == "__main__":
    main()
