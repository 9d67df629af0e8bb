"""What oversight asks of the ledger beside reading it: populations, proofs in numbers, standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crosslight.core.evidence.checkpoint import SignedCheckpoint, open_checkpoint
from crosslight.core.evidence.notes import NoteFault, VerifierKey, verifier_key
from crosslight.core.evidence.receipts import Proof
from crosslight.core.evidence.sampling import ACCESSES
from crosslight.foundation.transactions import lock_ledger, own_act
from crosslight.ledger.keys import ensure_key
from crosslight.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerObject
from crosslight.ledger.selectors import (
    IndexedEntry,
    entry,
    entry_bytes,
    head_or_none,
    receipt_proof,
    signed_head,
)

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The ledger of this moment. `given_out` is the newest checkpoint that left the house."""

    origin: str
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
        size=signed.size,
        root=signed.root.hex(),
        last_at=datetime.fromisoformat(head.last_at),
        given_out=_given_out(signed),
    )


def notes_given_out(*, most: int) -> tuple[str, ...]:
    """The newest checkpoints that left the house, with every signature that came back on them."""
    rows = LedgerCheckpoint.objects.order_by("-size")
    return tuple(rows.values_list("note", flat=True)[:most])


def access_numbers(*, below: int) -> Iterator[int]:
    """The numbers of all consultations and disclosures among the first `below` entries."""
    rows = LedgerEntry.objects.filter(act__in=[act.value for act in ACCESSES], index__lt=below)
    return rows.order_by("index").values_list("index", flat=True).iterator(chunk_size=_CHUNK)


def entries_at(numbers: Iterable[int]) -> tuple[IndexedEntry, ...]:
    return tuple(map(entry, numbers))


def numbers_naming(object_id: str) -> tuple[int, ...]:
    rows = LedgerObject.objects.filter(object_id=object_id).order_by("entry_index")
    return tuple(rows.values_list("entry_index", flat=True))


def proofs_naming(object_id: str) -> tuple[Proof, ...]:
    """Every entry that names the object, each proven under the checkpoint of one moment."""
    with own_act():
        lock_ledger()
        found = tuple(map(_proof, numbers_naming(object_id)))
        for proof in found[:1]:
            _keep(proof)
    return found


def public_key() -> VerifierKey | None:
    """The key of this ledger, once it has a first entry."""
    head = head_or_none()
    return None if head is None else verifier_key(name=head.origin, key=ensure_key())


def _proof(index: int) -> Proof:
    found = receipt_proof(index)
    return Proof(index, found.hashes, found.checkpoint.note, entry_bytes(index))


def _keep(proof: Proof) -> None:
    """As given out, to be compared with what comes back."""
    signed = signed_head()
    if signed is not None and signed.note == proof.note:
        LedgerCheckpoint.objects.get_or_create(size=signed.size, defaults={"note": signed.note})


def _given_out(head: SignedCheckpoint) -> SignedCheckpoint | None:
    row = LedgerCheckpoint.objects.order_by("-size").first()
    if row is None:
        return None
    key = verifier_key(name=head.origin, key=ensure_key())
    return _open_or_none(row.note, key=key)


def _open_or_none(note: str, *, key: VerifierKey) -> SignedCheckpoint | None:
    """None where it does not hold: the verification says so, a page about standing need not."""
    try:
        return open_checkpoint(note, key=key)
    except NoteFault:
        return None
