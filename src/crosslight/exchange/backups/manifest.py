"""What a backup says of itself: each file with its digest, each table with its rows, the root."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, router

from crosslight.exchange.backups.errors import BackupFault

SCHEMA = "crosslight-backup/1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
# So that a signature of a backup can be taken for none of anything else.
_CONTEXT = b"crosslight backup manifest\x00"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """`ledger_size` and `ledger_root` are those of the database at that moment."""

    schema: str
    made_at: str
    release: str
    database: str
    files: Mapping[str, str]
    rows: Mapping[str, int]
    ledger_size: int
    ledger_root: str

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def parse(data: bytes) -> Manifest:
    try:
        values: dict[str, Any] = json.loads(data)
        found = Manifest(**values)
    except (ValueError, TypeError) as error:
        raise BackupFault("The backup's manifest cannot be read.") from error
    if found.schema != SCHEMA:
        raise BackupFault("The backup is of another kind or release.")
    return found


def sign(data: bytes, *, key: Ed25519PrivateKey) -> bytes:
    return key.sign(_CONTEXT + data)


def check_signature(data: bytes, signature: bytes, *, key: Ed25519PublicKey) -> None:
    try:
        key.verify(signature, _CONTEXT + data)
    except InvalidSignature as error:
        raise BackupFault("The backup's manifest was not signed by this deployment.") from error


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def rows_by_table() -> dict[str, int]:
    """Of every table beside the data, sessions apart, which come and go."""
    return {
        model._meta.db_table: model._default_manager.using(DEFAULT_DB_ALIAS).count()
        for model in apps.get_models()
        if router.allow_migrate_model(DEFAULT_DB_ALIAS, model)
        and model._meta.managed
        and model._meta.app_label != "sessions"
    }
