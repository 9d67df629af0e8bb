"""One file: the database, the files beside it, and a signed manifest. Never a key."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS

from crosslight.exchange.backups import sealing
from crosslight.exchange.backups.databases import copy_database, looking_at
from crosslight.exchange.backups.errors import BackupUnusable
from crosslight.exchange.backups.manifest import (
    MANIFEST,
    SCHEMA,
    SIGNATURE,
    Manifest,
    digest_of,
    rows_by_table,
    sign,
)
from crosslight.foundation import clock
from crosslight.ledger.keys import existing_key
from crosslight.ledger.selectors import signed_head

# Keys have backups of their own; static files come with the release.
_LEFT_OUT = frozenset({"keys", "static"})


def create_backup(out: Path, *, data: Path, recipients: Sequence[str] = ()) -> Manifest:
    """Write `out`, which must not exist yet; with `recipients` only they can open it (age)."""
    if out.exists():
        raise BackupUnusable(f"There is {out} already.", remedy="Name a new file.")
    with tempfile.TemporaryDirectory(dir=out.resolve().parent, prefix=".backup-") as name:
        folder = Path(name)
        database = copy_database(DEFAULT_DB_ALIAS, folder)
        paths = {database.name: database, **dict(_files(data, out=out))}
        made = _manifest(database, paths)
        plain = folder / "backup.zip"
        _pack(plain, paths, made)
        sealing.deliver(plain, out, recipients=recipients)
    return made


def _manifest(database: Path, paths: dict[str, Path]) -> Manifest:
    """Counted in the copy, not in the database, which goes on."""
    copied = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}
    if database.suffix == ".sqlite3":
        with looking_at(copied, alias=DEFAULT_DB_ALIAS):
            rows, head = rows_by_table(), signed_head()
    else:
        rows, head = {}, signed_head()
    return Manifest(
        schema=SCHEMA,
        made_at=clock.now().isoformat(),
        release=version("crosslight"),
        database=database.name,
        files={name: digest_of(path) for name, path in paths.items()},
        rows=rows,
        ledger_size=head.size if head else 0,
        ledger_root=head.root.hex() if head else "",
    )


def _files(data: Path, *, out: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(data.rglob("*")):
        inside = path.relative_to(data)
        is_database = ".sqlite3" in path.name and len(inside.parts) == 1
        is_ours = inside.parts[0] in _LEFT_OUT or inside.parts[0].startswith(".backup-")
        if path.is_symlink() or not path.is_file() or is_database or is_ours:
            continue
        if path.resolve() != out.resolve():
            yield f"files/{inside.as_posix()}", path


def _pack(target: Path, paths: dict[str, Path], made: Manifest) -> None:
    text = made.to_bytes()
    with zipfile.ZipFile(target, "x", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, path in paths.items():
            archive.write(path, name)
        archive.writestr(MANIFEST, text)
        archive.writestr(SIGNATURE, sign(text, key=existing_key()))
