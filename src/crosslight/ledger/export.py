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
    STAMP_POLICIES,
    STAMP_ROOTS,
    SUMS,
    stamp_path,
    sums,
)
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import MOST_SIGNATURES, verifier_key
from crosslight.core.evidence.tiles import Piece
from crosslight.ledger import auditor
from crosslight.ledger.errors import ExportFolderNotEmpty, ShardRetired
from crosslight.ledger.keys import key_of
from crosslight.ledger.models import LedgerCosignature, LedgerEntry, LedgerHead, LedgerStamp
from crosslight.ledger.selectors import is_retired, stamp_trust


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


def write_export(head: LedgerHead, signed: SignedCheckpoint, folder: Path) -> Export:
    """The first `signed.size` entries of a shard. The checkpoint comes last: half is none."""
    check_export_folder(folder)
    if is_retired(head.year):
        raise ShardRetired
    target = _Folder(folder)
    hashes = list(_write_entries(target, head.start, signed.size))
    _write_upper_tiles(target, hashes)
    _write_stamps(target, head.year, signed.size)
    key = verifier_key(name=signed.origin, key=key_of(signed.origin, signed.note))
    target.write(KEY, f"{key.to_text()}\n".encode())
    target.write(README, auditor.page())
    target.write(SCRIPT, auditor.script())
    target.write(SUMS, sums(target.digests))
    target.write(CHECKPOINT, _with_cosignatures(signed, head.year).encode())
    return Export(folder, len(target.digests), signed)


def check_export_folder(folder: Path) -> None:
    """Raise where an export would mix with files that are there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportFolderNotEmpty


def write_shared(folder: Path) -> None:
    """What lies above the folders of the years: the page and the script."""
    (folder / README).write_bytes(auditor.page())
    (folder / SCRIPT).write_bytes(auditor.script())


def _with_cosignatures(signed: SignedCheckpoint, year: int) -> str:
    rows = LedgerCosignature.objects.filter(year=year, size=signed.size).order_by("pk")
    return signed.note + "".join(rows.values_list("line", flat=True)[: MOST_SIGNATURES - 1])


def _write_stamps(target: _Folder, year: int, size: int) -> None:
    """All that were made so far, with the roots and policies against which they hold."""
    rows = LedgerStamp.objects.filter(year=year, size__lte=size).order_by("size")
    if not rows.exists():
        return
    for row in rows.iterator():
        target.write(stamp_path(row.size), bytes(row.response))
    trust = stamp_trust(year)
    target.write(STAMP_ROOTS, trust.pem())
    target.write(STAMP_POLICIES, trust.policy_lines())


def _write_entries(target: _Folder, start: int, size: int) -> Iterator[bytes]:
    """Gives the root of each full tile on the way."""
    for piece in tiles.pieces(size):
        bodies, hashes = _rows(start, piece)
        target.write(piece.path(ENTRIES), tiles.bundle(bodies))
        target.write(piece.path(LEAVES), b"".join(hashes))
        if piece.count == tiles.WIDTH:
            yield root_of(hashes)


def _rows(start: int, piece: Piece) -> tuple[list[bytes], list[bytes]]:
    first = start + piece.start
    rows = LedgerEntry.objects.filter(index__gte=first, index__lt=first + piece.count)
    rows = rows.order_by("index")
    pairs = [(bytes(body), bytes(leaf)) for body, leaf in rows.values_list("body", "leaf_hash")]
    return [body for body, _ in pairs], [leaf for _, leaf in pairs]


def _write_upper_tiles(target: _Folder, hashes: list[bytes]) -> None:
    level = 1
    while hashes:
        for piece in tiles.pieces(len(hashes)):
            part = hashes[piece.start : piece.start + piece.count]
            target.write(piece.path(str(level)), b"".join(part))
        hashes, level = tiles.raise_level(hashes), level + 1
