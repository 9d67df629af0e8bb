"""One shard a year: the roll-over, its proofs, and what an owner of the database could try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crosslight.core.evidence.export import Known
from crosslight.core.evidence.notes import VerifierKey
from crosslight.core.evidence.shards import verify_shards
from crosslight.foundation import clock
from crosslight.foundation.errors import NotAllowed
from crosslight.foundation.transactions import act
from crosslight.ledger import appending
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import NoSuchShard
from crosslight.ledger.models import LedgerEntry, LedgerHead, LedgerTile
from crosslight.ledger.selectors import (
    entries_count,
    entry,
    latest_entries,
    read_entries,
    shards,
    signed_head,
)
from crosslight.ledger.services import (
    Recorded,
    checkpoint,
    export,
    export_all,
    receipt,
    record,
    record_many,
    verify_database,
)
from tests.append_only import triggers_off
from tests.ledger.acts import REPORTER, contribution
from tests.ledger.test_export import files_in

pytestmark = pytest.mark.django_db(transaction=True)

ORIGIN = "crosslight.example/audit/{}"


def in_year(year: int, *, month: int = 3) -> datetime:
    return datetime(year, month, 1, 12, tzinfo=UTC)


def fill(year: int, count: int, *, month: int = 3) -> list[int]:
    with clock.at(in_year(year, month=month)), act():
        return record_many(
            actor=REPORTER,
            acts=[
                Recorded(act=Act.CONTRIBUTION_SUBMITTED, objects=[contribution(n)])
                for n in range(count)
            ],
        )


@pytest.fixture
def three_years() -> None:
    """Entries 0 to 300 in 2026, with opening and closing; 301 to 303 in 2027; 304 on in 2029."""
    fill(2026, 299)
    fill(2027, 1)
    fill(2029, 520)


def acts(start: int, end: int) -> list[str]:
    return [found.entry.act.value for found in read_entries(after=start - 1, limit=end - start)]


@pytest.mark.usefixtures("three_years")
def test_the_first_act_of_a_year_closes_the_old_shard_and_opens_the_new():
    assert [(s.year, s.size, s.is_closed) for s in shards()] == [
        (2026, 301, True),
        (2027, 3, True),
        (2029, 521, False),
    ]
    assert acts(300, 306) == [
        "log.closed",
        "log.opened",
        "contribution.submitted",
        "log.closed",
        "log.opened",
        "contribution.submitted",
    ]
    opened = entry(301).entry
    before = LedgerHead.objects.get(year=2026)
    assert opened.opening.origin == ORIGIN.format(2027)
    assert opened.opening.previous_origin == ORIGIN.format(2026)
    assert opened.opening.previous_size == before.size
    assert opened.opening.previous_root == shards()[0].root
    assert opened.at == "2027-03-01T12:00:00.000000Z" == entry(300).entry.at
    result = verify_database()
    assert result.first_fault is None
    assert (result.entries, result.shards, result.root) == (825, 3, signed_head().root.hex())


@pytest.mark.usefixtures("three_years")
def test_numbers_run_on_over_the_years():
    assert entries_count() == LedgerEntry.objects.count() == 825
    assert [found.index for found in latest_entries(limit=3)] == [824, 823, 822]
    assert [tile.start for tile in LedgerTile.objects.order_by("start")] == [0, 304, 560]


def test_a_clock_that_is_behind_does_not_reopen_a_year():
    fill(2027, 1)
    fill(2026, 2)
    assert [shard.year for shard in shards()] == [2027]
    assert entry(2).entry.at == "2027-03-01T12:00:00.000000Z"


def record_then_fail() -> None:
    with act():
        record(actor=REPORTER, act=Act.CONTRIBUTION_SAVED, objects=[contribution(1)])
        raise NotAllowed


def test_a_roll_over_that_is_rolled_back_leaves_the_old_shard_open():
    fill(2026, 3)
    before = signed_head()
    with pytest.raises(NotAllowed), clock.at(in_year(2027)):
        record_then_fail()
    assert signed_head() == before
    assert verify_database().holds
    fill(2027, 1)
    assert [shard.size for shard in shards()] == [5, 2]
    assert verify_database().holds


def test_time_is_in_the_year_of_the_shard_from_its_opening_on():
    fill(2026, 1, month=12)
    fill(2027, 1, month=1)
    for found in read_entries():
        year = 2026 if found.index < 2 else 2027
        assert found.entry.at.startswith(f"{year}-") or found.entry.act is Act.LOG_CLOSED


@pytest.mark.parametrize("number", [0, 1, 255, 299, 300, 301, 302, 303, 304, 559, 560, 824])
@pytest.mark.usefixtures("three_years")
def test_every_entry_has_a_receipt_in_its_shard(number: int, tmp_path: Path):
    proof = receipt(number)
    origin = proof.note.partition("\n")[0]
    export(tmp_path, year=int(origin[-4:]))
    key = VerifierKey.from_text((tmp_path / "keys/log.vkey").read_text("ascii")[:-1])
    assert proof.verify(key=key).origin == origin
    assert proof.entry == bytes(LedgerEntry.objects.get(index=number).body)
    assert verify_database().holds


@pytest.mark.usefixtures("three_years")
def test_all_shards_are_exported_side_by_side_and_hold_together(tmp_path: Path):
    checkpoint(2026)
    done = export_all(tmp_path / "all")
    files = files_in(tmp_path / "all")
    key = VerifierKey.from_text(files["2026/keys/log.vkey"].decode()[:-1])
    kept = (checkpoint(2027).note,)
    result = verify_shards(files, known=Known(key=key, kept=kept))
    assert result.first_fault is None
    assert (len(done), result.shards, result.entries) == (3, 3, 825)
    assert result.root == signed_head().root.hex()


def test_a_year_that_is_not_there(tmp_path: Path):
    fill(2026, 1)
    with pytest.raises(NoSuchShard):
        checkpoint(1999)
    with pytest.raises(NoSuchShard):
        export(tmp_path, year=2027)


def resign(year: int, change: Callable[[LedgerHead], None]) -> None:
    """As the owner of database and key would: rewrite a closed shard and sign it again."""
    head = LedgerHead.objects.get(year=year)
    LedgerEntry.objects.filter(index__gte=head.start, index__lt=head.end).delete()
    LedgerTile.objects.filter(start__gte=head.start, start__lt=head.end).delete()
    head.size, head.frontier = 0, b""
    LedgerHead.objects.filter(year=year).delete()
    change(head)


def rewrite_2027() -> None:
    """The same number of entries, all well formed and signed with the true key."""
    bodies = [bytes(row.body) for row in LedgerEntry.objects.filter(index__in=[301, 302, 303])]

    def change(head: LedgerHead) -> None:
        from crosslight.core.evidence.entry import parse_entry

        key = appending.key_of(head.origin, head.note)
        entries = [parse_entry(body) for body in bodies]
        changed = [entries[0], appending.replace(entries[1], reference="other"), entries[2]]
        with clock.at(in_year(2027)), act():
            appending.write(head, [(each, None) for each in changed], key=key)

    from crosslight.ledger.models import LedgerObject

    LedgerObject.objects.filter(entry_index__in=[301, 302, 303]).delete()
    resign(2027, change)


def reopen_2026() -> None:
    LedgerEntry.objects.filter(index=300).delete()
    LedgerHead.objects.filter(year=2026).update(size=300)


ATTACKS: dict[str, tuple[Callable[[], object], str]] = {
    "a closed shard rewritten and signed": (rewrite_2027, "was not opened on the last state of"),
    "an entry of a closed shard": (
        lambda: LedgerEntry.objects.filter(index=302).update(act="contribution.saved"),
        "Entry 302",
    ),
    "the end of a closed shard": (reopen_2026, "at 300 entries speaks of 301"),
    "a whole shard": (
        lambda: (
            LedgerEntry.objects.filter(index__lt=301).delete(),
            LedgerHead.objects.filter(year=2026).delete(),
        ),
        "2027 does not begin where",
    ),
    "a tile of the last shard": (
        lambda: LedgerTile.objects.filter(start=560).delete(),
        "Entry 560",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.usefixtures("three_years")
def test_an_owner_of_the_database_is_found_out_in_any_year(attack: str):
    do, said = ATTACKS[attack]
    assert verify_database().holds
    with triggers_off():
        do()
    assert said in verify_database().first_fault


@pytest.mark.usefixtures("three_years")
def test_an_export_of_all_shards_is_refused_where_one_does_not_follow(tmp_path: Path):
    export_all(tmp_path / "true")
    true = files_in(tmp_path / "true")
    for old in ("2026", "2027"):
        without = {name: data for name, data in true.items() if not name.startswith(f"{old}/")}
        result = verify_shards(without, known=Known())
        # The oldest may be gone; one between two others may not.
        assert result.holds is (old == "2026")
    for change, said in (
        ({"2026/README.txt": b"x"}, "Shard 2026"),
        ({"notes.txt": b"x"}, "does not belong"),
        ({"verify.sh": b"x"}, "verify.sh is missing"),
        ({"2027/checkpoint": true["2026/checkpoint"]}, "Shard 2027"),
    ):
        assert said in verify_shards({**true, **change}, known=Known()).first_fault
    renamed = {name.replace("2029/", "2028/", 1): data for name, data in true.items()}
    assert "not of the year 2028" in verify_shards(renamed, known=Known()).first_fault


@pytest.mark.usefixtures("three_years")
def test_a_rewritten_shard_in_an_export_does_not_fit_the_one_after_it(tmp_path: Path):
    export_all(tmp_path / "true")
    true = files_in(tmp_path / "true")
    with triggers_off():
        rewrite_2027()
    export(tmp_path / "forged", year=2027)
    forged = {f"2027/{name}": data for name, data in files_in(tmp_path / "forged").items()}
    said = verify_shards({**true, **forged}, known=Known()).first_fault
    assert "2029 was not opened on the last state of" in said
