"""What `crosslight match` and its subcommands share: reading options, progress, failures."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from crosslight.cli.support import USAGE, fail
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.matching import Figures, model_of_file
from crosslight.exchange.bulk import Source
from crosslight.exchange.reports import LANGUAGES, has_catalogue
from crosslight.exchange.tables import UnusableInput, parse_overrides

_COUNTRY_LETTERS = 2
_LOG_SECONDS = 30

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class TerminalWatcher:
    """Notes and progress on stderr, so that stdout stays free for data.

    A terminal sees a bar; a log file a line twice a minute and one for each stage that is done.
    `seconds` holds how long each stage took.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def note(self, sentence: str) -> None:
        click.echo(sentence, err=True)

    @contextmanager
    def stage(self, label: str, *, length: int | None) -> Iterator[Callable[[int], None]]:
        is_terminal = sys.stderr.isatty()
        log = _Log(label, length)

        def advance(steps: int) -> None:
            bar.update(steps)
            if not is_terminal:
                log.advance(steps)

        with click.progressbar(
            None if length is not None else iter(int, 1),
            length=length,
            label=label,
            show_pos=True,
            file=sys.stderr,
            hidden=not is_terminal,
            update_min_steps=50,
        ) as bar:
            yield advance
        self.seconds[label] = log.seconds
        if not is_terminal:
            log.end()


class _Log:
    """A stage in lines, for who can't see a bar."""

    def __init__(self, label: str, length: int | None) -> None:
        self._label = label
        self._of = f" of {length}" if length is not None else ""
        self._done = 0
        self._started = self._said = time.monotonic()

    def advance(self, steps: int) -> None:
        self._done += steps
        now = time.monotonic()
        if now - self._said > _LOG_SECONDS:
            self._said = now
            click.echo(f"{self._label}: {self._done}{self._of} …", err=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def end(self) -> None:
        click.echo(f"{self._label}: {self._done} in {self.seconds:.1f} s.", err=True)


def _country(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and (len(value) != _COUNTRY_LETTERS or not value.isalpha()):
        raise click.BadParameter("two letters are wanted, such as SN.")
    return value.upper() if value else None


def _model(
    _context: click.Context, _parameter: click.Parameter, value: Path | None
) -> Figures | None:
    if value is None:
        return None
    try:
        return model_of_file(value.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.BadParameter(
            f"{value}: {error}. Make one with: crosslight match estimate."
        ) from error


model_option = click.option(
    "--model-file",
    "model",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    callback=_model,
    help="Weigh by figures that `match estimate` made of such rows, not by those of the release.",
)

_READING = (
    click.option(
        "--id-column", default="id", show_default=True, help="Column that identifies a row."
    ),
    click.option(
        "--map", "entries", multiple=True, help="column=attribute, or column=- to ignore."
    ),
    click.option(
        "--schema",
        type=click.Choice(tuple(SCHEMATA), case_sensitive=False),
        default="Person",
        show_default=True,
        show_choices=False,
        help="What each row is, as FollowTheMoney names it: Person, Company, Vehicle, Vessel, …",
    ),
    click.option(
        "--country", callback=_country, help="Country of entry, to read national phone numbers."
    ),
)


def source_options(command: Decorated) -> Decorated:
    """How the rows of files are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def source_of(paths: tuple[Path, ...], options: Mapping[str, Any]) -> Source:
    """The files and what `source_options` gave. Raises UnusableInput."""
    return Source(
        paths=paths,
        id_column=options["id_column"],
        overrides=parse_overrides(options["entries"]),
        schema=options["schema"],
        country=options["country"],
    )


def _language(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not has_catalogue(value):
        click.echo(f"No sentences in {value!r} are installed; they are in English.", err=True)
    return value


language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    callback=_language,
    help="Language of the sentences.",
)


@contextmanager
def as_unusable(path: Path | str) -> Iterator[None]:
    """Input that can't be used, and files that can't be read or written, end in one line."""
    try:
        yield
    except UnusableInput as error:
        raise fail(error.as_text(), status=USAGE) from error
    except OSError as error:
        raise fail(f"{error.filename or path}: {error.strerror}.", status=USAGE) from error
