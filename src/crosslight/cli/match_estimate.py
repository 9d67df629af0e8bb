"""`crosslight match estimate`: a new model's figures from files, by expectation maximisation."""

from __future__ import annotations

from pathlib import Path

import click

from crosslight.cli.match_options import TerminalWatcher, as_unusable, source_of, source_options
from crosslight.cli.support import Command
from crosslight.exchange.bulk import MatchJob, Means, estimate_files
from crosslight.exchange.tables.workers import processors

_PATH = click.Path(path_type=Path)


@click.command(
    cls=Command,
    epilog="Example: crosslight match estimate people.parquet --model v2 --out model-v2.yaml",
)
@click.argument("paths", nargs=-1, required=True, type=_PATH, metavar="FILE [FILE…]")
@click.option("--out", required=True, type=_PATH, help="The model file.")
@click.option("--model", required=True, help="Name of the new model, such as v2.")
@click.option("--provenance", default="", help="What the rows are: it stands in the model file.")
@source_options
def estimate(
    *, paths: tuple[Path, ...], out: Path, model: str, provenance: str, **reading: object
) -> None:
    """Estimate how often each level of agreement is seen of one entity and of two.

    The released figures are where it starts from. No answer is needed: which rows are one
    entity is estimated with the figures. A deployment uses a model that is released with the
    program, never a file.
    """
    with as_unusable(out):
        job = MatchJob(
            source=source_of(paths, reading), out=out, means=Means(processes=processors())
        )
        estimate_files(
            job,
            model=model,
            provenance=provenance or ", ".join(path.name for path in paths),
            watcher=TerminalWatcher(),
        )
    click.echo(f"Written to {out}.", err=True)
