"""Writing the ledger out as plain files that a stranger can check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosslight.core.evidence import tiles
from crosslight.core.evidence.checkpoint import SignedCheckpoint
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
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import verifier_key
from crosslight.core.evidence.tiles import Piece
from crosslight.ledger import auditor
from crosslight.ledger.errors import ExportFolderNotEmpty
from crosslight.ledger.keys import ensure_key
from crosslight.ledger.models import LedgerEntry


@dataclass(frozen=True, slots=True)
class Export:
    folder: Path
    files: int
    checkpoint: SignedCheckpoint


@dataclass
class _Folder:
    """Writes files and remembers their digests."""

    path: Path
    digests: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, data: bytes) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.digests[name] = hashlib.sha256(data).hexdigest()


def write_export(signed: SignedCheckpoint, folder: Path) -> Export:
    """The first `signed.size` entries. The checkpoint comes last: half an export is none."""
    check_export_folder(folder)
    target = _Folder(folder)
    hashes = list(_write_entries(target, signed.size))
    _write_upper_tiles(target, hashes)
    key = verifier_key(name=signed.origin, key=ensure_key())
    target.write(KEY, f"{key.to_text()}\n".encode())
    target.write(README, auditor.page())
    target.write(SCRIPT, auditor.script())
    target.write(SUMS, sums(target.digests))
    target.write(CHECKPOINT, signed.note.encode())
    return Export(folder, len(target.digests), signed)


def check_export_folder(folder: Path) -> None:
    """Raise where an export would mix with files that are there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportFolderNotEmpty


def _write_entries(target: _Folder, size: int) -> Iterator[bytes]:
    """Gives the root of each full tile on the way."""
    for piece in tiles.pieces(size):
        bodies, hashes = _rows(piece)
        target.write(piece.path(ENTRIES), tiles.bundle(bodies))
        target.write(piece.path(LEAVES), b"".join(hashes))
        if piece.count == tiles.WIDTH:
            yield root_of(hashes)


def _rows(piece: Piece) -> tuple[list[bytes], list[bytes]]:
    end = piece.start + piece.count
    rows = LedgerEntry.objects.filter(index__gte=piece.start, index__lt=end).order_by("index")
    pairs = [(bytes(body), bytes(leaf)) for body, leaf in rows.values_list("body", "leaf_hash")]
    return [body for body, _ in pairs], [leaf for _, leaf in pairs]


def _write_upper_tiles(target: _Folder, hashes: list[bytes]) -> None:
    level = 1
    while hashes:
        for piece in tiles.pieces(len(hashes)):
            part = hashes[piece.start : piece.start + piece.count]
            target.write(piece.path(str(level)), b"".join(part))
        hashes, level = tiles.raise_level(hashes), level + 1
