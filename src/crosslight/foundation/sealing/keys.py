"""Secrets of single subjects, each kept apart from the data that it opens."""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from crosslight.foundation.errors import CrosslightError, Unavailable

_OWNER_ONLY = 0o600


class Purpose(StrEnum):
    PACKAGE = "package"


class KeyMissing(Unavailable):
    """Never kept."""


class KeyDestroyed(CrosslightError):
    """Destroyed for good."""


def keep_secret(subject: str, secret: bytes, *, purpose: Purpose) -> None:
    path = _path(subject, purpose)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def read_secret(subject: str, *, purpose: Purpose) -> bytes:
    try:
        return _path(subject, purpose).read_bytes()
    except FileNotFoundError as error:
        raise KeyMissing from error


def destroy_secret(subject: str, *, purpose: Purpose) -> None:
    _path(subject, purpose).unlink(missing_ok=True)


def _path(subject: str, purpose: Purpose) -> Path:
    return Path(settings.LEDGER_KEY_FILE).parent / purpose.value / subject
