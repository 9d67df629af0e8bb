"""Reading the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from crosslight.core.evidence.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
)
from crosslight.core.evidence.entry import Entry, parse_entry
from crosslight.core.evidence.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    root_of,
)
from crosslight.core.evidence.tiles import WIDTH, root_over
from crosslight.core.evidence.timestamps import Authority
from crosslight.ledger.errors import LedgerEmpty, NoSuchEntry
from crosslight.ledger.models import (
    LedgerCosignature,
    LedgerEntry,
    LedgerHead,
    LedgerHold,
    LedgerObject,
    LedgerStamp,
    LedgerTile,
    LedgerTombstone,
)


@dataclass(frozen=True, slots=True)
class IndexedEntry:
    index: int
    leaf_hash: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Receipt:
    """Shows without the ledger that an entry is in the tree that `checkpoint` signs.

    `index` is its place in the shard of its year, which that checkpoint names.
    """

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


def head_or_none(year: int | None = None) -> LedgerHead | None:
    """The shard that grows, or that of a year."""
    rows = LedgerHead.objects.all() if year is None else LedgerHead.objects.filter(year=year)
    return rows.order_by("-year").first()


def head_of(index: int) -> LedgerHead | None:
    """The shard that holds the entry of this number, retired or not."""
    head = LedgerHead.objects.filter(start__lte=index).order_by("-year").first()
    return head if head is not None and index < head.end else None


def signed_head(year: int | None = None) -> SignedCheckpoint | None:
    """Size and root of the growing shard, or of a year's, signed at its last entry."""
    head = head_or_none(year)
    return None if head is None else signed_by(head)


def shard_year(origin: str) -> int:
    """The year in a shard's name."""
    return int(origin.rpartition("/")[2])


def signed_by(head: LedgerHead) -> SignedCheckpoint:
    frontier = Frontier.from_bytes(size=head.size, data=bytes(head.frontier))
    return SignedCheckpoint(Checkpoint(head.origin, head.size, frontier.root), head.note)


def entries_count() -> int:
    """Of all years, those that were retired included: the number that the next entry gets."""
    head = head_or_none()
    return head.end if head else 0


@dataclass(frozen=True, slots=True)
class Shard:
    """One year. `stamped` is the largest size with a time stamp.

    `cosigned` says of each witness, by its key, the largest size under its cosignature.
    """

    year: int
    origin: str
    size: int
    root: str
    is_closed: bool
    is_retired: bool
    holds: tuple[str, ...]
    stamped: int
    cosigned: Mapping[str, int]

    @property
    def is_stamped(self) -> bool:
        return self.stamped == self.size


def shards() -> tuple[Shard, ...]:
    """Every year from the oldest on."""
    heads = list(LedgerHead.objects.order_by("year"))
    retired = set(LedgerTombstone.objects.values_list("year", flat=True))
    return tuple(
        Shard(
            year=head.year,
            origin=head.origin,
            size=head.size,
            root=signed_by(head).root.hex(),
            is_closed=head is not heads[-1],
            is_retired=head.year in retired,
            holds=tuple(
                LedgerHold.objects.filter(year=head.year)
                .order_by("pk")
                .values_list("reference", flat=True)
            ),
            stamped=_largest_stamped(head.year),
            cosigned=_cosigned(head.year),
        )
        for head in heads
    )


def last_stamp() -> datetime | None:
    """The time of the newest time stamp on a checkpoint; None where there is none."""
    return LedgerStamp.objects.order_by("-stamped_at").values_list("stamped_at", flat=True).first()


def _largest_stamped(year: int) -> int:
    rows = LedgerStamp.objects.filter(year=year).order_by("-size")
    return rows.values_list("size", flat=True).first() or 0


def _cosigned(year: int) -> dict[str, int]:
    rows = LedgerCosignature.objects.filter(year=year).order_by("size")
    return dict(rows.values_list("vkey", "size"))


def stamp_trust(year: int) -> Authority:
    """The roots and policies under which a year's time stamps were taken."""
    rows = LedgerStamp.objects.filter(year=year)
    roots = sorted(set(rows.values_list("root", flat=True)))
    policies = sorted(set(rows.values_list("policy", flat=True)))
    return Authority.pinned("".join(roots).encode(), policies)


def is_retired(year: int) -> bool:
    return LedgerTombstone.objects.filter(year=year).exists()


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


def is_provable(index: int) -> bool:
    """Whether its entry is still there: a year that was retired proves nothing any more."""
    head = head_of(index)
    return head is not None and not is_retired(head.year)


def receipt_proof(index: int) -> Receipt:
    """The inclusion proof of the entry of this number, in its shard as it is at this moment."""
    if head_or_none() is None:
        raise LedgerEmpty
    head = head_of(index)
    if head is None or not is_provable(index):
        raise NoSuchEntry
    place = index - head.start
    return Receipt(
        index=place,
        leaf_hash=_subtree(head, place, place + 1),
        hashes=inclusion_proof(index=place, size=head.size, subtree=partial(_subtree, head)),
        checkpoint=signed_by(head),
    )


def growth_proof(head: LedgerHead, old: int) -> tuple[bytes, ...]:
    """The consistency proof from `old` entries of a shard to its present size."""
    return consistency_proof(old=old, new=head.size, subtree=partial(_subtree, head))


def _indexed(row: LedgerEntry) -> IndexedEntry:
    return IndexedEntry(row.index, bytes(row.leaf_hash), parse_entry(bytes(row.body)))


def leaf_hashes(start: int, end: int) -> list[bytes]:
    rows = LedgerEntry.objects.filter(index__gte=start, index__lt=end).order_by("index")
    return [bytes(leaf) for leaf in rows.values_list("leaf_hash", flat=True)]


def _subtree(head: LedgerHead, start: int, end: int) -> bytes:
    """RFC 6962 only asks for subtrees that begin at a multiple of their size."""
    first, last = start // WIDTH * WIDTH, end // WIDTH * WIDTH
    if first == last or start % WIDTH:
        return root_of(leaf_hashes(head.start + start, head.start + end))
    roots = tile_roots(head.start + first, head.start + last)
    return root_over(roots, leaf_hashes(head.start + last, head.start + end))


def tile_roots(start: int, end: int) -> list[bytes]:
    """Of the full tiles that begin with the numbers from `start` up to `end`."""
    rows = LedgerTile.objects.filter(start__gte=start, start__lt=end).order_by("start")
    return [bytes(root) for root in rows.values_list("root", flat=True)]
