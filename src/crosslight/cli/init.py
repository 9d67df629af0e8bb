"""`crosslight init`: a data folder that a deployment can start from."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.core.management import call_command

from crosslight.cli.support import Command, start_django
from crosslight.config.environment import read_environment


@click.command(cls=Command, epilog="Example: crosslight init --data /srv/crosslight")
def init() -> None:
    """Make the data folder: keys, database, ledger. Running it again changes nothing."""
    folder = prepare_data_folder()
    click.echo(f"Ready: {folder}. Next: crosslight person add, crosslight doctor.")


def prepare_data_folder() -> Path:
    """Folder and secret key first, since the settings read them; then tables and the ledger key."""
    environment = read_environment()
    with _private_files():
        make_keys(environment.keys)
        (environment.data / "static").mkdir(exist_ok=True)
        (environment.data / "custody" / "work").mkdir(parents=True, exist_ok=True)
        start_django()
        # Keys first: a migration of the data may have to seal what it finds.
        call_command("migrate", "sealing", database="keys", verbosity=0, interactive=False)
        from crosslight.foundation.sealing import destruction, upkeep

        upkeep.prepare()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        from crosslight.custody import keys as custody_keys
        from crosslight.ledger import services as ledger

        ledger.ensure_key()
        destruction.sweep()
        custody_keys.signing_key()
        custody_keys.recipient()
    return environment.data


@contextmanager
def _private_files() -> Iterator[None]:
    """Folders 0700 and files 0600, the database among them: other users of the machine are out."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def make_keys(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "secret_key"
    if path.exists():
        return
    temporary = folder / f".secret_key.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
