"""Writing the ledger out as plain files that a stranger can check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosslight.core.evidence import tiles
from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.export import CHECKPOINT, ENTRIES, KEY, LEAVES, README, SUMS, sums
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import verifier_key
from crosslight.core.evidence.tiles import Piece
from crosslight.ledger.errors import ExportFolderNotEmpty
from crosslight.ledger.keys import ensure_key
from crosslight.ledger.models import LedgerEntry

_README = """\
This folder is a copy of a ledger: the record of every act and every refusal in one installation
of Crosslight, up to the moment at which it was exported.

What it is for. You can check, without access to the installation and without trusting whoever
runs it, that no entry was changed, removed or slipped in since the ledger was signed.

How to check it:
    crosslight ledger verify THIS_FOLDER --vkey THE_KEY_YOU_WERE_GIVEN
It needs no database. It ends with status 0 and one line, or with status 1 and the number of the
first entry that does not hold. Get the key by another way than this folder (from the
data-protection officer, on paper, from a checkpoint that you kept): the copy in keys/ shows
damage, but whoever rewrote everything would have put their own key there.
`sha256sum --check SHA256SUMS` is a quick test against damage in transport.

What is in it:
    checkpoint      origin, number of entries, root of the tree, signature (C2SP signed note)
    tile/entries/   the entries: JSON, each behind its length in two bytes, 256 to a file
    tile/0/, 1/ ... the hashes of the tree (RFC 6962), 256 to a file (C2SP tlog-tiles)
    keys/log.vkey   the public key of the ledger (Ed25519)
    SHA256SUMS      the digest of every other file

What is not in it: names, reports, or anything else about the persons concerned. Entries hold
identifiers, short codes and times. The field "pc" commits to content that is kept, and can be
erased, elsewhere.

This copy is for checking lawfulness, for self-monitoring, for the integrity and security of the
data and for criminal proceedings, and for nothing else (Directive (EU) 2016/680, article 25).
"""


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
    note = signed.note.encode()
    target.write(KEY, f"{key.to_text()}\n".encode())
    target.write(README, _README.encode())
    target.write(SUMS, sums({**target.digests, CHECKPOINT: hashlib.sha256(note).hexdigest()}))
    target.write(CHECKPOINT, note)
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
