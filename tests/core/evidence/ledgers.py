"""Small ledgers and their exports, made without a database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence import tiles
from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint
from crosslight.core.evidence.entry import Entry, Opening, timestamp
from crosslight.core.evidence.export import CHECKPOINT, KEY, README, SCRIPT, SUMS, UNLISTED, sums
from crosslight.core.evidence.merkle import leaf_hash, root_of
from crosslight.core.evidence.notes import verifier_key
from crosslight.core.evidence.verification import StoredEntry

ORIGIN = "crosslight.example/audit/2026"
KEY_OF_LEDGER = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def an_id(kind: str, number: int = 0) -> str:
    return f"{kind}_{number:026d}"


def an_entry(number: int = 1, **changes: object) -> Entry:
    fields: dict[str, object] = {
        "id": an_id("led", number),
        "at": timestamp(START + timedelta(seconds=number)),
        "act": Act.CONTRIBUTION_SUBMITTED,
        "actor": an_id("usr"),
        "objects": (an_id("con", number),),
    }
    return Entry(**{**fields, **changes})


def an_opening(**changes: object) -> Entry:
    opening = {"act": Act.LOG_OPENED, "objects": (), "opening": Opening(origin=ORIGIN)}
    return an_entry(0, **{**opening, **changes})


def bodies_of(size: int) -> list[bytes]:
    return [an_opening().to_bytes(), *(an_entry(n).to_bytes() for n in range(1, size))]


def stored(bodies: Sequence[bytes]) -> list[StoredEntry]:
    return [StoredEntry(n, body, leaf_hash(body)) for n, body in enumerate(bodies)]


def signed(bodies: Sequence[bytes], *, origin: str = ORIGIN) -> SignedCheckpoint:
    root = root_of(map(leaf_hash, bodies))
    return sign_checkpoint(Checkpoint(origin, len(bodies), root), key=KEY_OF_LEDGER)


def export_of(bodies: Sequence[bytes]) -> dict[str, bytes]:
    """An export as it must be, built here level by level, independently of the product's writer."""
    files = {
        CHECKPOINT: signed(bodies).note.encode(),
        KEY: f"{verifier_key(name=ORIGIN, key=KEY_OF_LEDGER).to_text()}\n".encode(),
        README: b"An export for tests.\n",
        SCRIPT: b"#!/bin/sh\n",
    }
    for piece in tiles.pieces(len(bodies)):
        part = bodies[piece.start : piece.start + piece.count]
        files[piece.path("entries")] = tiles.bundle(part)
    hashes = [leaf_hash(body) for body in bodies]
    level = 0
    while hashes:
        for piece in tiles.pieces(len(hashes)):
            part = hashes[piece.start : piece.start + piece.count]
            files[piece.path(str(level))] = b"".join(part)
        whole = len(hashes) // 256
        hashes = [root_of(hashes[n * 256 : n * 256 + 256]) for n in range(whole)]
        level += 1
    return with_sums(files)


def with_sums(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with a fresh SHA256SUMS, as a forger would write it."""
    listed = {name: data for name, data in files.items() if name not in UNLISTED}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in listed.items()}
    return {**files, SUMS: sums(digests)}
