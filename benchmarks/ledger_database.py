"""Acts recorded in a deployment's database, beside bare inserts of as many bytes.

Each function runs in a process of its own, so that its memory and settings are its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.online_index import Place

_TABLE = "benchmark_bare"


@dataclass(frozen=True, slots=True)
class Appended:
    """`batch` entries in each transaction; seconds of ours and of bare inserts.

    `ours` records one after the other, `together` hands all entries of a transaction over at once.
    """

    batch: int
    entries: int
    ours: float
    together: float
    bare: float


def append(place: Place, batches: dict[int, int]) -> list[Appended]:
    """`batches` says how many transactions are measured with so many entries each."""
    place.open()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        number = "bigint" if connection.vendor == "postgresql" else "integer"
        blob = "bytea" if connection.vendor == "postgresql" else "blob"
        cursor.execute(f"CREATE TABLE {_TABLE} (id {number} PRIMARY KEY, body {blob})")
    # The first entry makes the key and opens the ledger.
    _record(1)
    found = []
    for batch, transactions in batches.items():
        bare = _timed(_insert, batch, transactions)
        ours = _timed(_record, batch, transactions)
        together = _timed(_record_together, batch, transactions)
        found.append(Appended(batch, batch * transactions, ours, together, bare))
    _check(1 + 1 + 2 * sum(each.entries for each in found))
    return found


def _timed(work: Callable[[int], None], batch: int, transactions: int) -> float:
    started = time.perf_counter()
    for _ in range(transactions):
        work(batch)
    return time.perf_counter() - started


def _record(count: int) -> None:
    from crosslight.core.policy import system_actor
    from crosslight.foundation.transactions import act
    from crosslight.ledger.acts import Act
    from crosslight.ledger.services import record

    actor = system_actor("benchmark")
    with act():
        for number in range(count):
            record(actor=actor, act=Act.CONTRIBUTION_SUBMITTED, objects=[f"con_{number:026d}"])


def _record_together(count: int) -> None:
    from crosslight.core.policy import system_actor
    from crosslight.foundation.transactions import act
    from crosslight.ledger.acts import Act
    from crosslight.ledger.services import Recorded, record_many

    acts = [
        Recorded(act=Act.CONTRIBUTION_SUBMITTED, objects=[f"con_{number:026d}"])
        for number in range(count)
    ]
    with act():
        record_many(actor=system_actor("benchmark"), acts=acts)


def _insert(count: int) -> None:
    """A row with the bytes of an entry, and nothing else."""
    from django.db import connection, transaction

    body = b"x" * 400
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {_TABLE}")  # noqa: S608
        (last,) = cursor.fetchone()
        for number in range(last + 1, last + count + 1):
            cursor.execute(f"INSERT INTO {_TABLE} VALUES (%s, %s)", [number, body])  # noqa: S608


def _check(entries: int) -> None:
    """What was measured is a ledger that holds."""
    from crosslight.ledger.services import verify_database

    found = verify_database()
    if not found.holds or found.entries != entries:
        raise RuntimeError(f"{found.entries} entries instead of {entries}: {found.first_fault}")
