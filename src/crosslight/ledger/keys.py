"""The ledger's signing key: one file, readable by its owner only, made on first need.

While a key is exchanged there is a second file beside it. Which of the two signs is said by the
newest checkpoint, which is committed together with the entry of the exchange; the files follow.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from crosslight.core.evidence.notes import Note, NoteFault, verifier_key
from crosslight.foundation.key_files import NoKeyInFile, create_key, read_key
from crosslight.ledger.errors import KeyUnusable


def ensure_key() -> Ed25519PrivateKey:
    """The signing key, made where there is none yet."""
    path = _path()
    if not path.exists():
        create_key(path)
    return _load(path, path.stat().st_mtime_ns)


def existing_key() -> Ed25519PrivateKey:
    """The signing key; a verification must not make the key that it would then trust."""
    path = _path()
    if not path.exists():
        raise KeyUnusable(f"The ledger's key file {path} is missing.")
    return _load(path, path.stat().st_mtime_ns)


def key_of(origin: str, note: str) -> Ed25519PrivateKey:
    """The key that signed `note`, a checkpoint of the shard `origin`.

    An exchange that was committed but whose files did not follow is finished here.
    """
    wanted = _signer(origin, note)
    present = existing_key()
    if verifier_key(name=origin, key=present).id == wanted:
        return present
    successor = _successor()
    if not successor.exists():
        raise KeyUnusable("The ledger was signed with another key than the one in its key file.")
    coming = _load(successor, successor.stat().st_mtime_ns)
    if verifier_key(name=origin, key=coming).id != wanted:
        raise KeyUnusable("The ledger was signed with another key than those in its key files.")
    return coming


def coming_key() -> Ed25519PrivateKey:
    """The key that will follow, in a file of its own; made where there is none yet."""
    path = _successor()
    if not path.exists():
        create_key(path)
    return _load(path, path.stat().st_mtime_ns)


def finish_exchange(origin: str, note: str) -> None:
    """Put the file of the key that signs in the place of the old one, which is kept nowhere.

    Nothing happens where the checkpoint is of the present key, or no file waits.
    """
    path, successor = _path(), _successor()
    if not successor.exists():
        return
    coming = _load(successor, successor.stat().st_mtime_ns)
    if verifier_key(name=origin, key=coming).id == _signer(origin, note):
        successor.replace(path)
        _sync(path.parent)


def _signer(origin: str, note: str) -> bytes:
    try:
        lines = Note.from_text(note).signatures
    except NoteFault as error:
        raise KeyUnusable(f"The newest checkpoint cannot be read: {error}") from error
    for line in lines:
        if line.name == origin:
            return line.key_id
    raise KeyUnusable("The newest checkpoint is not signed by the ledger.")


def _path() -> Path:
    return Path(settings.LEDGER_KEY_FILE)


def _successor() -> Path:
    path = _path()
    return path.with_name(f"{path.name}.next")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=4)
def _load(path: Path, changed_ns: int) -> Ed25519PrivateKey:  # noqa: ARG001  keys the cache
    try:
        return read_key(path)
    except NoKeyInFile as error:
        raise KeyUnusable(f"The ledger's key cannot be used: {error}") from error
