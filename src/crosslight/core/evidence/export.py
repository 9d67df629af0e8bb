"""An exported ledger: which files it has, and whether they hold. Needs nothing but the files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crosslight.core.evidence import tiles
from crosslight.core.evidence.checkpoint import Checkpoint, SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.entry import Opening
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import Note, NoteFault, VerifierKey
from crosslight.core.evidence.quorum import TrustPolicy
from crosslight.core.evidence.receipts import Proof
from crosslight.core.evidence.rotation import KeyChain
from crosslight.core.evidence.stamps import is_after, verify_checkpoint_stamp
from crosslight.core.evidence.tiles import Piece, TileFault
from crosslight.core.evidence.timestamps import Authority, Stamp, StampFault
from crosslight.core.evidence.tree import TileTree
from crosslight.core.evidence.verification import (
    LedgerFault,
    State,
    StoredEntry,
    Trail,
    Verification,
    replay,
)

CHECKPOINT = "checkpoint"
KEY = "keys/log.vkey"
README = "README.txt"
SCRIPT = "verify.sh"
SUMS = "SHA256SUMS"
STAMP_ROOTS = "keys/tsa.pem"
STAMP_POLICIES = "keys/tsa.policies"
UNLISTED = frozenset({CHECKPOINT, SUMS})
ENTRIES = "entries"
LEAVES = "0"
_STAMP = re.compile(r"tsr/([1-9][0-9]{0,18})\.tsr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the auditor has by another way than the export, each part of it optional.

    `kept` are signed checkpoints of the same ledger from earlier days; `stamps` says which time
    stamping authorities are believed.
    """

    key: VerifierKey | None = None
    policy: TrustPolicy | None = None
    kept: Sequence[str] = ()
    stamps: Authority | None = None


NOTHING_KNOWN = Known()


def verify_export(files: Mapping[str, bytes], *, known: Known = NOTHING_KNOWN) -> Verification:
    """Check every byte of an export, given as its relative paths and their content.

    Without a key or a policy that names the ledger, the export is checked against the key that
    lies in it: that shows damage, not who signed. So it is with the authorities of time stamps.
    """
    try:
        return examine_export(files, known=known).verification
    except LedgerFault as fault:
        return Verification.of_fault(fault)


@dataclass(frozen=True, slots=True)
class Examined:
    """One shard that holds, with what is compared between shards."""

    verification: Verification
    signed: SignedCheckpoint
    keys: KeyChain
    opening: Opening
    is_closed: bool


def examine_export(files: Mapping[str, bytes], *, known: Known = NOTHING_KNOWN) -> Examined:
    """As `verify_export`; raises LedgerFault at the first thing that does not hold."""
    key = _enclosed_key(files)
    signed = _signed(_text(files, CHECKPOINT), key=key)
    stamps = sorted(stamp_sizes(files))
    kept = [_unopened(note) for note in known.kept]
    checkpoints = sorted([signed.checkpoint, *kept], key=lambda each: each.size)
    trail = Trail(wanted=frozenset(stamps))
    leaves = _Leaves(files, signed.size)
    for _ in replay(leaves.entries(), signed=checkpoints, trail=trail):
        pass
    keys = _key_chain(trail, last=key)
    _check_known(keys, known=known)
    for note, checkpoint in zip(known.kept, kept, strict=True):
        _signed(note, key=keys.at(checkpoint.size), whose="that you kept")
    witnesses = _witnesses(signed, policy=known.policy)
    stamped = [
        _stamped(files, size, origin=signed.origin, state=trail.states.get(size), known=known)
        for size in stamps
    ]
    _check_upper_tiles(files, leaves.tile_roots)
    _check_sums(files, signed.size)
    if trail.opening is None:
        raise LedgerFault("a ledger is opened by its first entry.", entry=0)
    verification = Verification(
        entries=signed.size,
        root=signed.root.hex(),
        checkpoints=len({checkpoint.size for checkpoint in checkpoints}),
        witnesses=witnesses,
        stamps=len(stamped),
        stamped_size=stamps[-1] if stamps else 0,
        leaves=tuple(sorted({stamp.signer for stamp in stamped})),
    )
    return Examined(verification, signed, keys, trail.opening, trail.is_closed)


def _key_chain(trail: Trail, *, last: VerifierKey) -> KeyChain:
    try:
        return KeyChain.of(trail.exchanges, last=last)
    except NoteFault as error:
        raise LedgerFault(str(error)) from error


def _unopened(note: str) -> Checkpoint:
    """Which key must have signed it follows from the entries."""
    try:
        return Checkpoint.from_text(Note.from_text(note).text)
    except NoteFault as error:
        raise LedgerFault(f"The signed checkpoint that you kept does not hold: {error}") from error


def stamp_sizes(files: Iterable[str]) -> Iterator[int]:
    """Of which sizes there are time stamps; a file of another name does not belong there."""
    for name in files:
        if found := _STAMP.fullmatch(name):
            yield int(found[1])


