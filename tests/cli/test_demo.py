"""The command as a person or another program runs it: in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from crosslight.exercises.folders import MARK

COMMAND = Path(sys.executable).with_name("crosslight")
# Generous: the machine may be busy with other tests.
PATIENCE = 120


def variables(**more: str) -> dict[str, str]:
    """The environment without anything that the tests' own settings put there."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CROSSLIGHT_", "DJANGO_"))
    }
    return kept | {"PYTHONUNBUFFERED": "1"} | more


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

    with _served("--port", "18340", CROSSLIGHT_DATA=str(folder)) as (said, server):
        address = re.search(r"http://127\.0\.0\.1:\d+/demo", said)
        assert address is not None, said
        assert "is still there" in said
        assert "3 countries · 4 units · 7 contributor organisations · 61 contributions" in said
        with open_page(address[0]) as page:
            assert page.status == 200
            assert "Amina" in page.read().decode()
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0


@contextmanager
def _served(*arguments: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The server, once it has said where it is and answers there."""
    server = subprocess.Popen(
        [COMMAND, "demo", *arguments],
        env=variables(**environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _said_until(server, "Ctrl+C stops."), server
    finally:
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()


def _said_until(server: subprocess.Popen[str], end: str) -> str:
    said = ""
    assert server.stdout is not None
    for line in server.stdout:
        said += line
        if end in line:
            break
    address = re.search(r"http://[\d.:]+/demo", said)
    assert address is not None, said
    for _ in range(PATIENCE):
        if _answers(address[0]):
            return said
        assert server.poll() is None, f"the server ended by itself: {server.stdout.read()}"
        time.sleep(0.5)
    raise AssertionError(f"nothing answers at {address[0]}")


def _answers(address: str) -> bool:
    """Whether a server is there; what it answers is the test's business."""
    try:
        open_page(address).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True


def open_page(address: str) -> HTTPResponse:
    assert address.startswith("http://127.0.0.1:")
    return urlopen(address, timeout=30)  # noqa: S310  checked above


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
