"""What oversight asks of the ledger beside reading it: populations, proofs in numbers, standing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crosslight.core.evidence.checkpoint import SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.notes import NoteFault, VerifierKey, verifier_key
from crosslight.core.evidence.receipts import Proof
from crosslight.core.evidence.sampling import ACCESSES
from crosslight.foundation.transactions import lock_ledger, own_act
from crosslight.ledger.keys import key_of
from crosslight.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerHead, LedgerObject
from crosslight.ledger.selectors import (
    IndexedEntry,
    entry,
    entry_bytes,
    head_of,
    head_or_none,
    is_retired,
    receipt_proof,
    signed_by,
    signed_head,
)
from crosslight.ledger.services import keep_checkpoint

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The growing shard of this moment; `start` is the number of its first entry.

    `given_out` is the newest of its checkpoints that left the house.
    """

    origin: str
    start: int
    size: int
    root: str
    last_at: datetime
    given_out: SignedCheckpoint | None


def standing() -> Standing | None:
    """None while nothing was recorded yet."""
    head, signed = head_or_none(), signed_head()
    if head is None or signed is None:
        return None
    return Standing(
        origin=signed.origin,
        start=head.start,
        size=signed.size,
        root=signed.root.hex(),
        last_at=datetime.fromisoformat(head.last_at),
        given_out=_given_out(head),
    )


def access_places(standing: Standing) -> Iterator[int]:
    """The places in its shard of all consultations and disclosures."""
    rows = LedgerEntry.objects.filter(
        act__in=[act.value for act in ACCESSES],
        index__gte=standing.start,
        index__lt=standing.start + standing.size,
    )
    for index in rows.order_by("index").values_list("index", flat=True).iterator(_CHUNK):
        yield index - standing.start


def entries_at(numbers: Iterable[int]) -> tuple[IndexedEntry, ...]:
    return tuple(map(entry, numbers))


def numbers_naming(object_id: str) -> tuple[int, ...]:
    rows = LedgerObject.objects.filter(object_id=object_id).order_by("entry_index")
    return tuple(rows.values_list("entry_index", flat=True))


@dataclass(frozen=True, slots=True)
class YearOfProofs:
    """Every entry of one shard that names an object, each proven under one checkpoint."""

    year: int
    key: VerifierKey
    proofs: tuple[Proof, ...]


def proofs_naming(object_id: str) -> tuple[YearOfProofs, ...]:
    """By year, the oldest first; of a year that was retired nothing can be proven any more."""
    by_year: dict[int, list[int]] = defaultdict(list)
    with own_act():
        lock_ledger()
        for index in numbers_naming(object_id):
            head = head_of(index)
            if head is not None and not is_retired(head.year):
                by_year[head.year].append(index)
        return tuple(_year_of_proofs(year, numbers) for year, numbers in by_year.items())


def public_key(year: int | None = None) -> VerifierKey | None:
    """The key of the growing shard, or of a year's; None while there is no entry."""
    head = head_or_none(year)
    return None if head is None else _key(head)


def _year_of_proofs(year: int, numbers: Iterable[int]) -> YearOfProofs:
    head = LedgerHead.objects.get(year=year)
    keep_checkpoint(year, signed_by(head))
    return YearOfProofs(year, _key(head), tuple(map(_proof, numbers)))


def _key(head: LedgerHead) -> VerifierKey:
    return verifier_key(name=head.origin, key=key_of(head.origin, head.note))


def _proof(index: int) -> Proof:
    found = receipt_proof(index)
    return Proof(found.index, found.hashes, found.checkpoint.note, entry_bytes(index))


def _given_out(head: LedgerHead) -> SignedCheckpoint | None:
    """None, too, where the newest does not hold: that is said by a verification."""
    row = LedgerCheckpoint.objects.filter(year=head.year).order_by("-size").first()
    if row is None:
        return None
    try:
        return open_checkpoint(row.note, key=_key(head))
    except NoteFault:
        return None
