"""Writing the record: every act in its own transaction, every refusal after its rollback."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

from crosslight.core.evidence import canonical
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint
from crosslight.core.evidence.entry import (
    DENIED,
    Entry,
    Opening,
    commitment,
    is_code,
    is_identifier,
    timestamp,
)
from crosslight.core.evidence.merkle import Frontier, leaf_hash, root_of
from crosslight.core.evidence.receipts import Proof
from crosslight.core.evidence.tiles import WIDTH
from crosslight.core.policy import Actor, system_actor
from crosslight.foundation import clock
from crosslight.foundation.identifiers import new_id
from crosslight.foundation.transactions import lock_ledger, own_act
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import LedgerEmpty
from crosslight.ledger.export import Export, check_export_folder, write_export
from crosslight.ledger.keys import ensure_key
from crosslight.ledger.models import (
    LedgerCheckpoint,
    LedgerEntry,
    LedgerHead,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
)
from crosslight.ledger.selectors import (
    entry_bytes,
    head_or_none,
    leaf_hashes,
    receipt_proof,
    signed_head,
)
from crosslight.ledger.verification import verify_database

__all__ = [
    "check_export_folder",
    "checkpoint",
    "ensure_key",
    "erase_payload",
    "erase_payloads_of",
    "export",
    "receipt",
    "record",
    "record_refusal",
    "verify_database",
]

# Who is refused before anyone knows who it is.
_UNKNOWN = Actor(id="visitor:unknown")
_PAYLOAD_KEY_BYTES = 32
# So many identifiers of the longest form fit into one entry with room to spare.
_OBJECTS_PER_ENTRY = 150


def record(  # noqa: PLR0913  article 25 asks for each of these
    *,
    actor: Actor,
    act: Act,
    objects: Sequence[str] = (),
    justification: str = "",
    reference: str = "",
    basis: str = "",
    recipients: Sequence[str] = (),
    payload: Mapping[str, JSON] | None = None,
) -> int:
    """Add one act to the ledger and return the entry's index.

    An act on very many objects, such as a long list, fills several entries; the first one counts.

    Call it as the last step of the service's transaction: from here to the commit, every other
    writer waits. Identifiers and short codes only; content goes into `payload`, which is kept
    beside the ledger and can be erased. Raises ValueError for anything else, and for a
    consultation or disclosure without a justification.
    """
    entry = _draft(actor=actor, act=act, objects=objects)
    entry = replace(
        entry,
        justification=justification,
        reference=reference,
        basis=basis,
        recipients=tuple(recipients),
    )
    return _append_parts(entry, payload=payload)


def record_refusal(
    *,
    actor: Actor | None,
    action: str,
    objects: Sequence[str] = (),
    code: str,
    reason: str = "",
) -> int:
    """Put a refusal on record in a transaction of its own, after that of the act was rolled back.

    What was asked for may be nonsense, so only well-formed identifiers are kept as such.
    """
    entry = replace(
        _draft(
            actor=actor or _UNKNOWN,
            act=Act.ACT_REFUSED,
            objects=[name for name in objects if is_identifier(name)],
        ),
        reference=action if is_code(action) else "",
        outcome=f"{DENIED}{code}",
    )
    with own_act():
        return _append_parts(entry, payload={"reason": reason} if reason else None)


def checkpoint() -> SignedCheckpoint:
    """The ledger's present size and root, signed, and kept as given out."""
    with own_act():
        lock_ledger()
        signed = signed_head()
        if signed is None:
            raise LedgerEmpty
        _keep(signed)
    return signed


def _keep(signed: SignedCheckpoint) -> None:
    """As given out, to be compared with what comes back."""
    LedgerCheckpoint.objects.get_or_create(size=signed.size, defaults={"note": signed.note})


def receipt(index: int) -> Proof:
    """A receipt of one entry that is checked without the ledger; its checkpoint is kept, too."""
    with own_act():
        lock_ledger()
        found = receipt_proof(index)
        _keep(found.checkpoint)
        return Proof(index, found.hashes, found.checkpoint.note, entry_bytes(index))


def export(folder: Path) -> Export:
    """Write the ledger of this moment into a new or empty folder, for checking elsewhere."""
    return write_export(checkpoint(), folder)


