"""`crosslight match`: who occurs twice, within a file or across files, without a server."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from crosslight.cli.support import USAGE, Command, fail, json_option, print_json
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.matching import Weighing
from crosslight.exchange.tables import UnusableInput, parse_overrides
from crosslight.exchange.tables.matching import MatchJob, MatchSummary, match_files, threshold
from crosslight.exchange.tables.workers import processors

_EXAMPLE = (
    "Example: crosslight match people.csv --id-column id --out matches.jsonl "
    "--map 'Nom complet=name' --threshold probable"
)
_COUNTRY_LETTERS = 2
_PATH = click.Path(path_type=Path)


class TerminalWatcher:
    """Notes and progress on stderr, so that stdout stays free for data."""

    def note(self, sentence: str) -> None:
        click.echo(sentence, err=True)

    @contextmanager
    def stage(self, label: str, *, length: int | None) -> Iterator[Callable[[int], None]]:
        steps = None if length is not None else iter(int, 1)
        with click.progressbar(
            steps,
            length=length,
            label=label,
            show_pos=True,
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            update_min_steps=50,
        ) as bar:
            yield bar.update


def _threshold(
    _context: click.Context, _parameter: click.Parameter, value: str
) -> Callable[[Weighing], bool]:
    try:
        return threshold(value.casefold())
    except ValueError:
        message = f"{value!r} is neither weak, probable, strong nor a number."
        raise click.BadParameter(message) from None


def _country(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and (len(value) != _COUNTRY_LETTERS or not value.isalpha()):
        raise click.BadParameter("two letters are wanted, such as SN.")
    return value.upper() if value else None


@click.command(cls=Command, epilog=_EXAMPLE)
@click.argument("paths", nargs=-1, required=True, type=_PATH, metavar="FILE [FILE…]")
@click.option("--id-column", default="id", show_default=True, help="Column that identifies a row.")
@click.option("--out", required=True, type=_PATH, help="Result, as JSON lines.")
@click.option("--map", "entries", multiple=True, help="column=attribute, or column=- to ignore.")
@click.option(
    "--threshold",
    "is_wanted",
    default="weak",
    show_default=True,
    callback=_threshold,
    help="Least band (weak, probable, strong) or least weight.",
)
@click.option(
    "--schema",
    type=click.Choice(tuple(SCHEMATA), case_sensitive=False),
    default="Person",
    show_default=True,
    show_choices=False,
    help="What each row is, as FollowTheMoney names it: Person, Company, Vehicle, Vessel, …",
)
@click.option(
    "--country", callback=_country, help="Country of entry, to read national phone numbers."
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="How many to compare in; by default as many as there are processors.",
)
@json_option
def match(  # noqa: PLR0913  one parameter for each option
    *,
    paths: tuple[Path, ...],
    id_column: str,
    out: Path,
    entries: tuple[str, ...],
    is_wanted: Callable[[Weighing], bool],
    schema: str,
    country: str | None,
    processes: int | None,
    as_json: bool,
) -> None:
    """Find likely pairs: one file is matched with itself, several with each other.

    Takes CSV, XLSX, JSON lines, parquet and FollowTheMoney entities. Rows that can't be used
    go to OUT.rejects.csv with the reason.
    """
    started = time.monotonic()
    try:
        job = MatchJob(
            paths=paths,
            out=out,
            id_column=id_column,
            is_wanted=is_wanted,
            overrides=parse_overrides(entries),
            schema=schema,
            country=country,
            processes=processes or processors(),
        )
        summary = match_files(job, watcher=TerminalWatcher())
    except UnusableInput as error:
        raise fail(error.as_text(), status=USAGE) from error
    except OSError as error:
        raise fail(f"{error.filename or out}: {error.strerror}.", status=USAGE) from error
    seconds = round(time.monotonic() - started, 1)
    click.echo(_sentence(summary, out=out, seconds=seconds), err=True)
    if as_json:
        print_json({**asdict(summary), "out": str(out), "seconds": seconds})


def _sentence(summary: MatchSummary, *, out: Path, seconds: float) -> str:
    bands = ", ".join(f"{count} {band}" for band, count in summary.matches.items()) or "no matches"
    return (
        f"{summary.rows} rows, {summary.rejected} rejected, {summary.compared} pairs compared in "
        f"{seconds} s: {bands}, written to {out}. "
        f"{summary.common_keys} values were too common to look for pairs by."
    )
