"""Does the ledger in this database hold? Reads only; writers need not stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Max

from crosslight.core.evidence.checkpoint import Checkpoint, SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.entry import Entry, EntryFault, commitment, parse_entry
from crosslight.core.evidence.merkle import root_of
from crosslight.core.evidence.notes import Note, NoteFault, VerifierKey, verifier_key
from crosslight.core.evidence.rotation import KeyChain
from crosslight.core.evidence.shards import Closed, check_link
from crosslight.core.evidence.stamps import is_after, verify_checkpoint_stamp
from crosslight.core.evidence.tiles import WIDTH
from crosslight.core.evidence.timestamps import Authority, StampFault
from crosslight.core.evidence.verification import (
    EMPTY_LEDGER,
    LedgerFault,
    SoundEntry,
    StoredEntry,
    Trail,
    Verification,
    replay,
)
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import KeyUnusable
from crosslight.ledger.keys import key_of
from crosslight.ledger.models import (
    LedgerCheckpoint,
    LedgerEntry,
    LedgerHead,
    LedgerObject,
    LedgerPayload,
    LedgerStamp,
    LedgerTile,
    LedgerTombstone,
)
from crosslight.ledger.selectors import head_or_none, leaf_hashes

# Whole tiles, so that each is checked within one chunk.
_CHUNK = 4 * WIDTH


def verify_database() -> Verification:
    """Check every entry, checkpoint, index row and remaining payload; name the first fault."""
    # In this order: a checkpoint was given out of a head that was there, and what the head covers
    # is committed and never changes again.
    given_out = _by_year(LedgerCheckpoint.objects.values_list("year", "size", "note"))
    heads = list(LedgerHead.objects.order_by("year"))
    total = heads[-1].end if heads else 0
    try:
        if not heads:
            _check_no_strays()
            return EMPTY_LEDGER
        found = list(_checked_shards(heads, given_out))
        _check_no_strays()
    except LedgerFault as fault:
        return Verification.of_fault(fault, entries=total)
    return Verification(
        entries=total,
        root=found[-1].closed.signed.root.hex(),
        checkpoints=sum(shard.checkpoints for shard in found),
        stamps=sum(len(shard.stamps) for shard in found),
        stamped_size=max((size for size, _ in found[-1].stamps), default=0),
        shards=len(found),
        leaves=tuple(sorted({leaf for shard in found for _, leaf in shard.stamps})),
    )


def _by_year(rows: Iterable[tuple[int, int, str]]) -> Mapping[int, dict[int, str]]:
    years: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for year, size, note in rows:
        years[year][size] = note
    return years


@dataclass(frozen=True, slots=True)
class _Shard:
    """`stamps` are the stamped sizes, each with the fingerprint of who signed."""

    closed: Closed
    checkpoints: int
    stamps: tuple[tuple[int, str], ...]


def _checked_shards(
    heads: Sequence[LedgerHead], given_out: Mapping[int, Mapping[int, str]]
) -> Iterator[_Shard]:
    before: Closed | None = None
    start = 0
    keys = _last_keys(heads)
    retired = set(LedgerTombstone.objects.values_list("year", flat=True))
    for head in heads:
        if head.start != start:
            raise LedgerFault(f"{head.origin} does not begin where the shard before it ends.")
        notes = {**given_out.get(head.year, {}), head.size: head.note}
        if head.year in retired:
            shard = _retired(head, keys[head.year], count=len(notes))
        else:
            shard = _checked(head, notes, before=before, key=keys[head.year])
            if head is not heads[-1] and not shard.closed.is_closed:
                raise LedgerFault(f"{head.origin} was followed by another, but never closed.")
        yield shard
        before, start = shard.closed, head.end


def _retired(head: LedgerHead, key: VerifierKey, *, count: int) -> _Shard:
    """Its entries are gone; the shard that follows must name its last root."""
    signed = _opened(head.note, size=head.size, key=key)
    return _Shard(Closed(signed, KeyChain.of((), last=key), is_closed=True), count, ())


def _checked(
    head: LedgerHead, notes: Mapping[int, str], *, before: Closed | None, key: VerifierKey
) -> _Shard:
    checkpoints = [_unopened(note, size=size) for size, note in sorted(notes.items())]
    stamps = list(LedgerStamp.objects.filter(year=head.year, size__lte=head.size))
    trail = Trail(wanted=frozenset(stamp.size for stamp in stamps))
    try:
        signed = _opened(head.note, size=head.size, key=key)
        _check_all(head.start, replay(_stored(head), signed=checkpoints, trail=trail))
        keys = _key_chain(trail, last=key)
        for size, note in sorted(notes.items()):
            _opened(note, size=size, key=keys.at(size))
        leaves = tuple((stamp.size, _checked_stamp(head, stamp, trail)) for stamp in stamps)
    except LedgerFault as fault:
        if fault.entry is None:
            raise
        raise LedgerFault(fault.what, entry=head.start + fault.entry) from fault
    if trail.opening is None:
        raise LedgerFault("a ledger is opened by its first entry.", entry=head.start)
    check_link(before, trail.opening, keys=None if before is None else keys)
    return _Shard(Closed(signed, keys, trail.is_closed), len(notes), leaves)


def _key_chain(trail: Trail, *, last: VerifierKey) -> KeyChain:
    try:
        return KeyChain.of(trail.exchanges, last=last)
    except NoteFault as error:
        raise LedgerFault(str(error)) from error


def _last_keys(heads: Sequence[LedgerHead]) -> Mapping[int, VerifierKey]:
    """The key that signs each shard at its end, from the one in the file back in time.

    Every exchange on the way is looked up here and checked where its shard is replayed.
    """
    newest = heads[-1]
    try:
        key = verifier_key(name=newest.origin, key=key_of(newest.origin, newest.note))
    except KeyUnusable as error:
        raise LedgerFault(error.what) from error
    found = {}
    for head in reversed(heads):
        found[head.year] = key = replace(key, name=head.origin)
        key = _first_key(head) or key
    return found


def _first_key(head: LedgerHead) -> VerifierKey | None:
    """The key with which the shard began, where it was exchanged later."""
    tombstone = LedgerTombstone.objects.filter(year=head.year).first()
    rows = LedgerEntry.objects.filter(index__gte=head.start, index__lt=head.end)
    row = rows.filter(act=Act.KEY_ROTATED.value).order_by("index").first()
    try:
        if tombstone is not None:
            return VerifierKey.from_text(tombstone.first_key)
        rotation = parse_entry(bytes(row.body)).rotation if row is not None else None
        return None if rotation is None else VerifierKey.from_text(rotation.old_key)
    except (EntryFault, NoteFault) as error:
        raise LedgerFault(str(error), entry=row.index if row is not None else None) from error


def _unopened(note: str, *, size: int) -> Checkpoint:
    """Which key must have signed it follows from the entries."""
    try:
        checkpoint = Checkpoint.from_text(Note.from_text(note).text)
    except NoteFault as error:
        raise LedgerFault(f"The checkpoint at {size} entries does not hold: {error}") from error
    if checkpoint.size != size:
        raise LedgerFault(f"The checkpoint at {size} entries speaks of {checkpoint.size}.")
    return checkpoint


def _checked_stamp(head: LedgerHead, stamp: LedgerStamp, trail: Trail) -> str:
    """The fingerprint of who signed it."""
    state = trail.states[stamp.size]
    checkpoint = Checkpoint(head.origin, stamp.size, state.root)
    try:
        trust = Authority.pinned(stamp.root.encode(), [stamp.policy])
        found = verify_checkpoint_stamp(bytes(stamp.response), checkpoint=checkpoint, trust=trust)
    except StampFault as error:
        raise LedgerFault(f"The time stamp at {stamp.size} entries: {error}") from error
    if not is_after(found.time, state.at):
        raise LedgerFault(f"The time stamp at {stamp.size} entries is older than the last of them.")
    return found.signer


def _opened(note: str, *, size: int, key: VerifierKey) -> SignedCheckpoint:
    try:
        signed = open_checkpoint(note, key=key)
    except NoteFault as error:
        raise LedgerFault(f"The checkpoint at {size} entries does not hold: {error}") from error
    if signed.size != size:
        raise LedgerFault(f"The checkpoint at {size} entries speaks of {signed.size}.")
    return signed


def _stored(head: LedgerHead) -> Iterator[StoredEntry]:
    rows = LedgerEntry.objects.filter(index__gte=head.start, index__lt=head.end).order_by("index")
    for row in rows.iterator(chunk_size=_CHUNK):
        yield StoredEntry(row.index - head.start, bytes(row.body), bytes(row.leaf_hash))


def _check_all(start: int, entries: Iterable[SoundEntry]) -> None:
    """Compare every entry with what the other tables say about it.

    `start` is the number of the shard's first entry; entries come with their place in its tree.
    """
    chunk: list[SoundEntry] = []
    try:
        for item in entries:
            if len(chunk) == _CHUNK:
                _check_chunk(start, chunk)
                chunk = []
            chunk.append(item)
    finally:
        # On a fault too: one of these may hold an earlier fault, and the first is to be named.
        _check_chunk(start, chunk)


def _check_chunk(shard: int, chunk: list[SoundEntry]) -> None:
    if not chunk:
        return
    start, end = shard + chunk[0].index, shard + chunk[-1].index + 1
    rows = LedgerEntry.objects.filter(index__gte=start, index__lt=end)
    found_by = {row[0]: row[1:] for row in rows.values_list("index", "act", "actor_id")}
    objects = _objects(start, end)
    payloads = LedgerPayload.objects.filter(index__gte=start, index__lt=end).in_bulk()
    for item in chunk:
        entry, number = item.entry, shard + item.index
        if found_by.get(number) != (entry.act.value, entry.actor):
            raise LedgerFault("its act or actor is indexed wrongly.", entry=item.index)
        if objects.get(number, set()) != set(entry.objects):
            raise LedgerFault("its objects are indexed wrongly.", entry=item.index)
        if number in payloads:
            _check_payload(entry, payloads[number], place=item.index)
    _check_tiles(shard, chunk[0].index, chunk[-1].index + 1)


def _check_tiles(shard: int, start: int, end: int) -> None:
    """`start` is the place of the first entry of a tile. Receipts are made from these rows."""
    stored = LedgerTile.objects.filter(start__gte=shard + start, start__lt=shard + end).in_bulk()
    for place in range(start, end // WIDTH * WIDTH, WIDTH):
        first = shard + place
        hashes = leaf_hashes(first, first + WIDTH)
        if first not in stored or bytes(stored[first].root) != root_of(hashes):
            raise LedgerFault("the tile that it begins is stored wrongly.", entry=place)
    if len(stored) > (end - start) // WIDTH:
        raise LedgerFault("a tile is stored that is not full.", entry=start)


def _objects(start: int, end: int) -> dict[int, set[str]]:
    rows = LedgerObject.objects.filter(entry_index__gte=start, entry_index__lt=end)
    return _grouped(rows.values_list("entry_index", "object_id"))


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for index, name in pairs:
        groups[index].add(name)
    return groups


def _check_payload(entry: Entry, payload: LedgerPayload, *, place: int) -> None:
    expected = commitment(key=bytes(payload.key), payload=bytes(payload.body))
    if entry.commitment != expected:
        raise LedgerFault("its payload is not the one it was made with.", entry=place)


_BY_NUMBER = (
    (LedgerEntry, "index"),
    (LedgerObject, "entry_index"),
    (LedgerPayload, "index"),
    (LedgerTile, "start"),
)


def _check_no_strays() -> None:
    """Rows past the head: none can be there, since both are written in one transaction."""
    for model, column in _BY_NUMBER:
        last = model.objects.aggregate(last=Max(column))["last"]
        head = head_or_none()
        if last is not None and (head is None or last >= head.end):
            raise LedgerFault("it lies outside the signed ledger.", entry=last)
    for head in LedgerHead.objects.filter(
        year__in=LedgerTombstone.objects.values_list("year", flat=True)
    ):
        for model, column in _BY_NUMBER:
            left = {f"{column}__gte": head.start, f"{column}__lt": head.end}
            if model.objects.filter(**left).exists():
                raise LedgerFault(f"{head.origin} is retired, and some of it is still here.")
