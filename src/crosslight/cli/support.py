"""What every command shares: `--data`, `--json`, Django when it is needed, one way to fail."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import django

from crosslight.config.environment import use_data_folder, use_settings

if TYPE_CHECKING:
    from crosslight.core.policy import Actor

PROBLEM = 1
USAGE = 2


class Command(click.Command):
    """A command with `--data DIR`: the folder that holds database, keys and files."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), DATA_OPTION]


class CommandGroup(click.Group):
    command_class = Command
    group_class = type

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), DATA_OPTION]


def _use_data(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        use_data_folder(value)


DATA_OPTION = click.Option(
    ["--data"],
    type=click.Path(file_okay=False, path_type=Path),
    expose_value=False,
    is_eager=True,
    callback=_use_data,
    help="Folder that holds database, keys and files (else CROSSLIGHT_DATA).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def start_django() -> None:
    """Load the settings and the apps; called by commands that touch the database."""
    use_settings()
    django.setup()


def is_of_the_database(error: Exception) -> bool:
    """Imported only when something went wrong, so that other commands start without it."""
    from django.db import DatabaseError

    return isinstance(error, DatabaseError)


@contextmanager
def usable_database() -> Iterator[None]:
    """A database that is not there, or of another release, ends in one line that says so."""
    try:
        yield
    except Exception as error:
        if not is_of_the_database(error):
            raise
        raise fail(
            f"The database cannot be used ({error}). Run crosslight init, or name the right "
            "folder with --data.",
            status=USAGE,
        ) from error


def console() -> Actor:
    """Whoever can run commands beside the database administers it; the ledger says `console`."""
    from crosslight.core.policy import system_actor
    from crosslight.core.vocabulary.people import Role

    return system_actor("console", Role.ADMINISTRATOR)


def print_json(value: Mapping[str, object]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str))


class Failure(click.ClickException):
    """One line on stderr and `status` as the exit code; raised through `fail`."""

    def __init__(self, sentence: str, *, status: int) -> None:
        super().__init__(sentence)
        self.exit_code = status  # type: ignore[misc]  # click declares it on the class


def fail(sentence: str, *, status: int = PROBLEM) -> Failure:
    return Failure(sentence, status=status)
