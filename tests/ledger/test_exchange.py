"""Key rotation: what both keys signed is followed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.checkpoint import sign_checkpoint
from crosslight.core.evidence.entry import Entry, Rotation
from crosslight.core.evidence.export import CHECKPOINT, KEY, Known, verify_export
from crosslight.core.evidence.notes import to_base64, verifier_key
from crosslight.core.evidence.rotation import sign_rotation
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.foundation.errors import NotAllowed
from crosslight.ledger import keys
from crosslight.ledger.errors import KeyUnusable
from crosslight.ledger.exchange import rotate_key
from crosslight.ledger.models import LedgerHead
from crosslight.ledger.services import checkpoint, export, receipt, verify_database
from tests.append_only import triggers_off
from tests.core.evidence.ledgers import (
    KEY_OF_LEDGER,
    ORIGIN,
    an_entry,
    bodies_of,
    export_of,
    signed,
    with_sums,
)
from tests.ledger.acts import CONSOLE, record_many, record_one
from tests.ledger.test_export import files_in

NEW = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
THIRD = Ed25519PrivateKey.from_private_bytes(b"\x12" * 32)
OLD_VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
NEW_VKEY = verifier_key(name=ORIGIN, key=NEW)


@pytest.fixture
def own_key(settings: LazySettings, tmp_path: Path) -> Path:
    """A key file of its own, since it is exchanged."""
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    return tmp_path / "keys"


@pytest.mark.django_db(transaction=True)
def test_checkpoints_before_and_after_an_exchange_hold(own_key: Path):
    record_many(3)
    checkpoint()
    done = rotate_key(actor=CONSOLE)
    checkpoint()
    record_one()
    again = rotate_key(actor=CONSOLE)
    assert (done.index, again.index) == (4, 6)
    assert done.new == again.old != again.new
    result = verify_database()
    assert (result.first_fault, result.entries, result.checkpoints) == (None, 7, 3)
    assert [path.name for path in own_key.iterdir()] == ["ledger.ed25519"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_key")
def test_whoever_holds_an_older_key_follows_the_chain(tmp_path: Path):
    record_many(3)
    early = checkpoint()
    first = rotate_key(actor=CONSOLE)
    second = rotate_key(actor=CONSOLE)
    record_one()
    export(tmp_path / "export")
    files = files_in(tmp_path / "export")
    for held in (first.old, first.new, second.new):
        known = Known(key=held, kept=[early.note])
        assert verify_export(files, known=known).first_fault is None
    stranger = verifier_key(name=first.old.name, key=NEW)
    assert (
        "not the key that you hold" in verify_export(files, known=Known(key=stranger)).first_fault
    )
    forged = sign_checkpoint(early.checkpoint, key=keys.existing_key()).note
    said = verify_export(files, known=Known(kept=[forged])).first_fault
    assert "that you kept" in said, "a later key cannot sign for an earlier time"
    assert receipt(1).verify(key=second.new).size == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_key")
def test_a_year_begins_with_the_key_with_which_the_last_one_ended():
    with clock.at(clock.now() - timedelta(days=400)):
        record_one()
        rotate_key(actor=CONSOLE)
    record_one()
    rotate_key(actor=CONSOLE)
    result = verify_database()
    assert (result.first_fault, result.shards) == (None, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DATA_PROTECTION, Role.REPORTER])
def test_only_an_administrator_exchanges_the_key(own_key: Path, role: Role):
    record_one()
    actor = Actor(id="usr_" + "1" * 26, roles=frozenset({role}), has_mfa=True)
    with pytest.raises(NotAllowed):
        rotate_key(actor=actor)
    assert [path.name for path in own_key.iterdir()] == ["ledger.ed25519"]


@pytest.mark.django_db(transaction=True)
def test_a_crash_between_commit_and_files_loses_nothing(
    own_key: Path, monkeypatch: pytest.MonkeyPatch
):
    record_one()
    with monkeypatch.context() as patch:
        patch.setattr("crosslight.ledger.exchange.finish_exchange", lambda _origin, _note: None)
        rotate_key(actor=CONSOLE)
    assert sorted(path.name for path in own_key.iterdir()) == [
        "ledger.ed25519",
        "ledger.ed25519.next",
    ]
    record_one()
    assert verify_database().holds
    rotate_key(actor=CONSOLE)
    record_one()
    assert verify_database().first_fault is None
    assert [path.name for path in own_key.iterdir()] == ["ledger.ed25519"]


@pytest.mark.django_db(transaction=True)
def test_a_key_that_was_put_there_without_an_exchange_signs_nothing(own_key: Path):
    record_one()
    (own_key / "ledger.ed25519").unlink()
    keys.ensure_key()
    with pytest.raises(KeyUnusable, match="another key"):
        record_one()
    assert "another key" in verify_database().first_fault


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_key")
def test_a_closed_shard_signed_with_a_stolen_old_key_is_found():
    """The checkpoint at the end is signed by the old key, though the new one was in use."""
    record_one()
    old = keys.existing_key()
    rotate_key(actor=CONSOLE)
    record_one()
    signed_now = checkpoint()
    forged = sign_checkpoint(signed_now.checkpoint, key=old)
    with triggers_off():
        LedgerHead.objects.update(note=forged.note)
    assert "another key" in verify_database().first_fault


# --- without a database: what an operator could forge ---------------------------------------


def entry_with(rotation: Rotation, number: int = 5) -> Entry:
    return an_entry(number, act=Act.KEY_ROTATED, objects=(), rotation=rotation)


def exported(rotation: Rotation, *, last: Ed25519PrivateKey = NEW) -> dict[str, bytes]:
    bodies = [*bodies_of(5), entry_with(rotation).to_bytes(), an_entry(6).to_bytes()]
    note = sign_checkpoint(signed(bodies).checkpoint, key=last).note
    vkey = f"{verifier_key(name=ORIGIN, key=last).to_text()}\n"
    return with_sums({**export_of(bodies), CHECKPOINT: note.encode(), KEY: vkey.encode()})


TRUE = sign_rotation(origin=ORIGIN, index=5, old=KEY_OF_LEDGER, new=NEW)


def test_the_exchange_of_both_keys_is_followed():
    for held in (OLD_VKEY, NEW_VKEY):
        assert verify_export(exported(TRUE), known=Known(key=held)).first_fault is None


OTHER = sign_rotation(origin=ORIGIN, index=5, old=THIRD, new=NEW)
FORGED: dict[str, Rotation] = {
    "the old key did not sign": replace(TRUE, old_signature=TRUE.new_signature),
    "the new key did not sign": replace(TRUE, new_signature=TRUE.old_signature),
    "signed for another entry": sign_rotation(origin=ORIGIN, index=4, old=KEY_OF_LEDGER, new=NEW),
    "signed for another ledger": replace(
        sign_rotation(origin="crosslight.example/audit/2025", index=5, old=KEY_OF_LEDGER, new=NEW),
        old_key=TRUE.old_key,
        new_key=TRUE.new_key,
    ),
    "of another ledger": sign_rotation(
        origin="crosslight.example/audit/2025", index=5, old=KEY_OF_LEDGER, new=NEW
    ),
    "a key for itself": sign_rotation(origin=ORIGIN, index=5, old=NEW, new=NEW),
    "by somebody who claims the old key": replace(OTHER, old_key=TRUE.old_key),
    "a signature of nothing": replace(TRUE, old_signature=to_base64(b"\x00" * 64)),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_what_not_both_keys_signed_is_refused(forgery: str):
    result = verify_export(exported(FORGED[forgery]))
    assert (result.holds, result.entry) == (False, 5)


def test_an_exchange_that_the_held_key_did_not_sign_is_refused():
    """Somebody else's two keys, which agree with each other."""
    result = verify_export(exported(OTHER), known=Known(key=OLD_VKEY))
    assert "not the key that you hold" in result.first_fault


def test_the_old_key_signs_nothing_any_more():
    result = verify_export(exported(TRUE, last=KEY_OF_LEDGER))
    assert "another key than it last took" in result.first_fault
