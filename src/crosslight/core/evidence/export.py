"""An exported ledger: which files it has, and whether they hold. Needs nothing but the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crosslight.core.evidence import tiles
from crosslight.core.evidence.checkpoint import SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import NoteFault, VerifierKey
from crosslight.core.evidence.tiles import Piece, TileFault
from crosslight.core.evidence.verification import (
    LedgerFault,
    StoredEntry,
    Verification,
    replay,
)

CHECKPOINT = "checkpoint"
KEY = "keys/log.vkey"
README = "README.txt"
SUMS = "SHA256SUMS"
ENTRIES = "entries"
LEAVES = "0"


def verify_export(files: Mapping[str, bytes], *, key: VerifierKey | None = None) -> Verification:
    """Check every byte of an export, given as its relative paths and their content.

    Without `key` the export is checked against the key that lies in it: that shows damage, not
    who signed. An auditor passes the key that was handed over by another way.
    """
    try:
        signed = _signed(files, key=key)
        leaves = _Leaves(files, signed.size)
        for _ in replay(leaves.entries(), signed=[signed]):
            pass
        _check_upper_tiles(files, leaves.tile_roots)
        _check_sums(files, signed.size)
    except LedgerFault as fault:
        return Verification.of_fault(fault)
    return Verification.of_checkpoints([signed])


def sums(digests: Mapping[str, str]) -> bytes:
    """The text of SHA256SUMS, as `sha256sum --check` reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def expected_names(size: int) -> Iterator[str]:
    """Every file that an export of `size` entries has, and no other."""
    yield from (CHECKPOINT, KEY, README, SUMS)
    yield from (piece.path(ENTRIES) for piece in tiles.pieces(size))
    for level, count in tiles.level_counts(size):
        yield from (piece.path(str(level)) for piece in tiles.pieces(count))


@dataclass
class _Leaves:
    """Reads entries beside their hashes, and keeps the root of each full tile on the way."""

    files: Mapping[str, bytes]
    size: int
    tile_roots: list[bytes] = field(default_factory=list)

    def entries(self) -> Iterator[StoredEntry]:
        for piece in tiles.pieces(self.size):
            hashes = _hashes(self.files, piece, level=LEAVES)
            yield from self._of_piece(piece, hashes)
            if piece.count == tiles.WIDTH:
                self.tile_roots.append(root_of(hashes))

    def _of_piece(self, piece: Piece, hashes: list[bytes]) -> Iterator[StoredEntry]:
        index = piece.start
        try:
            for body in tiles.unbundle(_read(self.files, piece.path(ENTRIES), entry=index)):
                if index == piece.start + piece.count:
                    raise LedgerFault("it is more than was signed.", entry=index)
                yield StoredEntry(index, body, hashes[index - piece.start])
                index += 1
        except TileFault as error:
            raise LedgerFault(str(error), entry=index) from error
        if index < piece.start + piece.count:
            raise LedgerFault("it is missing.", entry=index)


def _signed(files: Mapping[str, bytes], *, key: VerifierKey | None) -> SignedCheckpoint:
    try:
        enclosed = VerifierKey.from_text(_line(_read(files, KEY)))
        if key is not None and key != enclosed:
            raise LedgerFault("The key in the export is not the key that you hold.")
        return open_checkpoint(_read(files, CHECKPOINT).decode(), key=enclosed)
    except (NoteFault, UnicodeDecodeError) as error:
        raise LedgerFault(f"The signed checkpoint does not hold: {error}") from error


def _line(data: bytes) -> str:
    text = data.decode()
    if not text.endswith("\n"):
        raise NoteFault("The line with the key has no end.")
    return text[:-1]


def _check_upper_tiles(files: Mapping[str, bytes], hashes: list[bytes]) -> None:
    level = 1
    while hashes:
        for piece in tiles.pieces(len(hashes)):
            expected = hashes[piece.start : piece.start + piece.count]
            if _hashes(files, piece, level=str(level)) != expected:
                raise LedgerFault(f"{piece.path(str(level))} does not follow from the entries.")
        hashes, level = tiles.raise_level(hashes), level + 1


def _check_sums(files: Mapping[str, bytes], size: int) -> None:
    """No byte of any file may change, not even in the text for the reader."""
    expected = set(expected_names(size))
    if strays := sorted(set(files) ^ expected):
        raise LedgerFault(f"{strays[0]} is missing, or does not belong here.")
    digests = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(expected - {SUMS})}
    listed = _read(files, SUMS)
    if listed == sums(digests):
        return
    for name, digest in digests.items():
        if f"{digest}  {name}\n".encode() not in listed:
            raise LedgerFault(f"{name} does not match its line in {SUMS}.")
    raise LedgerFault(f"{SUMS} is not the list of these files.")


def _hashes(files: Mapping[str, bytes], piece: Piece, *, level: str) -> list[bytes]:
    path = piece.path(level)
    entry = piece.start if level == LEAVES else None
    try:
        hashes = tiles.split_tile(_read(files, path, entry=entry))
    except TileFault as error:
        raise LedgerFault(f"{path}: {error}", entry=entry) from error
    if len(hashes) != piece.count:
        raise LedgerFault(f"{path} does not hold {piece.count} hashes.", entry=entry)
    return hashes


def _read(files: Mapping[str, bytes], name: str, *, entry: int | None = None) -> bytes:
    try:
        return files[name]
    except KeyError as error:
        raise LedgerFault(f"{name} is missing.", entry=entry) from error
