"""Keys that have to go: noted in the transaction that erases, destroyed once it is committed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, transaction

from crosslight.foundation.sealing.keys import destroy_secret
from crosslight.foundation.sealing.models import STORE, DueDestruction
from crosslight.foundation.sealing.purposes import Purpose
from crosslight.foundation.sealing.wiping import wipe_journal


def destroy_later(subjects: Iterable[str], *, purpose: Purpose) -> None:
    """Destroy these keys when the present transaction is committed, and not if it is rolled back.

    They are noted in that transaction. So whatever happens after the commit, a sweep destroys
    them; it runs at once, with `crosslight clocks run`, and with `crosslight init`.
    """
    for subject in subjects:
        DueDestruction.objects.get_or_create(purpose=purpose.value, subject=subject)
    # robust: the erasure holds, whether or not the key store answers now.
    transaction.on_commit(sweep, robust=True)


def sweep() -> int:
    """Destroy what is due and wipe the journals; how many keys went. Safe to repeat."""
    due = list(DueDestruction.objects.order_by("pk"))
    for row in due:
        destroy_secret(row.subject, purpose=Purpose(row.purpose))
        row.delete()
    if due:
        wipe_journal(DEFAULT_DB_ALIAS)
        wipe_journal(STORE)
    return len(due)


def waiting() -> int:
    """How many keys are due and not yet destroyed."""
    return DueDestruction.objects.count()
