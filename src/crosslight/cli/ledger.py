"""`crosslight ledger`: verify the record, hand out its checkpoint, export it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from crosslight.cli.support import (
    PROBLEM,
    USAGE,
    CommandGroup,
    fail,
    json_option,
    print_json,
    start_django,
)
from crosslight.core.evidence.export import verify_export
from crosslight.core.evidence.notes import NoteFault, VerifierKey, verifier_key
from crosslight.core.evidence.verification import Verification
from crosslight.core.policy import Actor, system_actor
from crosslight.core.vocabulary.people import Role

# A bundle of 256 entries at the two-byte length limit of the format; nothing else is as large.
_MAX_FILE_BYTES = 256 * (2 + 65_535)

folder_argument = click.Path(file_okay=False, path_type=Path)


@click.group(cls=CommandGroup)
def ledger() -> None:
    """The record of every act and every refusal."""


@ledger.command(epilog="Example: crosslight ledger verify ./ledger-export --vkey ./log.vkey")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--vkey",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The ledger's public key as you got it by another way; only with FOLDER.",
)
@json_option
@click.pass_context
def verify(
    context: click.Context, *, folder: Path | None, key_file: Path | None, as_json: bool
) -> None:
    """Check the ledger of the data folder, or an exported FOLDER without any database.

    Status 0: it holds. Status 1: the first entry that does not hold is named.
    """
    if folder is None and key_file is not None:
        raise fail("--vkey goes with an exported folder.", status=USAGE)
    result = _verify_database() if folder is None else _verify_folder(folder, key_file)
    if as_json:
        print_json({"holds": result.holds, **asdict(result)})
    else:
        click.echo(_sentence(result), err=not result.holds)
    context.exit(0 if result.holds else PROBLEM)


@ledger.command(epilog="Example: crosslight ledger export ./ledger-export")
@click.argument("folder", type=folder_argument)
@json_option
def export(*, folder: Path, as_json: bool) -> None:
    """Write the ledger into a new FOLDER that anyone can verify."""
    start_django()
    from crosslight.foundation.transactions import act
    from crosslight.ledger import services
    from crosslight.ledger.acts import Act

    with _database():
        services.check_export_folder(folder)
        with act():
            services.record(actor=_console(), act=Act.LEDGER_EXPORTED)
        done = services.export(folder)
    size, root = done.checkpoint.size, done.checkpoint.root.hex()
    if as_json:
        print_json({"folder": str(folder), "files": done.files, "entries": size, "root": root})
    else:
        click.echo(f"Exported {size} entries in {done.files} files to {folder}, root {root}.")


@ledger.command(epilog="Example: crosslight ledger checkpoint > checkpoint.txt")
@json_option
def checkpoint(*, as_json: bool) -> None:
    """Print the signed checkpoint of this moment; the public key goes to stderr."""
    start_django()
    from crosslight.ledger import services
    from crosslight.ledger.keys import existing_key

    with _database():
        signed = services.checkpoint()
    vkey = verifier_key(name=signed.origin, key=existing_key()).to_text()
    if as_json:
        print_json({"note": signed.note, "size": signed.size, "vkey": vkey})
    else:
        click.echo(signed.note, nl=False)
        click.echo(f"Public key: {vkey}", err=True)


def _verify_database() -> Verification:
    start_django()
    from crosslight.ledger import services

    with _database():
        return services.verify_database()


def _verify_folder(folder: Path, key_file: Path | None) -> Verification:
    key = None if key_file is None else _read_key(key_file)
    return verify_export(_FolderFiles(folder), key=key)


def _read_key(path: Path) -> VerifierKey:
    try:
        return VerifierKey.from_text(path.read_text("utf-8").strip())
    except (NoteFault, UnicodeDecodeError, OSError) as error:
        raise fail(f"{path} holds no ledger key: {error}", status=USAGE) from error


def _sentence(result: Verification) -> str:
    if not result.holds:
        return f"The ledger does NOT hold. {result.first_fault}"
    checkpoints = "1 checkpoint" if result.checkpoints == 1 else f"{result.checkpoints} checkpoints"
    return f"The ledger holds: {result.entries} entries, {checkpoints}, root {result.root}."


def _console() -> Actor:
    return system_actor("console", Role.ADMINISTRATOR)


@contextmanager
def _database() -> Iterator[None]:
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise fail(
            f"The database cannot be used ({error}). Run crosslight init, or name the right "
            "folder with --data.",
            status=USAGE,
        ) from error


class _FolderFiles(Mapping[str, bytes]):
    """A folder's files by their relative path, read one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        path = self._folder / name
        try:
            with path.open("rb") as file:
                return file.read(_MAX_FILE_BYTES + 1)
        except OSError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        for path in self._folder.rglob("*"):
            if not path.is_dir():
                yield path.relative_to(self._folder).as_posix()

    def __len__(self) -> int:
        return sum(1 for _ in self)
