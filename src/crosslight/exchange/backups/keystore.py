"""The key store's own backup. It is what makes an erasure final when it ends: keep it short."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from crosslight.exchange.backups import sealing
from crosslight.exchange.backups.databases import copy_database
from crosslight.exchange.backups.errors import BackupFault, BackupUnusable
from crosslight.foundation import clock
from crosslight.foundation.sealing.models import STORE

LIFE = timedelta(days=30)
SCHEMA = "crosslight-keystore-backup/1"


def back_up_keys(
    out: Path, *, recipients: Sequence[str], passphrase: str, life: timedelta = LIFE
) -> str:
    """Write the sealed copy; the day on which it has to be deleted.

    It holds data keys, still wrapped: to read anything takes this, the key-encryption key and the
    data. A passphrase or a recipient is asked for all the same.
    """
    if out.exists():
        raise BackupUnusable(f"There is {out} already.", remedy="Name a new file.")
    if bool(recipients) == bool(passphrase):
        raise BackupUnusable("Name recipients, or a passphrase file, and not both.")
    delete_by = (clock.now() + life).date().isoformat()
    with tempfile.TemporaryDirectory(dir=out.resolve().parent, prefix=".backup-") as name:
        folder = Path(name)
        copy = copy_database(STORE, folder)
        packed = _packed(copy, delete_by=delete_by)
        plain = folder / "sealed"
        plain.write_bytes(sealing.seal_bytes(packed, recipients=recipients, passphrase=passphrase))
        sealing.deliver(plain, out, recipients=())
    return delete_by


def keys_in(
    backup: Path, folder: Path, *, identity: Path | None = None, passphrase: str = ""
) -> tuple[Path, str]:
    """Unpack the copy of the key store into `folder`: its file, and the day it is to be deleted."""
    plain = sealing.open_bytes(backup.read_bytes(), identity=identity, passphrase=passphrase)
    try:
        with zipfile.ZipFile(BytesIO(plain)) as archive:
            about = json.loads(archive.read("about.json"))
            name = str(about["database"])
            if about["schema"] != SCHEMA or "/" in name:
                raise BackupFault("It is no backup of a key store.")
            target = folder / name
            target.write_bytes(archive.read(name))
            return target, str(about["delete_by"])
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BackupFault("It is no backup of a key store.") from error


def _packed(copy: Path, *, delete_by: str) -> bytes:
    about = {
        "schema": SCHEMA,
        "database": copy.name,
        "made_at": clock.now().isoformat(),
        "delete_by": delete_by,
    }
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.write(copy, copy.name)
        archive.writestr("about.json", json.dumps(about, sort_keys=True))
    return held.getvalue()
