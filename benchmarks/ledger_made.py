"""A ledger of many entries, written out as an export without a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.core.evidence import tiles
from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.checkpoint import Checkpoint, sign_checkpoint
from crosslight.core.evidence.entry import Entry, Opening, timestamp
from crosslight.core.evidence.export import (
    CHECKPOINT,
    ENTRIES,
    KEY,
    LEAVES,
    README,
    SCRIPT,
    SUMS,
    sums,
)
from crosslight.core.evidence.merkle import leaf_hash, root_of
from crosslight.core.evidence.notes import VerifierKey, verifier_key
from crosslight.ledger import auditor

_ORIGIN = "benchmark.example/audit/2026"
_START = datetime(2026, 1, 1, tzinfo=UTC)
_KEY = Ed25519PrivateKey.from_private_bytes(b"\x2a" * 32)


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, str] = {}

    def write(self, name: str, data: bytes) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.digests[name] = hashlib.sha256(data).hexdigest()


def bodies(size: int) -> Iterator[bytes]:
    """Submissions, one a second, each as long as a real one."""
    for number in range(size):
        entry = Entry(
            id=_id("led", number),
            at=timestamp(_START + timedelta(seconds=number)),
            act=Act.CONTRIBUTION_SUBMITTED if number else Act.LOG_OPENED,
            actor=_id("usr", number % 97),
            organisation=_id("org", number % 11),
            roles=("reporter",),
            objects=(_id("con", number),) if number else (),
            session="5e" * 32,
            release="1.0.0",
            opening=None if number else Opening(origin=_ORIGIN),
        )
        yield entry.to_bytes()


def write(folder: Path, size: int) -> VerifierKey:
    """An export as `crosslight ledger export` writes it; the key that signed it."""
    target = _Folder(folder)
    source, roots, rest = bodies(size), [], []
    for piece in tiles.pieces(size):
        part = [next(source) for _ in range(piece.count)]
        hashes = [leaf_hash(body) for body in part]
        target.write(piece.path(ENTRIES), tiles.bundle(part))
        target.write(piece.path(LEAVES), b"".join(hashes))
        if piece.count == tiles.WIDTH:
            roots.append(root_of(hashes))
        else:
            rest = hashes
    _write_upper_tiles(target, roots)
    key = verifier_key(name=_ORIGIN, key=_KEY)
    target.write(KEY, f"{key.to_text()}\n".encode())
    target.write(README, auditor.page())
    target.write(SCRIPT, auditor.script())
    target.write(SUMS, sums(target.digests))
    checkpoint = Checkpoint(_ORIGIN, size, tiles.root_over(roots, rest))
    target.write(CHECKPOINT, sign_checkpoint(checkpoint, key=_KEY).note.encode())
    return key


def _write_upper_tiles(target: _Folder, hashes: list[bytes]) -> None:
    level = 1
    while hashes:
        for piece in tiles.pieces(len(hashes)):
            part = hashes[piece.start : piece.start + piece.count]
            target.write(piece.path(str(level)), b"".join(part))
        hashes, level = tiles.raise_level(hashes), level + 1


def _id(kind: str, number: int) -> str:
    return f"{kind}_{number:026d}"
