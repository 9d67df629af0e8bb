"""How long a year of the ledger is kept: holds for a proceeding, and the end of a shard.

National law limits how long logs of access are kept. A shard that is old enough is deleted whole;
what stays is its name, its size and its signed root, which the next shard names too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from crosslight.core.evidence.entry import is_code, parse_entry
from crosslight.core.evidence.notes import VerifierKey, verifier_key
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_hold_ledger, may_retire_ledger
from crosslight.foundation import clock
from crosslight.foundation.errors import InputError
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import sole_act
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import NoSuchHold, NoSuchShard, ShardNeeded, ShardRetired
from crosslight.ledger.keys import key_of
from crosslight.ledger.models import (
    LedgerEntry,
    LedgerHead,
    LedgerHold,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
    LedgerTombstone,
)
from crosslight.ledger.selectors import head_or_none, is_retired, signed_by
from crosslight.ledger.services import record

_MONTHS_OF_YEAR = 12


def hold_shard(*, actor: Actor, year: int, reference: str) -> None:
    """Keep a year for a proceeding, beyond any limit; `reference` is a code without spaces."""
    require(may_hold_ledger, actor)
    _check_code(reference, "reference")
    with sole_act():
        _kept(year)
        LedgerHold.objects.get_or_create(year=year, reference=reference)
        _record(actor, Act.RETENTION_HELD, [_shard(year)], reference=reference)


def release_shard(*, actor: Actor, year: int, reference: str) -> None:
    """The proceeding ended; other holds on the same year stay."""
    require(may_hold_ledger, actor)
    _check_code(reference, "reference")
    with sole_act():
        deleted, _ = LedgerHold.objects.filter(year=year, reference=reference).delete()
        if not deleted:
            raise NoSuchHold
        _record(actor, Act.RETENTION_RELEASED, [_shard(year)], reference=reference)


def retire_shard(*, actor: Actor, year: int, reason: str) -> int:
    """Delete the entries of a closed year that is old enough and not held; gives their number.

    `reason` is a code without spaces, such as the provision that sets the limit.
    """
    require(may_retire_ledger, actor)
    _check_code(reason, "reason")
    with sole_act():
        head = _kept(year)
        _check_retirable(head)
        LedgerTombstone.objects.create(
            year=year, retired_at=clock.now(), first_key=_first_key(head).to_text()
        )
        _delete(head)
        root = signed_by(head).root.hex()
        objects = [_shard(year), f"entries:{head.size}", f"sha256:{root}"]
        _record(actor, Act.RETENTION_RETIRED, objects, justification=reason)
    return head.size


def is_old_enough(last_at: str, *, now: datetime, months: int) -> bool:
    """Whether so many months have passed since the shard's last entry."""
    last = datetime.fromisoformat(last_at)
    passed = (now.year - last.year) * _MONTHS_OF_YEAR + now.month - last.month
    is_day_reached = (now.day, now.time()) >= (last.day, last.time())
    return passed - (0 if is_day_reached else 1) >= months


def _check_retirable(head: LedgerHead) -> None:
    newest = head_or_none()
    if newest is None or newest.year == head.year:
        raise ShardNeeded("The shard that still grows cannot be retired.")
    holds = list(LedgerHold.objects.filter(year=head.year).values_list("reference", flat=True))
    if holds:
        raise ShardNeeded(f"The year {head.year} is held for {', '.join(sorted(holds))}.")
    months = settings.LEDGER_MONTHS
    if months is None:
        raise ShardNeeded(
            "No limit is set for keeping the ledger.",
            remedy="Set CROSSLIGHT_LEDGER_MONTHS to what your law says.",
        )
    if not is_old_enough(head.last_at, now=clock.now(), months=months):
        raise ShardNeeded(f"The last entry of {head.year} is not yet {months} months old.")


def _delete(head: LedgerHead) -> None:
    """The triggers let these rows go only once the tombstone stands."""
    LedgerPayload.objects.filter(index__gte=head.start, index__lt=head.end).delete()
    LedgerObject.objects.filter(entry_index__gte=head.start, entry_index__lt=head.end).delete()
    LedgerTile.objects.filter(start__gte=head.start, start__lt=head.end).delete()
    LedgerEntry.objects.filter(index__gte=head.start, index__lt=head.end).delete()


def _first_key(head: LedgerHead) -> VerifierKey:
    """The key with which the shard began, and so the one with which the shard before it ended."""
    rows = LedgerEntry.objects.filter(act=Act.KEY_ROTATED.value, index__gte=head.start)
    row = rows.order_by("index").first()
    if row is not None:
        rotation = parse_entry(bytes(row.body)).rotation
        if rotation is not None:
            old = VerifierKey.from_text(rotation.old_key)
            return VerifierKey(head.origin, old.public)
    newest = head_or_none() or head
    return verifier_key(name=head.origin, key=key_of(newest.origin, newest.note))


def _kept(year: int) -> LedgerHead:
    head = head_or_none(year)
    if head is None:
        raise NoSuchShard
    if is_retired(year):
        raise ShardRetired(safe="Nothing was changed.")
    return head


def _record(
    actor: Actor,
    act: Act,
    objects: Sequence[str],
    *,
    reference: str = "",
    justification: str = "",
) -> None:
    record(actor=actor, act=act, objects=objects, reference=reference, justification=justification)


def _shard(year: int) -> str:
    return f"shard:{year:04d}"


def _check_code(value: str, name: str) -> None:
    if not value or not is_code(value):
        raise InputError(
            f"A {name} is a code of at most 64 characters without spaces.",
            safe="Nothing was changed.",
        )
