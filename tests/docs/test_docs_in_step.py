"""A command, an option or a setting that the reference does not name fails here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crosslight.cli.main import group
from crosslight.config import environment

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
SETTINGS = (REFERENCE / "settings.md").read_text("utf-8")
VARIABLE = re.compile(r"CROSSLIGHT_[A-Z_]+")


def sections() -> dict[str, str]:
    """What the reference says under the heading of each command."""
    parts = re.split(r"^## crosslight ", (REFERENCE / "commands.md").read_text("utf-8"), flags=re.M)
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts[1:]}


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {under}", each) for under, each in command.commands.items())
        else:
            yield name, command


COMMANDS = dict(commands())


def test_the_reference_names_every_command_and_no_other() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_names_every_option_of_a_command(name: str) -> None:
    said = sections()[name]
    options = {
        option
        for parameter in COMMANDS[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }

    assert {option for option in options if f"`{option}`" not in said} == set()
    assert set(re.findall(r"^\| `(--[a-z-]+)", said, flags=re.M)) <= options


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_says_what_the_help_says(name: str) -> None:
    text = " ".join((COMMANDS[name].help or "").split())

    assert text
    assert text.replace("|", "\\|") in sections()[name]


def variables_read() -> set[str]:
    source = Path(environment.__file__).read_text("utf-8")
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VARIABLE.fullmatch(node.value)
    }


def test_the_reference_names_every_setting_and_no_other() -> None:
    read = variables_read()

    assert len(read) >= 9
    assert set(re.findall(r"^\| `(CROSSLIGHT_[A-Z_]+)`", SETTINGS, flags=re.M)) == read


@pytest.mark.parametrize("kind", [environment.Mode, environment.Surface])
def test_the_reference_names_every_value_of_a_closed_list(kind: type) -> None:
    for value in kind:  # type: ignore[attr-defined]
        assert f"`{value}`" in SETTINGS
