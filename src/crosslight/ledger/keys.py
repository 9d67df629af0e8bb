"""The ledger's signing key: one file, readable by its owner only, made on first need."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

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


def _path() -> Path:
    return Path(settings.LEDGER_KEY_FILE)


@lru_cache(maxsize=4)
def _load(path: Path, changed_ns: int) -> Ed25519PrivateKey:  # noqa: ARG001  keys the cache
    try:
        return read_key(path)
    except NoKeyInFile as error:
        raise KeyUnusable(f"The ledger's key cannot be used: {error}") from error
