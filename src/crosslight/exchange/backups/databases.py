"""A consistent copy of a database, and a look into a copy in place of the live one."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections

from crosslight.exchange.backups.errors import BackupFault, BackupUnusable

SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
_SECONDS = 3600


def copy_database(alias: str, folder: Path) -> Path:
    """As of one moment, while others go on writing."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        target = folder / SQLITE
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return target
    target = folder / POSTGRESQL
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", settings=_settings(alias))
    return target


def restore(copy: Path, *, scratch: Mapping[str, object]) -> None:
    """Into an empty PostgreSQL database; a copy of SQLite is a database as it is."""
    name = str(scratch["NAME"])
    options = ("--no-owner", "--exit-on-error", f"--dbname={name}")
    _run("pg_restore", *options, str(copy), settings=scratch)


@contextmanager
def looking_at(settings: Mapping[str, object], *, alias: str) -> Iterator[None]:
    """Every reading of `alias` goes to another database meanwhile. For a command alone.

    There is no second deployment to start, and what reads is what will read after a real restore.
    """
    connection = connections[alias]
    connection.close()
    before = dict(connection.settings_dict)
    is_same_kind = before["ENGINE"] == settings["ENGINE"]
    if not is_same_kind:
        raise BackupUnusable(
            "The backup is of another kind of database than this deployment's.",
            remedy="Set CROSSLIGHT_DATABASE_URL as it was when the backup was made.",
        )
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)


def _settings(alias: str) -> Mapping[str, object]:
    return connections[alias].settings_dict


def _run(program: str, *options: str, settings: Mapping[str, object]) -> None:
    """The password goes by the environment: arguments are seen by every user of the machine."""
    variables = {
        "PGHOST": settings.get("HOST"),
        "PGPORT": settings.get("PORT"),
        "PGUSER": settings.get("USER"),
        "PGPASSWORD": settings.get("PASSWORD"),
        "PGDATABASE": settings.get("NAME"),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    try:
        done = subprocess.run(  # noqa: S603  fixed programs, our own options
            [program, *options],
            env={name: str(value) for name, value in variables.items() if value},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupUnusable(f"{program} is not installed.") from error
    if done.returncode != 0:
        raise BackupFault(f"{program} failed with status {done.returncode}.")
