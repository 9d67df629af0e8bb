"""What someone who owns the database can do to the ledger, and what verify says about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings

from crosslight.core.evidence.checkpoint import Checkpoint, sign_checkpoint
from crosslight.core.evidence.merkle import EMPTY_ROOT, Frontier, leaf_hash
from crosslight.ledger.models import (
    LedgerCheckpoint,
    LedgerEntry,
    LedgerHead,
    LedgerObject,
    LedgerPayload,
    LedgerTile,
)
from crosslight.ledger.selectors import signed_head
from crosslight.ledger.services import checkpoint, verify_database
from tests.append_only import triggers_off
from tests.ledger.acts import record_many, record_one

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = 12


@pytest.fixture
def ledger() -> None:
    """Twelve entries: checkpoints at 6 and 12, a payload behind the last."""
    record_many(5)
    checkpoint()
    record_many(SIZE - 7)
    record_one(99, payload={"reason": "words"})
    checkpoint()


def change(index: int, **values: object) -> None:
    LedgerEntry.objects.filter(index=index).update(**values)


def reworded(index: int) -> bytes:
    body = bytes(LedgerEntry.objects.get(index=index).body)
    return body.replace(b'"ref":""', b'"ref":"other"')


def change_bytes() -> None:
    change(4, body=reworded(4))


def change_bytes_and_hash() -> None:
    change(8, body=reworded(8), leaf_hash=leaf_hash(reworded(8)))


def remove_one() -> None:
    LedgerEntry.objects.filter(index=3).delete()


def cut_the_end() -> None:
    LedgerEntry.objects.filter(index__gte=10).delete()


def swap_two() -> None:
    one, two = (bytes(LedgerEntry.objects.get(index=n).body) for n in (2, 3))
    change(2, body=two, leaf_hash=leaf_hash(two))
    change(3, body=one, leaf_hash=leaf_hash(one))


def rename_act() -> None:
    change(7, act="contribution.saved")


def rename_actor() -> None:
    change(7, actor_id="usr_" + "2" * 26)


def hide_object() -> None:
    LedgerObject.objects.filter(entry_index=5).delete()


def accuse_object() -> None:
    LedgerObject.objects.create(entry_index=5, object_id="con_" + "9" * 26)


def change_payload() -> None:
    LedgerPayload.objects.update(body=b"{}")


def move_payload() -> None:
    LedgerPayload.objects.update(index=3)


def add_unsigned() -> None:
    LedgerEntry.objects.create(
        index=SIZE, body=reworded(4), leaf_hash=leaf_hash(reworded(4)), act="", actor_id=""
    )


ATTACKS: list[tuple[Callable[[], object], int]] = [
    (change_bytes, 4),
    (change_bytes_and_hash, 6),
    (remove_one, 3),
    (cut_the_end, 10),
    (swap_two, 2),
    (rename_act, 7),
    (rename_actor, 7),
    (hide_object, 5),
    (accuse_object, 5),
    (change_payload, 11),
    (move_payload, 3),
    (add_unsigned, SIZE),
]


@pytest.mark.usefixtures("ledger")
def test_an_untouched_ledger_holds():
    result = verify_database()
    assert result.holds
    assert (result.entries, result.checkpoints) == (SIZE, 2)
    assert result.root == signed_head().root.hex()


def test_a_ledger_that_was_never_opened_holds():
    assert verify_database().holds
    assert verify_database().root == EMPTY_ROOT.hex()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(("attack", "entry"), ATTACKS)
def test_the_first_entry_that_does_not_hold_is_named(attack: Callable[[], object], entry: int):
    """Entries rewritten with their hashes are named by the stretch between two checkpoints."""
    with triggers_off():
        attack()
    result = verify_database()
    assert not result.holds
    assert result.entry == entry
    assert f"Entry {entry} does not hold" in result.first_fault


@pytest.mark.usefixtures("ledger")
def test_the_earlier_of_two_faults_is_named():
    with triggers_off():
        hide_object()
        change(9, body=reworded(9))
    assert verify_database().entry == 5


@pytest.mark.usefixtures("ledger")
def test_going_back_to_an_earlier_state_leaves_later_checkpoints_behind():
    """Cut the end, and put back the head as it was then, with its true signature."""
    early = LedgerCheckpoint.objects.get(size=6)
    leaves = LedgerEntry.objects.filter(index__lt=6).order_by("index")
    frontier = Frontier()
    for row in leaves:
        frontier = frontier.push(bytes(row.leaf_hash))
    with triggers_off():
        LedgerEntry.objects.filter(index__gte=6).delete()
        LedgerObject.objects.filter(entry_index__gte=6).delete()
        LedgerPayload.objects.all().delete()
        LedgerHead.objects.update(size=6, frontier=frontier.to_bytes(), note=early.note)
    result = verify_database()
    assert result.entry == 6
    assert "signed" in result.first_fault


@pytest.mark.usefixtures("ledger")
def test_a_rewritten_history_needs_the_signing_key():
    """Everything in the database rewritten consistently, signed with a key of the forger's."""
    head = LedgerHead.objects.get()
    forged = sign_checkpoint(
        Checkpoint(head.origin, head.size, signed_head().root), key=Ed25519PrivateKey.generate()
    )
    with triggers_off():
        LedgerHead.objects.update(note=forged.note)
    result = verify_database()
    assert "another key" in result.first_fault


@pytest.mark.usefixtures("ledger")
def test_an_older_signature_does_not_cover_the_present():
    with triggers_off():
        LedgerHead.objects.update(note=LedgerCheckpoint.objects.get(size=6).note)
    assert "speaks of 6" in verify_database().first_fault


@pytest.mark.parametrize("root", [None, b"x" * 32])
def test_a_wrong_tile_is_found(root: bytes | None):
    record_many(520)
    assert verify_database().holds
    with triggers_off():
        tile = LedgerTile.objects.filter(start=256)
        tile.delete() if root is None else tile.update(root=root)
    assert verify_database().entry == 256


@pytest.mark.usefixtures("ledger")
def test_a_lost_head_is_found():
    with triggers_off():
        LedgerHead.objects.all().delete()
    assert verify_database().entry == SIZE - 1


@pytest.mark.usefixtures("ledger")
def test_a_verification_never_makes_the_key_that_it_trusts(settings: LazySettings, tmp_path: Path):
    settings.LEDGER_KEY_FILE = tmp_path / "gone"
    assert "missing" in verify_database().first_fault
    assert not (tmp_path / "gone").exists()
