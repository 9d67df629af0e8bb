"""The deployment's own custody statements: signed, chained to the one before, kept as rows.

The package on disk is never written again; an export puts the statements into the copy that leaves.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import Archive
from crosslight.core.evidence.packages.custody import (
    SignedStatement,
    Statement,
    Step,
    fingerprint,
    open_statement,
    sign,
)
from crosslight.core.evidence.packages.limits import LIMITS
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import ActorKind
from crosslight.custody.keys import signing_key
from crosslight.custody.models import CustodyStep, Package
from crosslight.foundation import clock
from crosslight.partnerships.models import Organisation

# The statement before it is dated later than our clock: its signer's clock was ahead.
CLOCK_AHEAD = "earlier_clock_was_ahead"


@dataclass(frozen=True, slots=True)
class Came:
    """A statement that came in a package, with its bytes."""

    envelope: bytes
    signed: SignedStatement


def tool() -> dict[str, str]:
    return {"name": "crosslight", "version": version("crosslight")}


def statements_in(archive: Archive) -> tuple[Came, ...]:
    """Those of a package that was verified, in their order."""
    names = sorted(filter(layout.STATEMENT.fullmatch, archive.names()))
    return tuple(_came(archive.read(name, limit=LIMITS.statement_bytes), name) for name in names)


def subject_of(archive: Archive) -> str:
    """What every statement is about: the digest of the list of all lists."""
    data = archive.read(layout.TAG_MANIFEST, limit=LIMITS.manifest_bytes)
    return hashlib.sha256(data).hexdigest()


def keep_chain(package: Package, chain: tuple[Came, ...]) -> None:
    """Rows for what came in the package; there are none yet."""
    CustodyStep.objects.bulk_create(
        _row(package, number, came.signed.statement, envelope=came.envelope, key=came.signed.key)
        for number, came in enumerate(chain, 1)
    )


def add_statement(
    package: Package,
    *,
    step: Step,
    actor: Actor,
    said_by: str,
    ledger_index: int,
    recipient: Organisation | None = None,
) -> CustodyStep:
    """The next statement of the chain; the caller holds the package's lock.

    `said_by` is an organisation's id or a pseudonym: statements never name a person. The row and
    the ledger do, by the person's id.
    """
    last = package.steps.last()
    if last is None:
        raise ValueError("A chain begins with the statement of whoever sent the package.")
    before = open_statement(bytes(last.envelope), name=str(last.number)).statement
    moment, note_code = _after(before.time)
    statement = Statement(
        package=before.package,
        subject=before.subject,
        step=step,
        actor=said_by,
        time=moment,
        previous=last.sha256,
        tool=tool(),
        note_code=note_code,
    )
    key = signing_key()
    row = _row(
        package,
        last.number + 1,
        statement,
        envelope=sign(statement, key=key),
        key=key.public_key().public_bytes_raw(),
    )
    row.by_id = actor.id if actor.kind is not ActorKind.SYSTEM else None
    row.recipient = recipient
    row.ledger_index = ledger_index
    row.save(force_insert=True)
    return row


def _after(earlier: datetime) -> tuple[datetime, str | None]:
    """A chain never runs backwards, and statements count whole seconds."""
    now = clock.now().replace(microsecond=0)
    return (now, None) if now >= earlier else (earlier, CLOCK_AHEAD)


def _came(envelope: bytes, name: str) -> Came:
    return Came(envelope, open_statement(envelope, name=name))


def _row(
    package: Package, number: int, statement: Statement, *, envelope: bytes, key: bytes
) -> CustodyStep:
    return CustodyStep(
        package=package,
        number=number,
        step=statement.step.value,
        envelope=envelope,
        sha256=hashlib.sha256(envelope).hexdigest(),
        fingerprint=fingerprint(key),
        actor=statement.actor,
        at=statement.time,
    )
