"""Every command, run against the prepared world: what reads or writes records is on record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType

import click
import pytest
from click.testing import CliRunner, Result

from crosslight.cli.main import group
from crosslight.foundation import clock
from crosslight.ledger.acts import Act
from tests.cli.conftest import _initialised, data  # noqa: F401  fixtures
from tests.cli.running import crosslight
from tests.doors.console import COMMANDS, OFFLINE, Command, own_keys
from tests.doors.test_pages import world  # noqa: F401  a fixture
from tests.doors.walking import entries_of, faults_of
from tests.factories import World

pytestmark = pytest.mark.django_db
CONSOLE = ("system:console", "system:matching", "system:clocks", "system:custody")


def commands(found: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(found)
    for name in found.list_commands(context):
        command = found.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        elif command is not None:
            yield f"{before}{name}", command


# A shard begins and ends with its year, whichever command comes first in it.
SHARD = (Act.LOG_OPENED, Act.LOG_CLOSED)
KNOWN = dict(commands(group))


def test_every_command_says_what_it_leaves_in_the_ledger() -> None:
    assert set(KNOWN) - set(COMMANDS) == set(), "add them to the table of commands"
    assert set(COMMANDS) - set(KNOWN) == set(), "there are no such commands any more"
    for name, command in COMMANDS.items():
        assert bool(command.leaves) != bool(command.none), name


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if each.arguments])
def test_no_command_goes_unlogged(name: str, world: World, tmp_path: Path) -> None:  # noqa: F811
    command, entries = COMMANDS[name], []
    assert command.arguments is not None
    with own_keys(tmp_path):
        arguments = command.arguments(world, tmp_path)
        with entries_of(entries):
            result = run(name, command, arguments)
    entries = [entry for entry in entries if entry.act not in SHARD]
    assert result.exit_code in {0, 1 if name == "doctor" else 0}, (result.output, result.exception)
    assert {entry.act for entry in entries} == set(command.leaves), result.output
    assert list(faults_of(entries, actor=None, is_person=False)) == []
    names = {world.actors[command.by].id} if command.by else {*CONSOLE}
    if command.goes_on_for:
        names.add(world.actors[command.goes_on_for].id)
    assert {entry.actor for entry in entries} <= names


def run(name: str, command: Command, arguments: list[str]) -> Result:
    with clock.later(command.later):
        return CliRunner().invoke(group, [*name.split(" "), *arguments], input=command.said)


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if each.apart])
def test_no_command_in_a_process_of_its_own_goes_unlogged(
    name: str,
    data: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """It closes the connections of the process that it runs in."""
    command = COMMANDS[name]
    assert command.apart is not None
    before = acts_in(data)
    done = crosslight(*name.split(" "), *command.apart(tmp_path), data=data)
    assert done.returncode == 0, done.stderr
    assert [act for act in acts_in(data)[len(before) :] if act not in SHARD] == [
        act.value for act in command.leaves
    ]


def acts_in(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "crosslight.sqlite3")) as database:
        rows = database.execute('SELECT act FROM ledger_ledgerentry ORDER BY "index"')
        return [act for (act,) in rows]


def test_every_command_that_leaves_something_is_run() -> None:
    for name, command in COMMANDS.items():
        assert not command.leaves or command.arguments or command.apart, name


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if each.none is OFFLINE])
def test_what_is_said_to_be_offline_cannot_start_the_database(name: str) -> None:
    assert "start_django" not in names_behind(KNOWN[name])


def test_the_search_finds_what_starts_the_database() -> None:
    assert "start_django" in names_behind(KNOWN["ledger export"])
    assert "start_django" in names_behind(KNOWN["ledger receipt"])


def names_behind(command: click.Command) -> set[str]:
    """Every name in the command's code and in the functions of its package that it calls."""
    assert command.callback is not None
    found: set[str] = set()
    waiting: list[object] = [unwrap(command.callback)]
    seen: set[int] = set()
    while waiting:
        function = waiting.pop()
        if not isinstance(function, FunctionType) or id(function) in seen:
            continue
        seen.add(id(function))
        names = set(_names(function.__code__))
        found |= names
        if function.__name__ != "start_django":
            waiting += [
                function.__globals__.get(name)
                for name in names
                if getattr(function.__globals__.get(name), "__module__", "").startswith(
                    "crosslight.cli"
                )
            ]
    return found


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
