from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from crosslight.foundation import clock
from crosslight.ledger.models import (
    LedgerCheckpoint,
    LedgerEntry,
    LedgerHead,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
    LedgerTombstone,
)
from crosslight.ledger.services import checkpoint, verify_database
from tests.ledger.acts import record_many, record_one

pytestmark = pytest.mark.django_db

ATTEMPTS: dict[str, Callable[[], object]] = {
    "change an entry": lambda: LedgerEntry.objects.filter(index=1).update(body=b"{}"),
    "remove an entry": lambda: LedgerEntry.objects.filter(index=1).delete(),
    "remove all entries": lambda: LedgerEntry.objects.all().delete(),
    "rename an object": lambda: LedgerObject.objects.update(object_id="x"),
    "forget an object": lambda: LedgerObject.objects.all().delete(),
    "change a checkpoint": lambda: LedgerCheckpoint.objects.update(note=""),
    "remove a checkpoint": lambda: LedgerCheckpoint.objects.all().delete(),
    "remove the head": lambda: LedgerHead.objects.all().delete(),
    "shrink the ledger": lambda: LedgerHead.objects.update(size=1),
    "sign the same size again": lambda: LedgerHead.objects.update(note=""),
    "change content": lambda: LedgerPayload.objects.update(body=b"{}"),
    "fork": lambda: LedgerEntry(index=1, body=b"{}", leaf_hash=b"", act="", actor_id="").save(
        force_insert=True
    ),
    "a second head of a year": lambda: LedgerHead(
        year=LedgerHead.objects.get().year,
        origin="",
        start=0,
        size=0,
        frontier=b"",
        last_at="",
        note="",
    ).save(force_insert=True),
    "move a shard": lambda: LedgerHead.objects.update(size=9, start=5),
    "bury the year that grows": lambda: LedgerTombstone.objects.create(
        year=LedgerHead.objects.get().year, retired_at=clock.now(), first_key=""
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_the_tables_refuse(attempt: Callable[[], object]):
    record_one(payload={"a": 1})
    checkpoint()
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
    assert verify_database().holds


@pytest.mark.parametrize(
    "attempt",
    [lambda: LedgerTile.objects.update(root=b""), lambda: LedgerTile.objects.all().delete()],
)
def test_a_finished_tile_stays(attempt: Callable[[], object]):
    record_many(255)
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE exists on PostgreSQL")
@pytest.mark.parametrize(
    "model", [LedgerEntry, LedgerObject, LedgerTile, LedgerCheckpoint, LedgerHead]
)
def test_the_tables_refuse_to_be_truncated(model: type[LedgerEntry]):
    record_one()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {model._meta.db_table}")
    assert verify_database().holds
