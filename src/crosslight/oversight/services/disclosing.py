"""Parts of the ledger that leave the house: for whom and why is itself an entry of the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.proofs import build_proofs
from crosslight.core.evidence.receipts import Proof
from crosslight.core.policy import Actor, system_actor
from crosslight.core.policy.rules import may_disclose_ledger, may_verify_ledger
from crosslight.core.vocabulary.oversight import DisclosureReason, RecipientKind
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.errors import FieldError, FieldErrors, NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.text import clean, clean_line
from crosslight.foundation.transactions import act
from crosslight.ledger import accesses, auditor, selectors
from crosslight.ledger import services as ledger
from crosslight.ledger.accesses import YearOfProofs
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import LedgerEmpty, NoSuchEntry
from crosslight.oversight.archives import files_in, packed
from crosslight.oversight.services.reading import PURPOSE

LONGEST_NAME = 200
LONGEST_WHY = 1000
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_CONSOLE = system_actor("console", Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Recipient:
    """`code` goes into the ledger for ever, so it names an office and never a person."""

    kind: RecipientKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is to leave: what names `object_id`, or with "" the whole ledger."""

    object_id: str
    recipient: Recipient
    reason: DisclosureReason
    why: str


@dataclass(frozen=True, slots=True)
class Disclosed:
    """`content` is an open file; whoever gets it closes it."""

    filename: str
    content: IO[bytes]


def prove_entry(*, actor: Actor, index: int) -> Proof:
    """The receipt of any entry, to be checked without the ledger."""
    require(may_verify_ledger, actor)
    with act():
        try:
            found = selectors.entry(index)
        except NoSuchEntry as error:
            raise NotFoundOrHidden from error
        ledger.record(
            actor=actor,
            act=Act.LEDGER_EXPORTED,
            objects=[found.entry.id],
            justification=PURPOSE,
            reference="receipt",
        )
    return ledger.receipt(index)


def disclose_ledger(*, actor: Actor, order: Order) -> Disclosed:
    """Hand out what a court or an authority asked for. What it is for goes on record first."""
    require(may_disclose_ledger, actor)
    return _disclose(actor, order)


def disclose_at_console(*, order: Order) -> Disclosed:
    """The same for whoever runs commands beside the database; the ledger says `console`."""
    return _disclose(_CONSOLE, order)


def _disclose(actor: Actor, order: Order) -> Disclosed:
    checked = _checked(order)
    with act():
        standing = accesses.standing()
        if standing is None:
            raise LedgerEmpty
        ledger.record(
            actor=actor,
            act=Act.LEDGER_DISCLOSED,
            objects=[checked.object_id] if checked.object_id else [],
            justification=checked.reason.value,
            reference="object" if checked.object_id else "ledger",
            recipients=[f"{checked.recipient.kind.value}:{checked.recipient.code}"],
            payload=_beside(checked, origin=standing.origin),
        )
    if checked.object_id:
        return _proofs(checked.object_id)
    return _whole()


def _beside(order: Order, *, origin: str) -> dict[str, JSON]:
    return {"recipient": order.recipient.name, "why": order.why, "origin": origin}


def _proofs(object_id: str) -> Disclosed:
    """One folder of proofs, or one for each year where there are several."""
    years = accesses.proofs_naming(object_id)
    if not years:
        raise LedgerEmpty
    files = {
        f"{found.year}/{name}" if len(years) > 1 else name: data
        for found in years
        for name, data in _folder_of(found, object_id=object_id).items()
    }
    return Disclosed(f"proofs-{object_id}.zip", packed(sorted(files.items())))


def _folder_of(found: YearOfProofs, *, object_id: str) -> dict[str, bytes]:
    return build_proofs(
        found.proofs,
        object_id=object_id,
        key=found.key,
        page=auditor.page_of_proofs(),
        script=auditor.script_of_proofs(),
    )


def _whole() -> Disclosed:
    """Every year that is still kept: one as it is, several in a folder each."""
    with TemporaryDirectory(prefix="crosslight-ledger-") as folder:
        target = Path(folder) / "ledger"
        years = [shard.year for shard in selectors.shards() if not shard.is_retired]
        if len(years) > 1:
            ledger.export_all(target)
        else:
            ledger.export(target)
        content = packed(files_in(target))
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
    return Disclosed(f"ledger-{span}.zip", content)


def _checked(order: Order) -> Order:
    recipient = order.recipient
    checked = Order(
        object_id=order.object_id.strip(),
        recipient=Recipient(
            recipient.kind,
            recipient.code.strip(),
            clean_line(recipient.name, field="name", max_length=LONGEST_NAME),
        ),
        reason=order.reason,
        why=clean(order.why, field="why", max_length=LONGEST_WHY),
    )
    if faults := tuple(_faults(checked)):
        raise FieldErrors(faults)
    return checked


def _faults(order: Order) -> Iterator[FieldError]:
    if not _CODE.fullmatch(order.recipient.code):
        yield FieldError(
            "L-114",
            "code",
            "The short name has other signs than letters, digits, dot and hyphen, or is missing.",
            "Write it as in court-northport.",
        )
    for field, text in (("name", order.recipient.name), ("why", order.why)):
        if not text:
            yield FieldError("L-115", field, "This is missing.", "Fill it in.")
    if order.object_id and not _is_named(order.object_id):
        yield FieldError(
            "L-116",
            "object_id",
            "No entry of the ledger names this object.",
            "Copy the identifier from an entry of the ledger.",
        )


def _is_named(object_id: str) -> bool:
    return is_id(object_id, kind=object_id[:3]) and bool(accesses.numbers_naming(object_id))
