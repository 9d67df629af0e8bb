"""Reading the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from crosslight.core.evidence.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
)
from crosslight.core.evidence.entry import Entry, parse_entry
from crosslight.core.evidence.merkle import Frontier, inclusion_proof, root_of
from crosslight.core.evidence.tiles import WIDTH, root_over
from crosslight.ledger.errors import LedgerEmpty, NoSuchEntry
from crosslight.ledger.models import LedgerEntry, LedgerHead, LedgerObject, LedgerTile


@dataclass(frozen=True, slots=True)
class IndexedEntry:
    index: int
    leaf_hash: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Receipt:
    """Shows without the ledger that entry `index` is in the tree that `checkpoint` signs."""

    index: int
    leaf_hash: bytes
    hashes: tuple[bytes, ...]
    checkpoint: SignedCheckpoint

    @property
    def size(self) -> int:
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        return self.checkpoint.root


def head_or_none() -> LedgerHead | None:
    return LedgerHead.objects.first()


def signed_head() -> SignedCheckpoint | None:
    """The size and root of this moment with the signature made at the last entry."""
    head = head_or_none()
    if head is None:
        return None
    frontier = Frontier.from_bytes(size=head.size, data=bytes(head.frontier))
    return SignedCheckpoint(Checkpoint(head.origin, head.size, frontier.root), head.note)


def entries_count() -> int:
    head = head_or_none()
    return head.size if head else 0


def read_entries(
    *,
    after: int = -1,
    limit: int = 100,
    act: str | None = None,
    actor_id: str | None = None,
    object_id: str | None = None,
) -> tuple[IndexedEntry, ...]:
    """Entries in their order, those with an index above `after`, at most `limit`."""
    rows = _narrowed(act=act, actor_id=actor_id, object_id=object_id).filter(index__gt=after)
    return tuple(_indexed(row) for row in rows.order_by("index")[:limit])


def latest_entries(
    *,
    before: int | None = None,
    limit: int = 100,
    act: str | None = None,
    actor_id: str | None = None,
    object_id: str | None = None,
) -> tuple[IndexedEntry, ...]:
    """Entries from the newest back, those with an index below `before`, at most `limit`."""
    rows = _narrowed(act=act, actor_id=actor_id, object_id=object_id)
    if before is not None:
        rows = rows.filter(index__lt=before)
    return tuple(_indexed(row) for row in rows.order_by("-index")[:limit])


def last_entry_time() -> datetime | None:
    """When the newest entry was made; None in an empty ledger."""
    found = latest_entries(limit=1)
    return datetime.fromisoformat(found[0].entry.at) if found else None


def _narrowed(
    *, act: str | None, actor_id: str | None, object_id: str | None
) -> QuerySet[LedgerEntry]:
    rows = LedgerEntry.objects.all()
    if act is not None:
        rows = rows.filter(act=act)
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if object_id is not None:
        named = LedgerObject.objects.filter(object_id=object_id).values("entry_index")
        rows = rows.filter(index__in=named)
    return rows


def entry(index: int) -> IndexedEntry:
    row = LedgerEntry.objects.filter(index=index).first()
    if row is None:
        raise NoSuchEntry
    return _indexed(row)


def entry_bytes(index: int) -> bytes:
    body = LedgerEntry.objects.filter(index=index).values_list("body", flat=True).first()
    if body is None:
        raise NoSuchEntry
    return bytes(body)


def receipt_proof(index: int) -> Receipt:
    """The inclusion proof of an entry in the ledger of this moment."""
    signed = signed_head()
    if signed is None:
        raise LedgerEmpty
    if not 0 <= index < signed.size:
        raise NoSuchEntry
    return Receipt(
        index=index,
        leaf_hash=_subtree(index, index + 1),
        hashes=inclusion_proof(index=index, size=signed.size, subtree=_subtree),
        checkpoint=signed,
    )


def _indexed(row: LedgerEntry) -> IndexedEntry:
    return IndexedEntry(row.index, bytes(row.leaf_hash), parse_entry(bytes(row.body)))


def leaf_hashes(start: int, end: int) -> list[bytes]:
    rows = LedgerEntry.objects.filter(index__gte=start, index__lt=end).order_by("index")
    return [bytes(leaf) for leaf in rows.values_list("leaf_hash", flat=True)]


def _subtree(start: int, end: int) -> bytes:
    """RFC 6962 only asks for subtrees that begin at a multiple of their size."""
    first, last = start // WIDTH, end // WIDTH
    if first == last or start % WIDTH:
        return root_of(leaf_hashes(start, end))
    tiles = LedgerTile.objects.filter(number__gte=first, number__lt=last).order_by("number")
    roots = [bytes(root) for root in tiles.values_list("root", flat=True)]
    return root_over(roots, leaf_hashes(last * WIDTH, end))
