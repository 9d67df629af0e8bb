from __future__ import annotations

import pytest

from crosslight.core.policy import Actor
from crosslight.foundation.errors import NotAllowed, NotFoundOrHidden
from crosslight.ledger import selectors
from crosslight.ledger.acts import Act
from crosslight.ledger.models import LedgerEntry
from crosslight.oversight import services
from crosslight.oversight.services import LedgerFilter
from tests.append_only import triggers_off
from tests.factories import World

pytestmark = pytest.mark.django_db


def newest() -> selectors.IndexedEntry:
    return selectors.latest_entries(limit=1)[0]


@pytest.mark.parametrize("name", ["nuria", "auditor"])
def test_the_log_is_read_newest_first_and_the_reading_is_on_record(world: World, name: str) -> None:
    reader: Actor = world.actors[name]
    before = selectors.entries_count()
    page = services.consult_ledger(actor=reader, wanted=LedgerFilter())
    indexes = [item.index for item in page.entries]
    assert indexes == sorted(indexes, reverse=True)
    assert indexes[0] == before - 1
    entry = newest().entry
    assert entry.act is Act.LEDGER_CONSULTED
    assert entry.justification == services.PURPOSE
    assert set(entry.objects) == {item.entry.id for item in page.entries}


def test_pages_follow_each_other_without_gap_or_overlap(world: World, monkeypatch) -> None:
    monkeypatch.setattr(services, "PER_PAGE", 10)
    total = selectors.entries_count()
    seen: list[int] = []
    before = total
    while before is not None:
        page = services.consult_ledger(actor=world.auditor, wanted=LedgerFilter(before=before))
        seen += [item.index for item in page.entries]
        before = page.older_before
    assert seen == list(range(total - 1, -1, -1))


def test_the_log_is_narrowed_by_act_person_and_object(world: World) -> None:
    granted = LedgerFilter(act=Act.MANDATE_GRANTED.value, object_id=world.amina.id)
    page = services.consult_ledger(actor=world.nuria, wanted=granted)
    assert page.entries
    assert all(item.entry.act is Act.MANDATE_GRANTED for item in page.entries)
    assert all(world.amina.id in item.entry.objects for item in page.entries)
    mine = services.consult_ledger(actor=world.nuria, wanted=LedgerFilter(actor_id=world.nuria.id))
    assert [item.entry.act for item in mine.entries] == [Act.LEDGER_CONSULTED]
    assert mine.names[world.nuria.id]


@pytest.mark.parametrize("name", ["amina", "luis", "ndeye", "fatou", "ncp_a", "administrator"])
def test_nobody_else_reads_or_checks_the_log(world: World, name: str) -> None:
    stranger = world.actors[name]
    for attempt in (
        lambda: services.consult_ledger(actor=stranger, wanted=LedgerFilter()),
        lambda: services.consult_ledger_entry(actor=stranger, index=0),
        lambda: services.check_ledger(actor=stranger),
        lambda: services.take_checkpoint(actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_an_absent_entry_is_nothing_to_open(world: World) -> None:
    with pytest.raises(NotFoundOrHidden):
        services.consult_ledger_entry(actor=world.auditor, index=10**9)


def test_checking_says_it_holds_and_names_the_entry_that_does_not(world: World) -> None:
    result = services.check_ledger(actor=world.auditor)
    assert result.holds
    assert newest().entry.reference == "holds"
    with triggers_off():
        row = LedgerEntry.objects.get(index=3)
        row.body = bytes(row.body).replace(b'"out":"ok"', b'"out":"OK"')
        LedgerEntry.objects.filter(index=3).update(body=row.body)
    assert services.check_ledger(actor=world.auditor).entry == 3
    assert newest().entry.reference == "fault_at_3"