def stamp_path(size: int) -> str:
    return f"tsr/{size}.tsr"


def _stamped(
    files: Mapping[str, bytes], size: int, *, origin: str, state: State | None, known: Known
) -> Stamp:
    path = stamp_path(size)
    if state is None:
        raise LedgerFault(f"{path} is of a state that the ledger has not reached.")
    checkpoint = Checkpoint(origin, size, state.root)
    try:
        trust = known.stamps or _enclosed_trust(files)
        stamp = verify_checkpoint_stamp(_read(files, path), checkpoint=checkpoint, trust=trust)
    except StampFault as error:
        raise LedgerFault(f"{path}: {error}") from error
    if not is_after(stamp.time, state.at):
        raise LedgerFault(f"{path}: it was made before the last entry that it covers.")
    return stamp


def _enclosed_trust(files: Mapping[str, bytes]) -> Authority:
    return Authority.pinned(
        _read(files, STAMP_ROOTS), tuple(_text(files, STAMP_POLICIES).splitlines())
    )


def receipt_from(files: Mapping[str, bytes], index: int) -> Proof:
    """The receipt of one entry under the export's checkpoint, with all its signatures.

    Raises LedgerFault where the entry is not there or the export does not bear it out.
    """
    key = _enclosed_key(files)
    signed = _signed(_text(files, CHECKPOINT), key=key)
    try:
        hashes = TileTree(files, signed.size).inclusion(index, size=signed.size)
        proof = Proof(index, hashes, signed.note, _entry_at(files, index, size=signed.size))
        proof.verify(key=key)
    except (TileFault, NoteFault) as error:
        raise LedgerFault(str(error), entry=index) from error
    except ValueError as error:
        raise LedgerFault(f"The export has the entries 0 to {signed.size - 1}.") from error
    return proof


def _entry_at(files: Mapping[str, bytes], index: int, *, size: int) -> bytes:
    number, place = divmod(index, tiles.WIDTH)
    piece = Piece(number, min(tiles.WIDTH, size - number * tiles.WIDTH))
    bodies = list(tiles.unbundle(_read(files, piece.path(ENTRIES), entry=index)))
    if len(bodies) != piece.count:
        raise TileFault("its bundle does not hold as many entries as it must.")
    return bodies[place]


def sums(digests: Mapping[str, str]) -> bytes:
    """The text of SHA256SUMS, as `sha256sum --check` reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def expected_names(size: int, *, stamps: Collection[int] = ()) -> Iterator[str]:
    """Every file that an export of `size` entries has, and no other."""
    yield from (CHECKPOINT, KEY, README, SCRIPT, SUMS)
    yield from map(stamp_path, stamps)
    if stamps:
        yield from (STAMP_ROOTS, STAMP_POLICIES)
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


def _enclosed_key(files: Mapping[str, bytes]) -> VerifierKey:
    try:
        return VerifierKey.from_text(_line(_text(files, KEY)))
    except NoteFault as error:
        raise LedgerFault(f"The key in the export does not hold: {error}") from error


def _check_known(keys: KeyChain, *, known: Known) -> None:
    """One of the ledger's keys must be the one that the auditor holds: they vouch for each other.

    The older for the newer, since it signed the exchange; the newer for the older, since it signs
    the tree in which the exchange stands.
    """
    if known.key is not None and not keys.knows(known.key):
        raise LedgerFault("The key in the export is not the key that you hold.")
    ledgers = known.policy.ledgers if known.policy else ()
    if ledgers and not any(map(keys.knows, ledgers)):
        raise LedgerFault("The key in the export is of no ledger that the policy names.")


def _signed(note: str, *, key: VerifierKey, whose: str = "of the export") -> SignedCheckpoint:
    try:
        return open_checkpoint(note, key=key)
    except NoteFault as error:
        raise LedgerFault(f"The signed checkpoint {whose} does not hold: {error}") from error


def _witnesses(signed: SignedCheckpoint, *, policy: TrustPolicy | None) -> tuple[str, ...]:
    try:
        return () if policy is None else policy.accepted(signed.note)
    except NoteFault as error:
        raise LedgerFault(f"The witnesses do not stand for it: {error}") from error


def _text(files: Mapping[str, bytes], name: str) -> str:
    try:
        return _read(files, name).decode()
    except UnicodeDecodeError as error:
        raise LedgerFault(f"{name} is not text.") from error


def _line(text: str) -> str:
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
    """No byte of any file may change, not even in the text for the reader.

    The checkpoint is not listed: its signature guards it, and witnesses add lines to it.
    """
    expected = set(expected_names(size, stamps=set(stamp_sizes(files))))
    if strays := sorted(set(files) ^ expected):
        # A stranger chose the name: it may hold bytes that move the cursor, or that are no text.
        raise LedgerFault(f"{strays[0]!a} is missing, or does not belong here.")
    digests = {
        name: hashlib.sha256(files[name]).hexdigest() for name in sorted(expected - UNLISTED)
    }
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
