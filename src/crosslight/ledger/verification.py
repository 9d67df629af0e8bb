"""Does the ledger in this database hold? Reads only; writers need not stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Max

from crosslight.core.evidence.checkpoint import SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.entry import Entry, commitment
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import NoteFault, VerifierKey, verifier_key
from crosslight.core.evidence.tiles import WIDTH
from crosslight.core.evidence.verification import (
    EMPTY_LEDGER,
    LedgerFault,
    SoundEntry,
    StoredEntry,
    Verification,
    replay,
)
from crosslight.ledger.errors import KeyUnusable
from crosslight.ledger.keys import existing_key
from crosslight.ledger.models import (
    LedgerCheckpoint,
    LedgerEntry,
    LedgerHead,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
)
from crosslight.ledger.selectors import head_or_none, leaf_hashes

# Whole tiles, so that each is checked within one chunk.
_CHUNK = 4 * WIDTH


def verify_database() -> Verification:
    """Check every entry, checkpoint, index row and remaining payload; name the first fault."""
    # In this order: a checkpoint was given out of a head that was there, and what the head covers
    # is committed and never changes again.
    given_out = {row.size: row.note for row in LedgerCheckpoint.objects.iterator()}
    head = head_or_none()
    try:
        if head is None:
            _check_no_strays()
            return EMPTY_LEDGER
        signed = _opened_all(head, given_out)
        _check_all(replay(_stored(head.size), signed=signed))
        _check_no_strays()
    except LedgerFault as fault:
        return Verification.of_fault(fault, entries=head.size if head else 0)
    return Verification.of_checkpoints(signed)


def _opened_all(head: LedgerHead, given_out: Mapping[int, str]) -> list[SignedCheckpoint]:
    """All signed checkpoints by size, the head's own among them."""
    try:
        key = verifier_key(name=head.origin, key=existing_key())
    except KeyUnusable as error:
        raise LedgerFault(error.what) from error
    notes = sorted([*given_out.items(), (head.size, head.note)])
    return [_opened(note, size=size, key=key) for size, note in notes]


def _opened(note: str, *, size: int, key: VerifierKey) -> SignedCheckpoint:
    try:
        signed = open_checkpoint(note, key=key)
    except NoteFault as error:
        raise LedgerFault(f"The checkpoint at {size} entries does not hold: {error}") from error
    if signed.size != size:
        raise LedgerFault(f"The checkpoint at {size} entries speaks of {signed.size}.")
    return signed


def _stored(size: int) -> Iterator[StoredEntry]:
    rows = LedgerEntry.objects.filter(index__lt=size).order_by("index")
    for row in rows.iterator(chunk_size=_CHUNK):
        yield StoredEntry(row.index, bytes(row.body), bytes(row.leaf_hash))


def _check_all(entries: Iterable[SoundEntry]) -> None:
    """Compare every entry with what the other tables say about it."""
    chunk: list[SoundEntry] = []
    try:
        for item in entries:
            if len(chunk) == _CHUNK:
                _check_chunk(chunk)
                chunk = []
            chunk.append(item)
    finally:
        # On a fault too: one of these may hold an earlier fault, and the first is to be named.
        _check_chunk(chunk)


def _check_chunk(chunk: list[SoundEntry]) -> None:
    if not chunk:
        return
    start, end = chunk[0].index, chunk[-1].index + 1
    rows = LedgerEntry.objects.filter(index__gte=start, index__lt=end)
    found_by = {row[0]: row[1:] for row in rows.values_list("index", "act", "actor_id")}
    objects = _objects(start, end)
    payloads = LedgerPayload.objects.filter(index__gte=start, index__lt=end).in_bulk()
    for item in chunk:
        entry = item.entry
        if found_by.get(item.index) != (entry.act.value, entry.actor):
            raise LedgerFault("its act or actor is indexed wrongly.", entry=item.index)
        if objects[item.index] != set(entry.objects):
            raise LedgerFault("its objects are indexed wrongly.", entry=item.index)
        if item.index in payloads:
            _check_payload(entry, payloads[item.index])
    _check_tiles(start, end)


def _check_tiles(start: int, end: int) -> None:
    """`start` is the first entry of a tile. Receipts are made from these rows."""
    first, last = start // WIDTH, end // WIDTH
    stored = LedgerTile.objects.filter(number__gte=first, number__lt=last).in_bulk()
    for number in range(first, last):
        hashes = leaf_hashes(number * WIDTH, (number + 1) * WIDTH)
        if number not in stored or bytes(stored[number].root) != root_of(hashes):
            raise LedgerFault("the tile that it begins is stored wrongly.", entry=number * WIDTH)


def _objects(start: int, end: int) -> dict[int, set[str]]:
    rows = LedgerObject.objects.filter(entry_index__gte=start, entry_index__lt=end)
    return _grouped(rows.values_list("entry_index", "object_id"))


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for index, name in pairs:
        groups[index].add(name)
    return groups


def _check_payload(entry: Entry, payload: LedgerPayload) -> None:
    expected = commitment(key=bytes(payload.key), payload=bytes(payload.body))
    if entry.commitment != expected:
        raise LedgerFault("its payload is not the one it was made with.", entry=payload.index)


def _check_no_strays() -> None:
    """Rows past the head: none can be there, since both are written in one transaction."""
    tables = (
        (LedgerEntry, "index"),
        (LedgerObject, "entry_index"),
        (LedgerPayload, "index"),
    )
    for model, column in tables:
        last = model.objects.aggregate(last=Max(column))["last"]
        head = head_or_none()
        if last is not None and (head is None or last >= head.size):
            raise LedgerFault("it lies outside the signed ledger.", entry=last)
