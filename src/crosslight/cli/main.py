"""`crosslight`: finds a command by name and loads its module only when it is asked for."""

from __future__ import annotations

import importlib
import sys

import click

from crosslight.cli.support import PROBLEM, USAGE, CommandGroup, is_of_the_database
from crosslight.config.environment import ConfigurationError
from crosslight.foundation.errors import CrosslightError

# name -> module of crosslight.cli and the command in it
COMMANDS = {
    "audit": ("audit", "audit"),
    "backup": ("backup", "backup"),
    "clocks": ("clocks", "clocks"),
    "contributor": ("administration", "contributor"),
    "country": ("administration", "country"),
    "custody": ("custody", "custody"),
    "demo": ("demo", "demo"),
    "doctor": ("doctor", "doctor"),
    "erase": ("erase", "erase"),
    "init": ("init", "init"),
    "key": ("administration", "key"),
    "keys": ("keys", "keys"),
    "ledger": ("ledger", "ledger"),
    "mandate": ("administration", "mandate"),
    "match": ("match", "match"),
    "names": ("names", "names"),
    "openapi": ("openapi", "openapi"),
    "package": ("package", "package"),
    "person": ("administration", "person"),
    "serve": ("serve", "serve"),
    "unit": ("administration", "unit"),
    "witness": ("witness", "witness"),
}


class LazyGroup(CommandGroup):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click calls it so
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  click calls it so
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"crosslight.cli.{module}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"crosslight.cli.{module}.{name} is not a command")
        return command


@click.command(cls=LazyGroup, epilog="Try it: crosslight demo. Check it: crosslight doctor.")
@click.version_option(package_name="crosslight")
def group() -> None:
    """Crosslight: where weak signals cross."""


def main() -> None:
    """Entry point: bad input ends in one clear line and a status, never in a traceback."""
    try:
        group(standalone_mode=True)
    except ConfigurationError as error:
        _end(str(error), status=USAGE)
    except CrosslightError as error:
        _end(error.as_text(), status=PROBLEM)
    except OSError as error:
        if error.filename is None:
            raise
        _end(
            f"{error.filename} cannot be used ({error.strerror}). Nothing more was done. "
            "Check the path and who may read and write there.",
            status=USAGE,
        )
    except Exception as error:
        if not is_of_the_database(error):
            raise
        _end(
            f"The database cannot be used ({type(error).__name__}). Run crosslight init, or name "
            "the right folder with --data; crosslight doctor says more.",
            status=USAGE,
        )


def _end(sentence: str, *, status: int) -> None:
    click.echo(f"crosslight: {sentence}", err=True)
    sys.exit(status)
