"""`crosslight backup`: make a copy, prove that it restores, and copy the key store apart."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosslight.cli.support import (
    CommandGroup,
    console,
    json_option,
    print_json,
    start_django,
    usable_database,
)
from crosslight.config.environment import database_at, read_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

out_argument = click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
recipient_option = click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="AGE1…",
    help="Only this age recipient can open it. May be repeated.",
)
identity_option = click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the age identity that opens it.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File whose first line is the passphrase.",
)


@click.group(cls=CommandGroup)
def backup() -> None:
    """Copies of the data, and apart from them of the key store."""


@backup.command(epilog="Example: crosslight backup create /mnt/backup/data-2026-11-30.zip.age")
@out_argument
@recipient_option
@json_option
def create(*, out: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Write database, ledger and files into OUT, while the deployment goes on. No key is in it."""
    start_django()
    from crosslight.exchange.backups import create_backup

    with usable_database():
        made = create_backup(out, data=read_environment().data, recipients=recipients)
        _record("data")
    if as_json:
        print_json({"file": str(out), **asdict(made)})
    else:
        click.echo(
            f"Backed up {len(made.files)} files and {made.ledger_size} ledger entries to {out}. "
            f"Root {made.ledger_root}."
        )


@backup.command(name="keys", epilog="Example: crosslight backup keys keys.age --recipient age1…")
@out_argument
@recipient_option
@passphrase_option
@click.option(
    "--days",
    default=30,
    show_default=True,
    type=click.IntRange(1, 90),
    help="After so many days it has to be deleted: until then an erasure is not final.",
)
@json_option
def back_up_keys(
    *,
    out: Path,
    recipients: tuple[str, ...],
    passphrase_file: Path | None,
    days: int,
    as_json: bool,
) -> None:
    """Write the key store, sealed, into OUT. Key-encryption keys are not in it."""
    start_django()
    from crosslight.exchange.backups import back_up_keys as write_keys

    with usable_database():
        delete_by = write_keys(
            out,
            recipients=recipients,
            passphrase=_first_line(passphrase_file),
            life=timedelta(days=days),
        )
        _record("keys")
    if as_json:
        print_json({"file": str(out), "delete_by": delete_by})
    else:
        click.echo(f"Backed up the key store to {out}. Delete it by {delete_by}.")


@backup.command(
    name="restore-test", epilog="Example: crosslight backup restore-test data-2026-11-30.zip"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@identity_option
@click.option(
    "--scratch",
    metavar="URL",
    help="An empty PostgreSQL database to restore into, for a backup of PostgreSQL.",
)
@json_option
def restore_test(*, file: Path, identity: Path | None, scratch: str | None, as_json: bool) -> None:
    """Restore FILE aside and check digests, rows and ledger. Status 1: it does not hold."""
    start_django()
    from crosslight.exchange.backups import restore_test as restore
    from crosslight.ledger.keys import existing_key

    place: Mapping[str, object] | None = database_at("--scratch", scratch) if scratch else None
    done = restore(file, key=existing_key().public_key(), identity=identity, scratch=place)
    if as_json:
        print_json({"holds": True, **asdict(done)})
    else:
        click.echo(
            f"The backup of {done.made_at} restores: {done.rows} rows in {done.tables} tables, "
            f"{done.files} files, {done.entries} ledger entries, root {done.root}."
        )


@backup.command(
    name="unpack-keys", epilog="Example: crosslight backup unpack-keys keys.age ./restored"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@identity_option
@passphrase_option
def unpack_keys(
    *, file: Path, folder: Path, identity: Path | None, passphrase_file: Path | None
) -> None:
    """Open a backup of the key store into the new FOLDER, to put it in place by hand."""
    start_django()
    from crosslight.exchange.backups import keys_in

    folder.mkdir(mode=0o700, parents=True)
    written, delete_by = keys_in(
        file, folder, identity=identity, passphrase=_first_line(passphrase_file)
    )
    written.chmod(0o600)
    click.echo(f"Unpacked to {written}. The backup has to be deleted by {delete_by}.")


def _record(what: str) -> None:
    from crosslight.foundation.transactions import act
    from crosslight.ledger.acts import Act
    from crosslight.ledger.services import record

    with act():
        record(actor=console(), act=Act.BACKUP_MADE, reference=what)


def _first_line(path: Path | None) -> str:
    return "" if path is None else path.read_text("utf-8").partition("\n")[0].strip()
