"""The command as a person or another program runs it: in a process of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from pathlib import Path

import pytest

from crosslight.exercises.folders import MARK
from tests.cli.demo_server import COMMAND, PATIENCE, open_page, served, variables
from tests.cli.running import crosslight


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "demo", *map(str, arguments)],
        env=variables(**environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object], str]:
    """The whole story, played once into a folder that is kept: folder, object, progress."""
    folder = tmp_path_factory.mktemp("demo") / "world"
    # What a deployment has set must not draw the practice world to its server.
    done = run(
        "--headless",
        "--json",
        "--into",
        folder,
        CROSSLIGHT_DATABASE_URL="postgresql://nobody@db.example.org/real",
        CROSSLIGHT_ENV="production",
    )
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout), done.stderr


def test_headless_prints_one_object_of_the_agreed_shape(
    played: tuple[Path, dict[str, object], str],
) -> None:
    _, counts, _ = played

    assert {
        name: sorted(value) if isinstance(value, dict) else "" for name, value in counts.items()
    } == {
        "contributions": ["disseminated", "feedback", "returned", "submitted", "validated"],
        "entities": "",
        "matches": ["cannot_tell", "not_same", "notified", "same"],
        "decisions": ["HANDOVER", "JOINT", "SEPARATE"],
        "refusals": "",
        "ledger": ["entries", "root", "verified"],
        "seconds": "",
    }


def test_headless_plays_every_decision_and_at_least_five_refusals(
    played: tuple[Path, dict[str, object], str],
) -> None:
    _, counts, _ = played

    assert all(number >= 1 for number in counts["decisions"].values())  # type: ignore[attr-defined]
    assert all(number >= 1 for number in counts["matches"].values())  # type: ignore[attr-defined]
    assert all(
        number >= 1
        for number in counts["contributions"].values()  # type: ignore[attr-defined]
    )
    assert counts["refusals"] >= 5  # type: ignore[operator]
    assert counts["ledger"]["verified"] is True  # type: ignore[index]
    assert re.fullmatch("[0-9a-f]{64}", counts["ledger"]["root"])  # type: ignore[index]


def test_headless_reports_progress_on_stderr_alone(
    played: tuple[Path, dict[str, object], str],
) -> None:
    _, _, progress = played

    assert "Creating a practice world …" in progress
    assert "Traceback" not in progress


def test_the_kept_folder_is_a_data_folder_whose_ledger_verifies(
    played: tuple[Path, dict[str, object], str],
) -> None:
    folder, counts, _ = played

    done = subprocess.run(
        [COMMAND, "ledger", "verify", "--json", "--data", folder],
        env=variables(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["root"] == counts["ledger"]["root"]  # type: ignore[index]
    assert (folder / MARK).exists()


def test_the_kept_folder_is_not_played_over(
    played: tuple[Path, dict[str, object], str],
) -> None:
    folder, _, _ = played

    done = run("--headless", "--json", "--into", folder)

    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert done.stdout == ""


def test_the_kept_world_is_served_until_it_is_stopped(
    played: tuple[Path, dict[str, object], str],
) -> None:
    folder, _, _ = played

    with served("--port", "18340", CROSSLIGHT_DATA=str(folder)) as (said, server):
        address = re.search(r"http://127\.0\.0\.1:\d+/demo", said)
        assert address is not None, said
        assert "is still there" in said
        assert "3 countries · 4 units · 7 contributor organisations · 63 contributions" in said
        with open_page(address[0]) as page:
            assert page.status == 200
            assert "Amina" in page.read().decode()
        assert "for practice) … ok" in said
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0
    done = crosslight("ledger", "verify", "--json", data=folder)
    assert json.loads(done.stdout)["stamps"] == 1


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "crosslight.sqlite3").write_text("real work", "utf-8")

    for arguments in ((), ("--reset",)):
        done = run(*arguments, CROSSLIGHT_DATA=str(tmp_path))

        assert done.returncode == 1
        assert "X-102" in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["crosslight.sqlite3"]


@pytest.mark.parametrize(
    "arguments", [("--json",), ("--into", "x"), ("--port", "0"), ("--lang", "xx")]
)
def test_options_that_do_not_go_together_are_told(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_help_has_an_example() -> None:
    done = run("--help")

    assert done.returncode == 0
    assert "Example: crosslight demo" in done.stdout
