"""Does a backup restore? It is unpacked aside, counted, and its ledger is checked to the root."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from crosslight.exchange.backups import sealing
from crosslight.exchange.backups.databases import SQLITE, looking_at, restore
from crosslight.exchange.backups.errors import BackupFault, BackupUnusable
from crosslight.exchange.backups.manifest import (
    MANIFEST,
    SIGNATURE,
    Manifest,
    check_signature,
    digest_of,
    parse,
    rows_by_table,
)
from crosslight.ledger.verification import verify_database

_MOST_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: str
    files: int
    tables: int
    rows: int
    entries: int
    root: str


def restore_test(
    backup: Path,
    *,
    key: Ed25519PublicKey,
    identity: Path | None = None,
    scratch: Mapping[str, object] | None = None,
) -> Restored:
    """Restore into a place of its own and look. Raises BackupFault for anything that differs.

    `scratch` is an empty PostgreSQL database, for a backup of one.
    """
    with tempfile.TemporaryDirectory(prefix="crosslight-restore-") as name:
        folder = Path(name)
        plain = backup
        if sealing.is_sealed(backup):
            plain = folder / "backup.zip"
            sealing.open_file(backup, plain, identity=identity)
        said = _unpack(plain, folder / "restored", key=key)
        return _looked_into(said, folder / "restored", scratch=scratch)


def _unpack(plain: Path, folder: Path, *, key: Ed25519PublicKey) -> Manifest:
    """Exactly the files that the signed manifest names, each as it says, and nothing else."""
    try:
        with zipfile.ZipFile(plain) as archive:
            if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
                raise BackupFault("The backup's manifest is too long.")
            text = archive.read(MANIFEST)
            check_signature(text, archive.read(SIGNATURE), key=key)
            said = parse(text)
            names = [each.filename for each in archive.infolist()]
            if sorted(names) != sorted([*said.files, MANIFEST, SIGNATURE]):
                raise BackupFault("The backup holds other files than its manifest names.")
            for number, (name, digest) in enumerate(sorted(said.files.items())):
                # Written under numbers: no name of the archive decides where anything goes.
                inner = name if name == said.database else f"{number:06d}"
                _unpack_file(archive, name, folder / inner, digest=digest)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise BackupFault("The backup is damaged.") from error
    return said


def _unpack_file(archive: zipfile.ZipFile, name: str, target: Path, *, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("xb") as file:
        shutil.copyfileobj(source, file)
    if digest_of(target) != digest:
        raise BackupFault(f"{name} is not what it was when the backup was made.")


def _looked_into(said: Manifest, folder: Path, *, scratch: Mapping[str, object] | None) -> Restored:
    copy = folder / said.database
    if said.database == SQLITE:
        place: Mapping[str, object] = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(copy),
        }
    elif scratch is None:
        raise BackupUnusable(
            "A backup of PostgreSQL is restored into a database.",
            remedy="Make an empty one and name it with --scratch.",
        )
    else:
        place = scratch
        restore(copy, scratch=scratch)
    try:
        with looking_at(place, alias=DEFAULT_DB_ALIAS):
            return _compared(said)
    except DatabaseError as error:
        raise BackupFault("The restored database cannot be read.") from error


def _compared(said: Manifest) -> Restored:
    rows = rows_by_table()
    if said.rows and rows != dict(said.rows):
        other = sorted(
            name for name in rows.keys() | said.rows.keys() if rows.get(name) != said.rows.get(name)
        )
        raise BackupFault(f"Other numbers of rows than in the manifest: {', '.join(other)}.")
    checked = verify_database()
    if not checked.holds:
        raise BackupFault(f"The restored ledger does NOT hold. {checked.first_fault}")
    if said.rows and (checked.entries, checked.root or "") != (said.ledger_size, said.ledger_root):
        raise BackupFault("The restored ledger is not the one that the manifest names.")
    return Restored(
        made_at=said.made_at,
        files=len(said.files),
        tables=len(rows),
        rows=sum(rows.values()),
        entries=checked.entries,
        root=checked.root or "",
    )
