"""Originals leave their seal: one object to look at, or the whole package to give on.

The record comes first and is committed before the first byte leaves: what may have been read is on
record, even where the reading then fails.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import IO

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import Archive, open_archive
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.evidence.packages.zipform import Writer
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
from crosslight.custody.services.statements import add_statement
from crosslight.foundation.errors import FieldError, FieldErrors, NotFoundOrHidden
from crosslight.foundation.text import clean
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships import selectors as partnerships
from crosslight.partnerships.models import Organisation

LONGEST_REASON = 500
SHORTEST_REASON = 10
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
            objects=[package.pk],
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


def write_with_statements(archive: Archive, statements: dict[str, bytes], out: IO[bytes]) -> None:
    """The same package with these files under signatures/; no other byte of a file changes."""
    writer = Writer(out)  # type: ignore[arg-type]  # a file that writes
    for name in archive.names():
        if name in statements:
            continue
        # Read twice: once for its checksum, which stands before it.
        crc = reduce(lambda value, chunk: zlib.crc32(chunk, value), archive.chunks(name), 0)
        writer.add(name, archive.chunks(name), size=archive.size(name), crc=crc)
    for name, content in statements.items():
        writer.add_bytes(name, content)
    writer.close()


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
    names = {
        layout.statement_path(each.number, step=each.step): bytes(each.envelope) for each in steps
    }
    out = storage.nameless_file()
    write_with_statements(open_archive(plain), names, out)  # type: ignore[arg-type]
    return out


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
