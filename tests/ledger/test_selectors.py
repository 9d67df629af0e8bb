from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crosslight.core.evidence.merkle import verify_inclusion
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import LedgerEmpty, NoSuchEntry
from crosslight.ledger.selectors import entries_count, entry, read_entries, receipt_proof
from crosslight.ledger.services import record, record_refusal
from tests.ledger.acts import CONSOLE, REPORTER, contribution, record_many, record_one

pytestmark = pytest.mark.django_db


def indexes(**query: object) -> list[int]:
    return [found.index for found in read_entries(**query)]


def test_entries_come_in_their_order_page_by_page():
    record_many(9)
    assert indexes(limit=4) == [0, 1, 2, 3]
    assert indexes(after=3, limit=4) == [4, 5, 6, 7]
    assert indexes(after=7, limit=4) == [8, 9]
    assert indexes(after=9, limit=4) == []
    assert entries_count() == 10


def test_entries_are_found_by_act_actor_and_object():
    record_many(3)
    with act():
        record(actor=CONSOLE, act=Act.IMPORT_RUN, objects=[contribution(1), contribution(2)])
    refused = record_refusal(
        actor=REPORTER, action="contribution.take", objects=[contribution(2)], code="P-403"
    )
    assert indexes(act=Act.IMPORT_RUN) == [4]
    assert indexes(actor_id=CONSOLE.id) == [4]
    assert indexes(object_id=contribution(2)) == [3, 4, refused]
    assert indexes(object_id=contribution(2), actor_id=REPORTER.id) == [3, refused]
    assert indexes(object_id=contribution(77)) == []


def test_an_entry_is_read_by_its_number():
    index = record_one(5)
    assert entry(index).entry.objects == (contribution(5),)
    with pytest.raises(NoSuchEntry):
        entry(index + 1)


@pytest.mark.parametrize("size", [2, 3, 8, 9, 20])
def test_a_receipt_proves_its_entry(size: int):
    record_many(size - 1)
    for index in range(size):
        receipt = receipt_proof(index)
        assert receipt.size == size
        assert verify_inclusion(
            index=index,
            size=receipt.size,
            leaf=receipt.leaf_hash,
            proof=receipt.hashes,
            root=receipt.root,
        )


@pytest.mark.parametrize("size", [256, 257, 512, 700])
def test_a_receipt_of_a_long_ledger_proves_its_entry(size: int):
    """Past 256 entries, whole tiles stand for their entries."""
    record_many(size - 1)
    for index in (0, 1, 255, size // 2, size - 2, size - 1):
        receipt = receipt_proof(index)
        assert verify_inclusion(
            index=index,
            size=size,
            leaf=receipt.leaf_hash,
            proof=receipt.hashes,
            root=receipt.root,
        )


def test_a_receipt_reads_tiles_instead_of_hashes(django_assert_max_num_queries: Callable):
    record_many(600)
    with django_assert_max_num_queries(16) as queries:
        receipt_proof(599)
    assert any("ledger_ledgertile" in query["sql"] for query in queries.captured_queries)


def test_a_receipt_proves_no_other_entry():
    record_many(7)
    receipt = replace(receipt_proof(3), index=4)
    assert not verify_inclusion(
        index=receipt.index,
        size=receipt.size,
        leaf=receipt.leaf_hash,
        proof=receipt.hashes,
        root=receipt.root,
    )


def test_there_is_no_receipt_of_what_was_not_recorded():
    with pytest.raises(LedgerEmpty):
        receipt_proof(0)
    index = record_one()
    for absent in (-1, index + 1):
        with pytest.raises(NoSuchEntry):
            receipt_proof(absent)
