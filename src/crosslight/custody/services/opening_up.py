"""Originals leave their seal: one object to look at, or the whole package to give on.

The record comes first and is committed before the first byte leaves: what may have been read is on
record, even where the reading then fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.amending import write_with
from crosslight.core.evidence.packages.archive import open_archive
from crosslight.core.evidence.packages.custody import Step, open_statement
from crosslight.core.evidence.packages.ledgered import object_of
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_export_package, may_reveal_package
from crosslight.core.vocabulary.custody import AccessPurpose
from crosslight.custody import storage
from crosslight.custody.keys import platform_name
from crosslight.custody.models import Annotation, CustodyStep, Package
from crosslight.custody.selectors import annotation_of
from crosslight.custody.services.locking import locked_for_desk
from crosslight.custody.services.sealing import opened
from crosslight.custody.services.statements import add_statement, subject_of
from crosslight.foundation.errors import FieldError, FieldErrors, NotFoundOrHidden
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import is_provable, read_entries
from crosslight.ledger.services import receipt, record
from crosslight.partnerships import selectors as partnerships
from crosslight.partnerships.models import Organisation

LONGEST_REASON = 500
SHORTEST_REASON = 10
# Entries that name the content: its collection, and each time it was given on.
_MOST_NAMING = 1_000
_NO_REASON = FieldError(
    "U-220",
    "reason",
    "The reason is missing or very short.",
    "Write at least 10 characters; it goes on record.",
)
_NO_RECIPIENT = FieldError(
    "U-221", "recipient", "It is not said to whom it goes.", "Choose one of the authorities."
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A name that says nothing, the size, and the bytes; `file` is closed by whoever sends it."""

    name: str
    size: int
    chunks: Iterator[bytes]
    file: IO[bytes]


def reveal_object(
    *, actor: Actor, package_id: str, number: int, purpose: AccessPurpose, reason: str
) -> Leaving:
    """One object as it was sent, for the eyes of who asks; `number` counts from one."""
    reason = _reason(reason)
    with act():
        package = locked_for_desk(package_id, actor, rule=may_reveal_package)
        path = _path_of(package, number)
        record(
            actor=actor,
            act=Act.PACKAGE_REVEALED,
            objects=[package.pk],
            justification=purpose.value,
            reference=f"object:{number}",
            payload={"reason": reason},
        )
    file = opened(package)
    archive = open_archive(file)  # type: ignore[arg-type]  # a file that reads and seeks
    name = f"{package.evidence_id}-{path.removeprefix(layout.OBJECTS)}"
    return Leaving(name, archive.size(path), archive.chunks(path), file)


def export_package(
    *, actor: Actor, package_id: str, recipient_id: str, purpose: AccessPurpose, reason: str
) -> Leaving:
    """The whole package with every statement up to this disclosure, for a named authority.

    What does not hold leaves as the bytes that came: nothing is added to it.
    """
    reason = _reason(reason)
    recipient = _recipient(recipient_id)
    with act():
        package = locked_for_desk(package_id, actor, rule=may_export_package)
        index = record(
            actor=actor,
            act=Act.PACKAGE_DISCLOSED,
            objects=[package.pk, *_content_of(package)],
            justification=purpose.value,
            reference=package.evidence_id,
            recipients=[recipient.pk],
            payload={"reason": reason},
        )
        if package.state == PackageState.SEALED_FAILED:
            steps: tuple[CustodyStep, ...] = ()
        else:
            _state_disclosure(package, actor, recipient=recipient, index=index)
            steps = tuple(package.steps.all())
    return _whole(package, steps)


def _whole(package: Package, steps: tuple[CustodyStep, ...]) -> Leaving:
    file = opened(package)
    if steps:
        with file as plain:
            file = _with_steps(plain, steps)
    size = file.seek(0, 2)
    file.seek(0)
    is_faulty = package.state == PackageState.SEALED_FAILED
    name = f"{package.pk}.bin" if is_faulty else f"{package.evidence_id}{layout.SUFFIX}"
    return Leaving(name, size, storage.chunks_of(file), file)


def _with_steps(plain: IO[bytes], steps: tuple[CustodyStep, ...]) -> IO[bytes]:
    archive, out = open_archive(plain), storage.nameless_file()  # type: ignore[arg-type]
    added = {
        layout.statement_path(each.number, step=each.step): bytes(each.envelope) for each in steps
    }
    write_with(archive, out, added | _receipts(steps, of=subject_of(archive)))  # type: ignore[arg-type]
    return out


def _receipts(steps: tuple[CustodyStep, ...], *, of: str) -> dict[str, bytes]:
    """The ledger's proof beside each statement whose entry names the content of the package."""
    found = read_entries(object_id=object_of(of), limit=_MOST_NAMING)
    provable = {each.index for each in found if is_provable(each.index)}
    proofs = {
        layout.receipt_path(each.number, step=each.step): receipt(each.ledger_index)
        for each in steps
        if each.ledger_index in provable
    }
    return {name: proof.to_text().encode() for name, proof in proofs.items()}


def _content_of(package: Package) -> list[str]:
    """Named by the entry, so that its receipt can go into the copy that leaves."""
    last = package.steps.last()
    if last is None:
        return []
    return [
        object_of(open_statement(bytes(last.envelope), name=str(last.number)).statement.subject)
    ]


def _state_disclosure(
    package: Package, actor: Actor, *, recipient: Organisation, index: int
) -> None:
    add_statement(
        package,
        step=Step.DISCLOSE,
        actor=actor,
        said_by=actor.organisation_id or platform_name(),
        ledger_index=index,
        recipient=recipient,
    )


def _path_of(package: Package, number: int) -> str:
    found = annotation_of(package, Annotation.Kind.VERIFICATION)
    items = found.body["items"] if found is not None else []
    if not 1 <= number <= len(items):
        raise NotFoundOrHidden
    return str(items[number - 1]["path"])


def _recipient(organisation_id: str) -> Organisation:
    found = partnerships.authorities().filter(pk=organisation_id).first()
    if found is None:
        raise FieldErrors((_NO_RECIPIENT,))
    return found


def _reason(reason: str) -> str:
    text = clean(reason, field="reason", max_length=LONGEST_REASON)
    if len(text) < SHORTEST_REASON:
        raise FieldErrors((_NO_REASON,))
    return text
