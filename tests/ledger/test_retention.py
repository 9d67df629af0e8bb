"""Years end: what may be retired, what a hold keeps, and what stays on record."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, transaction

from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.errors import InputError, NotAllowed
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import (
    LedgerEmpty,
    NoSuchEntry,
    NoSuchHold,
    NoSuchShard,
    ShardNeeded,
    ShardRetired,
)
from crosslight.ledger.exchange import rotate_key
from crosslight.ledger.models import (
    LedgerEntry,
    LedgerHold,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
    LedgerTombstone,
)
from crosslight.ledger.retention import hold_shard, is_old_enough, release_shard, retire_shard
from crosslight.ledger.selectors import latest_entries, read_entries, receipt_proof, shards
from crosslight.ledger.services import export, export_all, verify_database
from tests.append_only import triggers_off
from tests.ledger.acts import CONSOLE, record_one
from tests.ledger.test_shards import fill, in_year

pytestmark = pytest.mark.django_db(transaction=True)

NOW = in_year(2029, month=6)


@pytest.fixture(autouse=True)
def _years(settings: LazySettings, tmp_path: Path) -> None:
    """2026 with 300 entries and content, 2027, and 2029 that grows; 18 months are kept."""
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    settings.LEDGER_MONTHS = 18
    with clock.at(in_year(2026)):
        record_one(payload={"reason": "words about somebody"})
    fill(2026, 298)
    fill(2027, 3)
    fill(2029, 1)


def retire(year: int = 2026, *, at: datetime = NOW, actor: Actor = CONSOLE) -> int:
    with clock.at(at):
        return retire_shard(actor=actor, year=year, reason="log-act-12")


def hold(year: int = 2026, reference: str = "CASE-1") -> None:
    with clock.at(NOW):
        hold_shard(actor=CONSOLE, year=year, reference=reference)


def release(year: int = 2026, reference: str = "CASE-1") -> None:
    with clock.at(NOW):
        release_shard(actor=CONSOLE, year=year, reference=reference)


def test_a_retired_year_leaves_its_root_and_nothing_else():
    root, origin = shards()[0].root, shards()[0].origin
    assert retire() == 301
    for model, column in (
        (LedgerEntry, "index"),
        (LedgerObject, "entry_index"),
        (LedgerPayload, "index"),
        (LedgerTile, "start"),
    ):
        assert not model.objects.filter(**{f"{column}__lt": 301}).exists()
    left = shards()[0]
    assert (left.is_retired, left.size, left.root, left.origin) == (True, 301, root, origin)
    recorded = latest_entries(limit=1)[0].entry
    assert recorded.act is Act.RETENTION_RETIRED
    assert recorded.objects == ("shard:2026", "entries:301", f"sha256:{root}")
    assert recorded.justification == "log-act-12"
    assert recorded.actor == CONSOLE.id
    result = verify_database()
    assert (result.first_fault, result.shards) == (None, 3)


def test_the_years_after_it_go_on(tmp_path: Path):
    retire()
    with clock.at(NOW):
        index = record_one()
        assert receipt_proof(index).checkpoint.origin.endswith("/2029")
        with pytest.raises(NoSuchEntry):
            receipt_proof(5)
        with pytest.raises(ShardRetired):
            export(tmp_path / "one", year=2026)
        assert len(export_all(tmp_path / "all")) == 2
    assert read_entries(limit=1)[0].index == 301
    assert verify_database().holds


@pytest.mark.parametrize("year", [2029, 2027])
def test_what_grows_or_is_too_young_is_kept(year: int):
    at = in_year(2028, month=8) if year == 2027 else NOW
    if year == 2027:
        # Closed in March 2029, by the first act of that year.
        at = in_year(2030, month=8)
    with pytest.raises(ShardNeeded):
        retire(year, at=at)
    assert not LedgerTombstone.objects.exists()


def test_a_hold_keeps_a_year_until_all_are_released():
    hold()
    hold(reference="CASE-2")
    hold()
    assert shards()[0].holds == ("CASE-1", "CASE-2")
    with pytest.raises(ShardNeeded, match="CASE-1, CASE-2"):
        retire()
    release()
    with pytest.raises(ShardNeeded, match="CASE-2"):
        retire()
    release(reference="CASE-2")
    acts = [found.entry.act for found in latest_entries(limit=5)]
    assert acts == [Act.RETENTION_RELEASED] * 2 + [Act.RETENTION_HELD] * 3
    assert retire() == 301


def test_what_cannot_be_held_or_released():
    with pytest.raises(NoSuchHold):
        release()
    with pytest.raises(NoSuchShard):
        hold(1999)
    with pytest.raises(NoSuchShard):
        retire(1999)
    for reference in ("", "two words", "x" * 65):
        with pytest.raises(InputError):
            hold(reference=reference)
    retire()
    for again in (hold, retire):
        with pytest.raises(ShardRetired):
            again(2026)
    assert verify_database().holds


def test_without_a_limit_nothing_is_retired(settings: LazySettings):
    settings.LEDGER_MONTHS = None
    with pytest.raises(ShardNeeded, match="No limit"):
        retire()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_retires(role: Role):
    with pytest.raises(NotAllowed):
        retire(actor=Actor(id="usr_" + "1" * 26, roles=frozenset({role}), has_mfa=True))
    assert verify_database().entries == LedgerEntry.objects.count()


def test_the_database_itself_keeps_what_is_held_or_grows():
    hold()
    for year in (2026, 2029):
        with pytest.raises(DatabaseError), transaction.atomic():
            LedgerTombstone.objects.create(year=year, retired_at=clock.now(), first_key="")
    LedgerHold.objects.all().delete()
    retire()
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(index=302).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerTombstone.objects.all().delete()
    assert verify_database().holds


def test_entries_that_vanish_without_a_tombstone_are_missed():
    with triggers_off():
        LedgerEntry.objects.filter(index__lt=301).delete()
    assert "Entry 0" in verify_database().first_fault


def test_rows_that_stay_behind_a_tombstone_are_found():
    retire()
    with triggers_off():
        LedgerObject.objects.create(object_id="con_" + "1" * 26, entry_index=7)
    assert "retired, and some of it is still here" in verify_database().first_fault


def test_keys_are_followed_over_a_retired_year():
    with clock.at(in_year(2029)):
        rotate_key(actor=CONSOLE)
    fill(2031, 1)
    with clock.at(in_year(2031, month=2)):
        rotate_key(actor=CONSOLE)
    hold()
    assert retire(2027, at=in_year(2031, month=6)) == 5
    assert verify_database().first_fault is None
    release_at = in_year(2031, month=7)
    with clock.at(release_at):
        release_shard(actor=CONSOLE, year=2026, reference="CASE-1")
    assert retire(2026, at=in_year(2031, month=8)) == 301
    assert verify_database().first_fault is None


def test_all_closed_years_may_go(tmp_path: Path):
    fill(2031, 1)
    late = in_year(2035)
    for year in (2026, 2027, 2029):
        retire(year, at=datetime(2031, 6, 1, tzinfo=UTC) if year < 2029 else in_year(2034))
    assert verify_database().first_fault is None
    assert [shard.is_retired for shard in shards()][:3] == [True] * 3
    with clock.at(late):
        export_all(tmp_path / "all")


def test_an_export_of_nothing(settings: LazySettings, tmp_path: Path):
    with triggers_off():
        from tests.cli.test_witness_server import forget_everything

        forget_everything()
        LedgerPayload.objects.all().delete()
    with pytest.raises(LedgerEmpty):
        export_all(tmp_path / "all")


@pytest.mark.parametrize(
    ("last", "now", "months", "is_old"),
    [
        ("2026-12-31T23:00:00.000000Z", datetime(2027, 12, 31, 22, tzinfo=UTC), 12, False),
        ("2026-12-31T23:00:00.000000Z", datetime(2027, 12, 31, 23, tzinfo=UTC), 12, True),
        ("2026-12-31T23:00:00.000000Z", datetime(2028, 1, 1, tzinfo=UTC), 12, True),
        ("2026-01-31T00:00:00.000000Z", datetime(2026, 3, 1, tzinfo=UTC), 1, True),
        ("2026-01-31T00:00:00.000000Z", datetime(2026, 2, 28, tzinfo=UTC), 1, False),
        ("2027-01-01T00:00:00.000000Z", datetime(2026, 1, 1, tzinfo=UTC), 1, False),
    ],
)
def test_how_old_a_year_is(last: str, now: datetime, months: int, is_old: bool):
    assert is_old_enough(last, now=now, months=months) is is_old
