"""`crosslight names`: the name comparison on its own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from crosslight.cli.support import USAGE, CommandGroup, fail, json_option, print_json
from crosslight.exchange.tables import UnusableInput
from crosslight.exchange.tables.outputs import rejects_path
from crosslight.exchange.tables.scoring import score_pairs

_PATH = click.Path(path_type=Path)


@click.group(cls=CommandGroup, epilog="Example: crosslight names score pairs.csv --out scored.csv")
def names() -> None:
    """Compare names of persons across spellings."""


@names.command(epilog="Example: crosslight names score pairs.csv --out scored.csv")
@click.argument("pairs", type=_PATH, metavar="PAIRS.csv")
@click.option("--out", required=True, type=_PATH, help="Result, as CSV in UTF-8.")
@json_option
def score(*, pairs: Path, out: Path, as_json: bool) -> None:
    """Add a column `score`, higher when name_a and name_b are more likely one person."""
    try:
        summary = score_pairs(pairs, out=out)
    except UnusableInput as error:
        raise fail(error.as_text(), status=USAGE) from error
    except OSError as error:
        raise fail(f"{error.filename or out}: {error.strerror}.", status=USAGE) from error
    for note in summary.notes:
        click.echo(f"{pairs.name}: {note}", err=True)
    where = f", see {rejects_path(out)}" if summary.rejected else ""
    click.echo(
        f"{summary.rows} pairs scored, {summary.rejected} rejected{where}; written to {out}.",
        err=True,
    )
    if as_json:
        print_json({**asdict(summary), "out": str(out)})
