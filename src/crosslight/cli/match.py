"""`crosslight match`: who occurs twice, within a file or across files, without a server."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from crosslight.cli.match_deployment import common_values, rebuild
from crosslight.cli.match_estimate import estimate
from crosslight.cli.match_explain import explain
from crosslight.cli.match_options import (
    TerminalWatcher,
    as_unusable,
    language_option,
    model_option,
    source_of,
    source_options,
)
from crosslight.cli.support import Command, CommandGroup, json_option, print_json
from crosslight.core.matching import Figures, figures
from crosslight.exchange.bulk import (
    DEFAULT_MEMORY,
    Engine,
    MatchJob,
    MatchSummary,
    Means,
    Threshold,
    match_files,
    mebibytes,
    work_path,
)
from crosslight.exchange.reports import Style, style_of
from crosslight.exchange.tables.workers import processors

_EXAMPLE = (
    "Example: crosslight match files people.csv --id-column id --out matches.html "
    "--map 'Nom complet=name' --threshold probable"
)
_FILES = "files"
_PATH = click.Path(path_type=Path)


class MatchGroup(CommandGroup):
    """`match FILE…` is `match files FILE…`; a file called "explain" is reached as ./explain."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, "--help"):
            args = [_FILES, *args]
        return super().parse_args(ctx, args)


@click.group(cls=MatchGroup, epilog="Example: crosslight match people.csv --out matches.html")
def match() -> None:
    """Find likely pairs in files, say why two records match, keep the index of a deployment.

    `crosslight match FILE…` is short for `crosslight match files FILE…`.
    """


match.add_command(explain)
match.add_command(estimate)
match.add_command(rebuild)
match.add_command(common_values)


def _threshold(_context: click.Context, _parameter: click.Parameter, value: str) -> Threshold:
    try:
        return Threshold.parse(value.casefold())
    except ValueError:
        message = f"{value!r} is neither weak, probable, strong nor a number."
        raise click.BadParameter(message) from None


def _memory(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    try:
        return mebibytes(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a size such as 2GiB.") from None


_OPTIONS = (
    click.argument("paths", nargs=-1, required=True, type=_PATH, metavar="FILE [FILE…]"),
    click.option("--out", required=True, type=_PATH, help="Result: .jsonl, .csv or .html."),
    click.option(
        "--format",
        "style",
        type=click.Choice(tuple(Style), case_sensitive=False),
        help="Kind of result, where the name of OUT does not tell.",
    ),
    source_options,
    click.option(
        "--threshold",
        default="weak",
        show_default=True,
        callback=_threshold,
        help="Least band (weak, probable, strong) or least weight.",
    ),
    language_option,
    model_option,
    click.option(
        "--engine",
        type=click.Choice(tuple(Engine), case_sensitive=False),
        default=Engine.DUCKDB,
        show_default=True,
        help="What finds the pairs; the result is the same.",
    ),
    click.option(
        "--master",
        default="local[*]",
        show_default=True,
        help="Spark master, with --engine spark: local[2], spark://host:7077, …",
    ),
    click.option(
        "--processes",
        type=click.IntRange(min=1),
        help="How many to work in; by default as many as there are processors.",
    ),
    click.option(
        "--memory",
        default=DEFAULT_MEMORY,
        show_default=True,
        callback=_memory,
        help="What DuckDB, or each executor of Spark, may hold before it uses the disk.",
    ),
    click.option("--resume", is_flag=True, help="Go on where an interrupted run ended."),
    json_option,
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@match.command(_FILES, cls=Command, epilog=_EXAMPLE)
@_with_options
def _match_files(  # noqa: PLR0913  one parameter for each option
    *,
    paths: tuple[Path, ...],
    out: Path,
    style: Style | None,
    threshold: Threshold,
    language: str,
    model: Figures | None,
    engine: Engine,
    master: str,
    processes: int | None,
    memory: int,
    resume: bool,
    as_json: bool,
    **reading: object,
) -> None:
    """Find likely pairs: one file is matched with itself, several with each other.

    Takes CSV, XLSX, JSON lines, parquet and FollowTheMoney entities. Rows that can't be used
    go to OUT.rejects.csv with the reason. The word `files` may be left out.
    """
    started = time.monotonic()
    with as_unusable(out):
        job = MatchJob(
            source=source_of(paths, reading),
            out=out,
            threshold=threshold,
            style=style or style_of(out),
            language=language,
            means=Means(Engine(engine), processes or processors(), memory, master),
            model=model or figures(),
            is_resumed=resume,
        )
        watcher = TerminalWatcher()
        summary = _run(job, watcher)
    seconds = round(time.monotonic() - started, 1)
    click.echo(_sentence(summary, out=out, seconds=seconds), err=True)
    if as_json:
        stages = {label: round(lasted, 1) for label, lasted in watcher.seconds.items()}
        print_json({**asdict(summary), "out": str(out), "seconds": seconds, "stages": stages})


def _run(job: MatchJob, watcher: TerminalWatcher) -> MatchSummary:
    try:
        return match_files(job, watcher=watcher)
    except KeyboardInterrupt:
        left = work_path(job.out)
        if left.exists():
            click.echo(
                f"\nInterrupted. {left} holds what was done, and what the files hold: repeat the "
                "command with --resume to go on, or remove the folder.",
                err=True,
            )
        raise


def _sentence(summary: MatchSummary, *, out: Path, seconds: float) -> str:
    bands = ", ".join(f"{count} {band}" for band, count in summary.matches.items()) or "no matches"
    total = sum(summary.matches.values())
    part = f" (the {summary.written} heaviest)" if summary.written < total else ""
    return (
        f"{summary.rows} rows, {summary.rejected} rejected, {summary.compared} pairs compared in "
        f"{seconds} s: {bands}, written to {out}{part}. "
        f"{summary.common_keys} values were too common to look for pairs by."
    )
