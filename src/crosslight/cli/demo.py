"""`crosslight demo`: a practice world to walk through, or its whole story played at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from crosslight.cli.doctor import check_disk, check_python
from crosslight.cli.init import prepare_data_folder
from crosslight.cli.practice_stamps import run_authority, stamp_now
from crosslight.cli.serve import free_port, run
from crosslight.cli.support import USAGE, Command, fail, json_option, print_json
from crosslight.config.environment import read_environment, use_practice_folder
from crosslight.exercises import folders

HOST = "127.0.0.1"
_LANGUAGES = ("en", "fr", "es", "pt", "ar")
_CARD_WIDTH = 12
_AUTHORITY = "practice-authority"


@click.command(
    cls=Command,
    epilog="Example: crosslight demo --port 8080; crosslight demo --headless --json",
)
@click.option("--reset", is_flag=True, help="Empty the practice folder and start again.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--lang",
    type=click.Choice(_LANGUAGES),
    help="Language of the pages, as far as they are translated.",
)
@click.option("--headless", is_flag=True, help="Play the whole story, serve nothing.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --headless: keep the world in this new folder.",
)
@json_option
def demo(
    *, reset: bool, port: int, lang: str | None, headless: bool, into: Path | None, as_json: bool
) -> None:
    """Make a practice world (no real people) and serve it; --headless plays its story instead."""
    if headless:
        _play(into=into, as_json=as_json)
        return
    if as_json or into is not None:
        raise fail("--json and --into go with --headless.", status=USAGE)
    _serve(port=port, lang=lang, is_new=reset)


def _serve(*, port: int, lang: str | None, is_new: bool) -> None:
    use_practice_folder()
    folder = read_environment().data
    if is_new:
        folders.empty(folder)
    folders.claim(folder)
    port = _check_machine(wanted=port)
    has_authority = run_authority(folder / _AUTHORITY)
    prepare_data_folder()
    _make_world_if_missing()
    if has_authority:
        _stamp()
    _invite(port=port, lang=lang)
    _close_connections()
    run(host=HOST, port=port)


def _check_machine(*, wanted: int) -> int:
    """Say what was found, and return the port that is free."""
    environment = read_environment()
    for finding in (*check_python(environment), *check_disk(environment)):
        if not finding.is_ok:
            raise fail(f"{finding.subject}: {finding.found}. {finding.remedy}")
    port = free_port(host=HOST, wanted=wanted)
    found = "ok" if port == wanted else f"busy, using {port}"
    click.echo(f"Checking Python 3.11+ … ok   port {wanted} … {found}   disk … ok")
    return port


def _make_world_if_missing() -> None:
    from crosslight.exercises.counting import size_of_world
    from crosslight.exercises.making import has_world, make_world
    from crosslight.foundation import clock

    if has_world():
        click.echo(f"The practice world of {read_environment().data} is still there.")
    else:
        click.echo(
            "Creating a practice world (no real people, nothing leaves this computer) … ", nl=False
        )
        started = clock.now()
        make_world()
        click.echo(f"{(clock.now() - started).total_seconds():.0f} s")
    size = size_of_world()
    click.echo(
        f"  {size.countries} countries · {size.units} units"
        f" · {size.contributors} contributor organisations"
        f" · {size.contributions} contributions · {size.investigations} investigations"
        f" · {size.matches} matches"
    )


def _stamp() -> None:
    found = "ok" if stamp_now() else "none"
    click.echo(f"Time stamp on the ledger (an authority on this computer, for practice) … {found}")


def _invite(*, port: int, lang: str | None) -> None:
    from crosslight.exercises.personas import personas

    query = f"?language={lang}" if lang else ""
    click.echo(f"\nOpen  http://{HOST}:{port}/demo{query}   and choose who you are:")
    for persona in personas():
        if persona.is_on_the_walk:
            click.echo(f"  {persona.first_name:<{_CARD_WIDTH}}{persona.what}")
    click.echo("Ctrl+C stops.  `crosslight demo --reset` starts again.")


def _play(*, into: Path | None, as_json: bool) -> None:
    """The world and its whole story, in a folder that is thrown away unless `into` names one."""
    if into is not None and into.exists() and any(into.iterdir()):
        raise fail(f"{into} is not empty; give a new folder.", status=USAGE)
    with _temporary_folder() if into is None else nullcontext(into) as folder:
        use_practice_folder(folder)
        folders.claim(folder)
        _say("Preparing the data folder")
        prepare_data_folder()
        counts = _play_story()
        _close_connections()
    if as_json:
        print_json(counts)
    else:
        _show(counts)


def _play_story() -> dict[str, object]:
    from crosslight.exercises.counting import tally
    from crosslight.exercises.making import make_world
    from crosslight.exercises.story import play_story
    from crosslight.foundation import clock

    started = clock.now()
    _say("Creating a practice world")
    stage = make_world()
    for title in play_story(stage):
        _say(title)
    _say("Counting, and checking the ledger")
    counts = tally()
    return {**counts, "seconds": round((clock.now() - started).total_seconds(), 1)}


def _show(counts: dict[str, object]) -> None:
    for name, value in counts.items():
        shown = (
            ", ".join(f"{key} {number}" for key, number in value.items())
            if isinstance(value, dict)
            else value
        )
        click.echo(f"{name}: {shown}")


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="crosslight-demo-") as name:
        yield Path(name)


def _close_connections() -> None:
    """Before the server forks, and before a folder is thrown away."""
    from django.db import connections

    connections.close_all()


def _say(sentence: str) -> None:
    click.echo(f"{sentence} …", err=True)
