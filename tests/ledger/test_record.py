from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db.transaction import TransactionManagementError

from crosslight.core.evidence.entry import commitment
from crosslight.core.evidence.merkle import leaf_hash
from crosslight.foundation import clock
from crosslight.foundation.errors import NotAllowed
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.models import LedgerEntry, LedgerHead, LedgerObject, LedgerPayload
from crosslight.ledger.selectors import entries_count, entry, read_entries, signed_head
from crosslight.ledger.services import erase_payload, record, record_refusal, verify_database
from tests.ledger.acts import CONSOLE, REPORTER, contribution, record_one

pytestmark = pytest.mark.django_db

UNIT = f"uni_{1:026d}"


def test_the_first_act_opens_the_ledger():
    with clock.at(datetime(2026, 11, 21, 12, tzinfo=UTC)):
        assert record_one() == 1
    opening = entry(0).entry
    assert opening.act is Act.LOG_OPENED
    assert opening.actor == "system:ledger"
    assert opening.opening.origin == "crosslight.example/audit/2026"
    assert opening.opening.previous_root is None
    assert entries_count() == 2


def test_an_entry_says_who_did_what_and_why():
    with act():
        index = record(
            actor=REPORTER,
            act=Act.CONTRIBUTION_DISSEMINATED,
            objects=[contribution(1), contribution(2), contribution(1)],
            justification="dissemination",
            reference="input-7",
            basis="LED-8",
            recipients=[UNIT],
        )
    found = entry(index).entry
    assert (found.actor, found.organisation) == (REPORTER.id, REPORTER.organisation_id)
    assert found.roles == ("reporter",)
    assert found.session == REPORTER.session
    assert found.objects == (contribution(1), contribution(2))
    assert (found.justification, found.reference, found.basis) == (
        "dissemination",
        "input-7",
        "LED-8",
    )
    assert found.recipients == (UNIT,)
    assert (found.outcome, found.commitment, found.release) == ("ok", None, "0.1.0")


@pytest.mark.parametrize("name", [contribution, "sha256:{:064d}".format])
def test_a_long_list_fills_several_entries(name: Callable[[int], str]):
    names = [name(number) for number in range(400)]
    with act():
        index = record(
            actor=REPORTER,
            act=Act.CONTRIBUTION_LISTED,
            objects=names,
            justification="queue",
            payload={"rows": 400},
        )
    entries = [found.entry for found in read_entries(after=0)]
    assert index == 1
    assert [len(found.objects) for found in entries] == [150, 150, 100]
    assert [item for found in entries for item in found.objects] == names
    assert len({found.id for found in entries}) == 3
    assert [found.commitment is None for found in entries] == [False, True, True]
    assert verify_database().holds


def test_the_stored_hash_is_that_of_the_stored_bytes():
    record_one()
    row = LedgerEntry.objects.get(index=1)
    assert leaf_hash(bytes(row.body)) == bytes(row.leaf_hash)


def test_every_entry_moves_the_signed_root():
    record_one()
    first = signed_head()
    record_one(2)
    second = signed_head()
    assert (first.size, second.size) == (2, 3)
    assert first.root != second.root


@pytest.mark.parametrize(
    "fields",
    [
        {"act": Act.CONTRIBUTION_CONSULTED},
        {"act": Act.HANDOVER_OFFERED, "recipients": [UNIT]},
        {"objects": ["Amina Example"]},
        {"recipients": ["Unit A"]},
        {"reference": "the case of last week"},
        {"basis": "Code, article 5"},
        {"justification": "x" * 65},
        {"payload": {"share": 0.5}},
        {"recipients": [contribution(number) for number in range(600)]},
    ],
)
def test_what_the_ledger_must_not_hold_is_refused(fields: dict[str, object]):
    record_one()
    with pytest.raises(ValueError, match=r"\w"), act():
        record(**{"actor": REPORTER, "act": Act.CONTRIBUTION_SAVED, **fields})
    assert entries_count() == 2
    assert verify_database().holds


