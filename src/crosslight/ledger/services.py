"""Writing the record: every act in its own transaction, every refusal after its rollback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.checkpoint import SignedCheckpoint
from crosslight.core.evidence.entry import DENIED, Entry, is_code, is_identifier
from crosslight.core.evidence.receipts import Proof
from crosslight.core.policy import Actor
from crosslight.foundation.transactions import lock_ledger, own_act
from crosslight.ledger.acts import Act
from crosslight.ledger.appending import append
from crosslight.ledger.errors import LedgerEmpty, NoSuchShard
from crosslight.ledger.export import Export, check_export_folder, write_export, write_shared
from crosslight.ledger.keys import ensure_key
from crosslight.ledger.models import LedgerCheckpoint, LedgerHead, LedgerObject, LedgerPayload
from crosslight.ledger.selectors import (
    entry_bytes,
    head_or_none,
    receipt_proof,
    shard_year,
    shards,
    signed_by,
)
from crosslight.ledger.verification import verify_database

__all__ = [
    "Recorded",
    "check_export_folder",
    "checkpoint",
    "draft",
    "ensure_key",
    "erase_payload",
    "erase_payloads_of",
    "export",
    "export_all",
    "receipt",
    "record",
    "record_many",
    "record_refusal",
    "verify_database",
]

# Who is refused before anyone knows who it is.
_UNKNOWN = Actor(id="visitor:unknown")
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
    entry = draft(
        actor=actor,
        act=act,
        objects=objects,
        justification=justification,
        reference=reference,
        basis=basis,
        recipients=tuple(recipients),
    )
    return _append_parts(entry, payload=payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One act of many, with the same fields as `record` takes."""

    act: Act
    objects: Sequence[str] = ()
    justification: str = ""
    reference: str = ""
    basis: str = ""
    recipients: Sequence[str] = ()
    payload: Mapping[str, JSON] | None = None


def record_many(*, actor: Actor, acts: Iterable[Recorded]) -> list[int]:
    """Many acts of one actor, such as the rows of an import: one head and one signature for all.

    As `record`, the last step of the transaction. Gives the number of each act's first entry.
    """
    drafts: list[tuple[Entry, Mapping[str, JSON] | None]] = []
    places = []
    for each in acts:
        entry = draft(
            actor=actor,
            act=each.act,
            objects=each.objects,
            justification=each.justification,
            reference=each.reference,
            basis=each.basis,
            recipients=tuple(each.recipients),
        )
        places.append(len(drafts))
        first, *others = _parts(entry)
        drafts += [(first, each.payload), *((other, None) for other in others)]
    if not drafts:
        return []
    start = append(drafts)
    return [start + place for place in places]


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
        draft(
            actor=actor or _UNKNOWN,
            act=Act.ACT_REFUSED,
            objects=[name for name in objects if is_identifier(name)],
        ),
        reference=action if is_code(action) else "",
        outcome=f"{DENIED}{code}",
    )
    with own_act():
        return _append_parts(entry, payload={"reason": reason} if reason else None)


def checkpoint(year: int | None = None) -> SignedCheckpoint:
    """Size and root of the growing shard, or of a year's, signed, and kept as given out."""
    with own_act():
        lock_ledger()
        head = _head(year)
        signed = signed_by(head)
        keep_checkpoint(head.year, signed)
    return signed


def _head(year: int | None) -> LedgerHead:
    head = head_or_none(year)
    if head is None:
        raise LedgerEmpty if year is None else NoSuchShard
    return head


def keep_checkpoint(year: int, signed: SignedCheckpoint) -> None:
    """As given out, to be compared with what comes back."""
    LedgerCheckpoint.objects.get_or_create(
        year=year, size=signed.size, defaults={"note": signed.note}
    )


def receipt(index: int) -> Proof:
    """A receipt of one entry that is checked without the ledger; its checkpoint is kept, too."""
    with own_act():
        lock_ledger()
        found = receipt_proof(index)
        keep_checkpoint(shard_year(found.checkpoint.origin), found.checkpoint)
        return Proof(found.index, found.hashes, found.checkpoint.note, entry_bytes(index))


def export(folder: Path, *, year: int | None = None) -> Export:
    """Write a shard of this moment into a new or empty folder, for checking elsewhere."""
    signed = checkpoint(year)
    return write_export(_head(shard_year(signed.origin)), signed, folder)


def export_all(folder: Path) -> list[Export]:
    """Every shard that was not retired, each in the folder of its year."""
    check_export_folder(folder)
    years = [shard.year for shard in shards() if not shard.is_retired]
    if not years:
        raise LedgerEmpty
    done = [export(folder / f"{year:04d}", year=year) for year in years]
    write_shared(folder)
    return done


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


@cache
def _release() -> str:
    """Asked once: finding it reads the files of the installed package."""
    return version("crosslight")


def draft(
    *,
    actor: Actor,
    act: Act,
    objects: Sequence[str],
    justification: str = "",
    reference: str = "",
    basis: str = "",
    recipients: tuple[str, ...] = (),
) -> Entry:
    """An entry without its id and time, which it gets at the end of the ledger."""
    return Entry(
        id="",
        at="",
        act=act,
        actor=actor.id,
        organisation=actor.organisation_id,
        unit=actor.unit_id,
        roles=tuple(sorted(actor.roles)),
        objects=tuple(dict.fromkeys(objects)),
        justification=justification,
        reference=reference,
        basis=basis,
        recipients=recipients,
        session=actor.session,
        release=_release(),
    )


def _append_parts(entry: Entry, *, payload: Mapping[str, JSON] | None) -> int:
    first, *others = _parts(entry)
    return append([(first, payload), *((other, None) for other in others)])


def _parts(entry: Entry) -> list[Entry]:
    if len(entry.objects) <= _OBJECTS_PER_ENTRY:
        return [entry]
    starts = range(0, len(entry.objects), _OBJECTS_PER_ENTRY)
    return [
        replace(entry, objects=entry.objects[start : start + _OBJECTS_PER_ENTRY])
        for start in starts
    ]
