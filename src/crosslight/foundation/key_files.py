"""Key files: Ed25519 signing keys and raw ones, each in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700


class NoKeyInFile(ValueError):
    """The file cannot be read, or holds something else; the message says which."""


def read_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise NoKeyInFile(f"{path} cannot be read as a private key in PEM.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKeyInFile(f"{path} holds no Ed25519 key.")
    return key


def create_key(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    create_secret(path, pem)


def create_raw_key(path: Path, *, size: int) -> None:
    """So many random bytes, and nothing else; as `create_key` where several processes start."""
    create_secret(path, secrets.token_bytes(size))


def create_secret(path: Path, content: bytes) -> None:
    """Several processes may start at once: the first to link its file wins, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY_FOLDER)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _settle_folder(path.parent)


def _settle_folder(folder: Path) -> None:
    """Data sealed with the key may be stored before the next sync: its name must be there, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def public_pem(key: Ed25519PublicKey) -> str:
    """What may be handed out, as openssl reads it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def is_private(path: Path) -> bool:
    """Nobody but the owner may read or write it."""
    return path.stat().st_mode & 0o077 == 0
