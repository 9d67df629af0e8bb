"""The ledger's signing key: one file, readable by its owner only, made on first need."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from crosslight.ledger.errors import KeyUnusable

_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700


def ensure_key() -> Ed25519PrivateKey:
    """The signing key, made where there is none yet."""
    path = _path()
    if not path.exists():
        _create(path)
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
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise KeyUnusable(f"The ledger's key file {path} cannot be read.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(f"The ledger's key file {path} holds no Ed25519 key.")
    return key


def _create(path: Path) -> None:
    """Several processes may start at once: the first to link its file wins, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY_FOLDER)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