def test_content_is_bound_but_kept_beside():
    index = record_one(payload={"reason": "words about somebody"})
    body = bytes(LedgerEntry.objects.get(index=index).body)
    kept = LedgerPayload.objects.get(index=index)
    assert b"words" not in body
    assert bytes(kept.body) == b'{"reason":"words about somebody"}'
    assert entry(index).entry.commitment == commitment(
        key=bytes(kept.key), payload=bytes(kept.body)
    )


def test_equal_content_has_unequal_commitments():
    one = record_one(payload={"reason": "same"})
    two = record_one(payload={"reason": "same"})
    assert entry(one).entry.commitment != entry(two).entry.commitment


def test_erasing_content_leaves_the_ledger_whole():
    index = record_one(payload={"reason": "words"})
    root = signed_head().root
    with act():
        assert erase_payload(index)
    assert not LedgerPayload.objects.exists()
    assert signed_head().root == root
    assert verify_database().holds
    with act():
        assert not erase_payload(index)


def test_time_never_runs_backwards():
    with clock.at(datetime(2026, 5, 2, tzinfo=UTC)):
        record_one()
    with clock.at(datetime(2026, 5, 1, tzinfo=UTC)):
        earlier = record_one(2)
    with clock.at(datetime(2026, 5, 2, tzinfo=UTC) + timedelta(seconds=1)):
        later = record_one(3)
    assert entry(earlier).entry.at == "2026-05-02T00:00:00.000000Z"
    assert entry(later).entry.at == "2026-05-02T00:00:01.000000Z"
    assert verify_database().holds


def test_a_refusal_is_an_entry_with_its_code():
    index = record_refusal(
        actor=REPORTER,
        action="match.answer",
        objects=[contribution(1)],
        code="P-403",
        reason="Your role cannot answer.",
    )
    found = entry(index).entry
    assert (found.act, found.outcome) == (Act.ACT_REFUSED, "denied:P-403")
    assert (found.actor, found.reference) == (REPORTER.id, "match.answer")
    assert found.objects == (contribution(1),)
    assert b"cannot answer" in bytes(LedgerPayload.objects.get(index=index).body)


def test_a_refusal_of_nonsense_keeps_none_of_it():
    index = record_refusal(
        actor=None, action="GET /people/Amina Example", objects=["Amina", "../x"], code="P-003"
    )
    found = entry(index).entry
    assert (found.actor, found.objects, found.reference) == ("visitor:unknown", (), "")
    assert verify_database().holds


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        record(actor=CONSOLE, act=Act.IMPORT_RUN)
    assert entries_count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_nothing_but_its_refusal():
    record_one()
    before = signed_head()
    with pytest.raises(NotAllowed):
        record_then_refuse()
    assert signed_head() == before
    assert not LedgerObject.objects.filter(object_id=contribution(7)).exists()
    assert not LedgerPayload.objects.exists()

    index = record_refusal(actor=REPORTER, action="contribution.save", code=NotAllowed.code)
    assert index == before.size
    assert entry(index).entry.outcome == "denied:P-403"
    assert verify_database().holds


def record_then_refuse() -> None:
    with act():
        record(
            actor=REPORTER,
            act=Act.CONTRIBUTION_SAVED,
            objects=[contribution(7)],
            payload={"a": 1},
        )
        raise NotAllowed


@pytest.mark.django_db(transaction=True)
def test_a_refusal_cannot_hide_inside_the_act_that_it_refuses():
    with pytest.raises(RuntimeError, match="durable"), act():
        record_refusal(actor=REPORTER, action="contribution.save", code="P-403")


@pytest.mark.django_db(transaction=True)
def test_a_ledger_whose_opening_was_rolled_back_is_opened_again():
    with pytest.raises(NotAllowed):
        record_then_refuse()
    assert not LedgerHead.objects.exists()
    assert record_one() == 1
    assert verify_database().holds


def test_acts_inside_an_act_are_recorded_in_order():
    with act():
        first = record(actor=CONSOLE, act=Act.EXERCISE_MADE)
        second = record_one()
        third = record(actor=CONSOLE, act=Act.EXERCISE_PLAYED)
    assert [first, second, third] == [1, 2, 3]
    assert verify_database().entries == 4
