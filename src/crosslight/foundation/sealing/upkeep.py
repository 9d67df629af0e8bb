"""What the operator does with the key store: look at it, and renew what its keys are wrapped in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from crosslight.foundation.sealing.destruction import waiting
from crosslight.foundation.sealing.errors import KekUnusable
from crosslight.foundation.sealing.kek import Wrapped, key_encryption
from crosslight.foundation.sealing.models import STORE, SubjectKey
from crosslight.foundation.sealing.purposes import Purpose

_BATCH = 500


@dataclass(frozen=True, slots=True)
class PurposeStatus:
    """`keks` counts the keys under each key-encryption key; `newest` "" where there is none."""

    purpose: Purpose
    newest: str
    live: int
    destroyed: int
    keks: dict[str, int]


def prepare() -> None:
    """Make the key-encryption keys that are missing, but none in place of a lost one."""
    provider = key_encryption()
    for purpose in Purpose:
        live = SubjectKey.objects.filter(purpose=purpose.value, destroyed_at=None)
        if not provider.is_ready(purpose=purpose) and not live.exists():
            provider.renew(purpose=purpose)


def status() -> tuple[PurposeStatus, ...]:
    return tuple(map(_status, Purpose))


def due() -> int:
    return waiting()


def rotate(purpose: Purpose, *, is_old_discarded: bool = False) -> int:
    """Make the next key-encryption key and wrap all data keys of the purpose anew; how many.

    No sealed value is touched. Where it breaks off, both generations open their part and the next
    run does the rest. An old generation is needed as long as a backup of the key store made under
    it is to be of use.
    """
    provider = key_encryption()
    newest = provider.renew(purpose=purpose)
    rows = SubjectKey.objects.filter(purpose=purpose.value, destroyed_at=None)
    done = 0
    olds: set[str] = set()
    while batch := _wrap_batch(purpose, newest, olds):
        done += batch
    if is_old_discarded:
        if rows.exclude(kek=newest).exists():
            raise KekUnusable("Some keys are still wrapped under an old key.")
        for old in sorted(olds):
            provider.discard(old, purpose=purpose)
    return done


def _wrap_batch(purpose: Purpose, newest: str, olds: set[str]) -> int:
    provider = key_encryption()
    with transaction.atomic(using=STORE, durable=True):
        rows = list(
            SubjectKey.objects.select_for_update()
            .filter(purpose=purpose.value, destroyed_at=None)
            .exclude(kek=newest)
            .order_by("pk")[:_BATCH]
        )
        for row in rows:
            olds.add(row.kek)
            held = Wrapped(row.kek, bytes(row.wrapped or b""))
            anew = provider.wrap(provider.unwrap(held, purpose=purpose), purpose=purpose)
            row.kek, row.wrapped = anew.kek, anew.data
        SubjectKey.objects.bulk_update(rows, ["kek", "wrapped"])
    return len(rows)


def _status(purpose: Purpose) -> PurposeStatus:
    provider = key_encryption()
    rows = SubjectKey.objects.filter(purpose=purpose.value)
    live = rows.filter(destroyed_at=None)
    counted = live.values_list("kek").annotate(n=Count("pk")).order_by("kek")
    is_ready = provider.is_ready(purpose=purpose)
    return PurposeStatus(
        purpose=purpose,
        newest=provider.newest(purpose=purpose) if is_ready else "",
        live=live.count(),
        destroyed=rows.exclude(destroyed_at=None).count(),
        keks=dict(counted),
    )