def erase_payload(index: int) -> bool:
    """Delete the content behind an entry, and with its key the meaning of the commitment.

    The entry, its hash and the root stay as they are. The caller records the erasure.
    """
    deleted, _ = LedgerPayload.objects.filter(index=index).delete()
    return bool(deleted)


def erase_payloads_of(objects: Sequence[str]) -> int:
    """Delete the content behind every entry that names one of `objects`; how many there were."""
    named = LedgerObject.objects.filter(object_id__in=objects).values("entry_index")
    deleted, _ = LedgerPayload.objects.filter(index__in=named).delete()
    return deleted


def _draft(*, actor: Actor, act: Act, objects: Sequence[str]) -> Entry:
    return Entry(
        id="",
        at="",
        act=act,
        actor=actor.id,
        organisation=actor.organisation_id,
        unit=actor.unit_id,
        roles=tuple(sorted(actor.roles)),
        objects=tuple(dict.fromkeys(objects)),
        session=actor.session,
        release=version("crosslight"),
    )


def _append_parts(entry: Entry, *, payload: Mapping[str, JSON] | None) -> int:
    first, *others = _parts(entry)
    index = _append(first, payload=payload)
    for other in others:
        _append(other, payload=None)
    return index


def _parts(entry: Entry) -> list[Entry]:
    starts = range(0, max(1, len(entry.objects)), _OBJECTS_PER_ENTRY)
    return [
        replace(entry, objects=entry.objects[start : start + _OBJECTS_PER_ENTRY])
        for start in starts
    ]


def _append(entry: Entry, *, payload: Mapping[str, JSON] | None) -> int:
    if not connection.in_atomic_block:
        raise TransactionManagementError("The ledger records only inside the act's transaction.")
    key = secrets.token_bytes(_PAYLOAD_KEY_BYTES)
    content = None if payload is None else canonical.encode(payload)
    if content is not None:
        entry = replace(entry, commitment=commitment(key=key, payload=content))
    lock_ledger()
    head = head_or_none() or _open()
    index = _write(head, entry)
    if content is not None:
        LedgerPayload.objects.create(index=index, key=key, body=content)
    return index


def _open() -> LedgerHead:
    """The first entry of a new ledger: it names itself and follows none."""
    now = timestamp(clock.now())
    origin = f"{settings.LEDGER_ORIGIN}/audit/{now[:4]}"
    head = LedgerHead(origin=origin, size=0, frontier=b"", last_at=now)
    entry = _draft(actor=system_actor("ledger"), act=Act.LOG_OPENED, objects=())
    _write(head, replace(entry, opening=Opening(origin=origin)))
    return head


def _write(head: LedgerHead, entry: Entry) -> int:
    """Leaf first, head after it. Time never runs backwards, whatever the clock says."""
    moment = max(timestamp(clock.now()), head.last_at)
    entry = replace(entry, id=new_id("led"), at=moment)
    body = entry.to_bytes()
    leaf = leaf_hash(body)
    index = head.size
    LedgerEntry(
        index=index, body=body, leaf_hash=leaf, act=entry.act.value, actor_id=entry.actor
    ).save(force_insert=True)
    LedgerObject.objects.bulk_create(
        LedgerObject(object_id=name, entry_index=index) for name in entry.objects
    )
    _advance(head, leaf=leaf, at=entry.at)
    if head.size % WIDTH == 0:
        _close_tile(head.size // WIDTH - 1)
    return index


def _advance(head: LedgerHead, *, leaf: bytes, at: str) -> None:
    frontier = Frontier.from_bytes(size=head.size, data=bytes(head.frontier)).push(leaf)
    signed = sign_checkpoint(
        Checkpoint(origin=head.origin, size=frontier.size, root=frontier.root), key=ensure_key()
    )
    head.size, head.frontier = frontier.size, frontier.to_bytes()
    head.last_at, head.note = at, signed.note
    head.save()


def _close_tile(number: int) -> None:
    root = root_of(leaf_hashes(number * WIDTH, (number + 1) * WIDTH))
    LedgerTile(number=number, root=root).save(force_insert=True)
