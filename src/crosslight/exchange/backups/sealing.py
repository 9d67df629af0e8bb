"""age around a backup: to recipients whose identity lies elsewhere, or to a passphrase."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pyrage

from crosslight.exchange.backups.errors import BackupUnusable

_MAGIC = b"age-encryption.org/"


def deliver(plain: Path, out: Path, *, recipients: Sequence[str]) -> None:
    """Whole or not at all, and for its owner alone."""
    draft = plain.with_suffix(".out")
    if recipients:
        pyrage.encrypt_file(str(plain), str(draft), [_recipient(text) for text in recipients])
    else:
        plain.rename(draft)
    draft.chmod(0o600)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(out)


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def open_file(sealed: Path, plain: Path, *, identity: Path | None) -> None:
    if identity is None:
        raise BackupUnusable("The backup is sealed.", remedy="Name the identity with --identity.")
    try:
        pyrage.decrypt_file(str(sealed), str(plain), [_identity(identity)])
    except (pyrage.DecryptError, OSError) as error:
        raise BackupUnusable("The backup does not open with this identity.") from error


def seal_bytes(plain: bytes, *, recipients: Sequence[str], passphrase: str) -> bytes:
    if passphrase:
        return bytes(pyrage.passphrase.encrypt(plain, passphrase))
    return bytes(pyrage.encrypt(plain, [_recipient(text) for text in recipients]))


def open_bytes(sealed: bytes, *, identity: Path | None, passphrase: str) -> bytes:
    try:
        if passphrase:
            return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
        if identity is None:
            raise BackupUnusable("Name the identity or the passphrase file.")
        return bytes(pyrage.decrypt(sealed, [_identity(identity)]))
    except pyrage.DecryptError as error:
        raise BackupUnusable("It does not open with this identity or passphrase.") from error


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BackupUnusable(f"{text} is no recipient of age (age1…).") from error


def _identity(path: Path) -> pyrage.x25519.Identity:
    """The first identity in a file as age-keygen writes it."""
    try:
        lines = path.read_text("ascii").splitlines()
        (line,) = [each for each in lines if each.startswith("AGE-SECRET-KEY-")][:1]
        return pyrage.x25519.Identity.from_str(line.strip())
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise BackupUnusable(f"{path} holds no identity of age.") from error
