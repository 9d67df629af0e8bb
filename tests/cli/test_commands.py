"""The census of commands, and what all of them keep."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from crosslight.cli.main import COMMANDS, group
from tests.cli.running import crosslight, is_one_clear_line


def commands() -> Iterator[tuple[str, ...]]:
    """Every command that does something, as it is typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((name, under) for under in command.commands)
        else:
            yield (name,)


ALL = tuple(commands())


def help_of(*words: str) -> str:
    done = CliRunner().invoke(group, [*words, "--help"])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_name_is_a_command() -> None:
    assert {words[0] for words in ALL} == set(COMMANDS)
    assert len(ALL) >= len(COMMANDS)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_shows_an_example_and_takes_a_folder(words: tuple[str, ...]) -> None:
    text = " ".join(help_of(*words).split())

    assert text.partition(" Options:")[0].endswith("."), "a sentence says what it does"
    assert f"Example: crosslight {' '.join(words)}" in text
    assert "--data" in text


@pytest.mark.parametrize("name", sorted({words[0] for words in ALL if len(words) > 1}))
def test_every_group_takes_a_folder_and_says_what_it_holds(name: str) -> None:
    text = help_of(name)

    assert "--data" in text
    assert "Commands:" in text


def test_the_list_of_commands_loads_without_a_data_folder(tmp_path: Path) -> None:
    done = crosslight("--help", data=tmp_path / "absent")

    assert done.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in done.stdout
    assert not (tmp_path / "absent").exists()


def test_an_unknown_command_is_told() -> None:
    done = crosslight("conjure")

    assert done.returncode == 2
    assert is_one_clear_line(done, "conjure"), done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("init", "--data", "{}"),
        ("demo", "--headless", "--into", "{}"),
        ("ledger", "export", "{}"),
    ],
    ids=" ".join,
)
def test_a_place_where_no_folder_can_be_made_is_one_clear_line(
    words: tuple[str, ...], data: Path
) -> None:
    """Not even root makes a folder in /proc."""
    where = "/proc/crosslight-absent"

    done = crosslight(*(word.format(where) for word in words), data=data)

    assert done.returncode == 2
    assert is_one_clear_line(done, where, "Check the path"), done.stderr


def test_the_clocks_run_and_may_run_again(data: Path) -> None:
    for _ in range(2):
        done = crosslight("clocks", "run", "--json", data=data)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == {
            "drafts_expired": 0,
            "escalated": 0,
            "keys_destroyed": 0,
            "mails": 0,
            "stamps": 0,
            "cosignatures": 0,
            "packages": 0,
            "import_batches": 0,
            "imports_expired": 0,
        }
    assert (
        crosslight("clocks", "run", data=data).stdout
        == "Drafts expired: 0; packages: 0; escalated: 0; keys destroyed: 0; mails: 0; "
        "import batches: 0; imports expired: 0; time stamps: 0; cosignatures: 0.\n"
    )


def test_the_description_of_the_api_is_openapi_3_1(tmp_path: Path) -> None:
    done = crosslight("openapi", data=tmp_path / "absent")

    description = json.loads(done.stdout)
    assert description["openapi"].startswith("3.1")
    assert description["paths"]
    assert all(path.startswith("/api/v1/") for path in description["paths"])
    assert done.stderr == ""
    assert not (tmp_path / "absent").exists()


def test_serving_needs_a_data_folder(tmp_path: Path) -> None:
    done = crosslight("serve", data=tmp_path / "absent")

    assert done.returncode == 2
    assert is_one_clear_line(done, "crosslight init", str(tmp_path)), done.stderr


def test_the_practice_world_is_not_served_as_a_deployment(data: Path) -> None:
    done = crosslight("serve", data=data, CROSSLIGHT_ENV="demo")

    assert done.returncode == 2
    assert is_one_clear_line(done, "crosslight demo"), done.stderr


def test_a_port_in_use_is_told_at_once(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = crosslight("serve", "--port", port, data=data)

    assert done.returncode == 1
    assert is_one_clear_line(done, str(port), "--port"), done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--port", "0"), ("--port", "70000"), ("--surface", "all"), ("--host", "no.such.invalid")],
)
def test_serving_somewhere_impossible_is_told(arguments: tuple[str, ...], data: Path) -> None:
    done = crosslight("serve", *arguments, data=data)

    assert is_one_clear_line(done), done.stderr
