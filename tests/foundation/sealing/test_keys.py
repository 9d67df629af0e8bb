"""Keys of subjects: made once, opened by whoever has the key-encryption key, destroyed for good."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import connections

from crosslight.foundation.sealing import cache, upkeep
from crosslight.foundation.sealing.destruction import destroy_later, sweep, waiting
from crosslight.foundation.sealing.errors import KekUnusable, SecretKept
from crosslight.foundation.sealing.kek.files import FileKeys
from crosslight.foundation.sealing.keys import (
    KeyDestroyed,
    KeyMissing,
    Purpose,
    destroy_secret,
    keep_secret,
    make_key,
    open_by_id,
    open_for,
    read_secret,
)
from crosslight.foundation.sealing.models import SubjectKey
from crosslight.foundation.transactions import act

pytestmark = pytest.mark.django_db
V = Purpose.VICTIM


@pytest.fixture
def keks(settings, tmp_path):
    """Key-encryption keys of this test alone."""
    settings.KEY_ENCRYPTION = replace(settings.KEY_ENCRYPTION, folder=tmp_path)
    cache.forget_all()
    yield tmp_path
    cache.forget_all()


def test_a_key_is_made_once_and_is_the_same_ever_after(keks) -> None:
    make_key("ent_1", purpose=V)
    first = open_for("ent_1", purpose=V)
    make_key("ent_1", purpose=V)
    cache.forget_all()
    assert open_for("ent_1", purpose=V) == first
    assert open_by_id(first.id) == first
    assert SubjectKey.objects.filter(subject="ent_1").count() == 1
    assert first.key not in bytes(SubjectKey.objects.get(subject="ent_1").wrapped)


def test_purposes_have_keys_of_their_own(keks) -> None:
    make_key("x", purpose=V)
    make_key("x", purpose=Purpose.PACKAGE)
    assert open_for("x", purpose=V) != open_for("x", purpose=Purpose.PACKAGE)
    assert {path.name for path in keks.iterdir()} == {"kek-victim.1", "kek-package.1"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in keks.iterdir())
    assert all(len(path.read_bytes()) == 32 for path in keks.iterdir())


def test_a_secret_is_kept_sealed_and_read_back(keks) -> None:
    keep_secret("pkg_1", b"AGE-SECRET-KEY-1EXAMPLE", purpose=Purpose.PACKAGE)
    keep_secret("pkg_1", b"AGE-SECRET-KEY-1EXAMPLE", purpose=Purpose.PACKAGE)
    assert read_secret("pkg_1", purpose=Purpose.PACKAGE) == b"AGE-SECRET-KEY-1EXAMPLE"
    assert b"AGE-SECRET" not in bytes(SubjectKey.objects.get(subject="pkg_1").secret)
    with pytest.raises(SecretKept):
        keep_secret("pkg_1", b"another", purpose=Purpose.PACKAGE)
    assert read_secret("pkg_1", purpose=Purpose.PACKAGE) == b"AGE-SECRET-KEY-1EXAMPLE"


def test_what_was_never_kept_is_missing_and_not_destroyed(keks) -> None:
    with pytest.raises(KeyMissing):
        read_secret("pkg_x", purpose=Purpose.PACKAGE)
    make_key("pkg_x", purpose=Purpose.PACKAGE)
    with pytest.raises(KeyMissing):
        read_secret("pkg_x", purpose=Purpose.PACKAGE)
    with pytest.raises(KeyMissing):
        open_by_id(b"\x00" * 16)


@pytest.mark.parametrize("had_one", [True, False])
def test_destroyed_is_remembered_and_cannot_be_made_anew(keks, had_one: bool) -> None:
    if had_one:
        keep_secret("pkg_1", b"secret", purpose=Purpose.PACKAGE)
    destroy_secret("pkg_1", purpose=Purpose.PACKAGE)
    destroy_secret("pkg_1", purpose=Purpose.PACKAGE)
    row = SubjectKey.objects.get(subject="pkg_1")
    assert (row.wrapped, row.secret, row.kek) == (None, None, "")
    for attempt in (
        lambda: make_key("pkg_1", purpose=Purpose.PACKAGE),
        lambda: keep_secret("pkg_1", b"secret", purpose=Purpose.PACKAGE),
        lambda: read_secret("pkg_1", purpose=Purpose.PACKAGE),
        lambda: open_for("pkg_1", purpose=Purpose.PACKAGE),
        lambda: open_by_id(bytes.fromhex(row.pk)),
    ):
        with pytest.raises(KeyDestroyed):
            attempt()


def test_destroying_drops_the_key_from_memory(keks) -> None:
    key = open_for("ent_1", purpose=V)
    assert cache.CACHE.get(key.id) == key
    destroy_secret("ent_1", purpose=V)
    assert cache.CACHE.get(key.id) is None


def test_a_lost_key_encryption_key_is_not_made_anew(keks) -> None:
    make_key("ent_1", purpose=V)
    kept = (keks / "kek-victim.1").read_bytes()
    (keks / "kek-victim.1").unlink()
    cache.forget_all()
    for attempt in (
        lambda: open_for("ent_1", purpose=V),
        lambda: make_key("ent_2", purpose=V),
    ):
        with pytest.raises(KekUnusable):
            attempt()
    upkeep.prepare()
    assert not (keks / "kek-victim.1").exists()
    (keks / "kek-victim.1").write_bytes(kept)
    (keks / "kek-victim.1").chmod(0o600)
    open_for("ent_1", purpose=V)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.chmod(0o644), "Others can read"),
        (lambda path: path.write_bytes(b"\x00" * 32), "another key"),
        (lambda path: path.write_bytes(b"short"), "32 bytes"),
    ],
)
def test_a_key_file_that_is_open_or_another_opens_nothing(keks, change, said: str) -> None:
    make_key("ent_1", purpose=V)
    change(keks / "kek-victim.1")
    cache.forget_all()
    with pytest.raises(KekUnusable, match=said):
        open_for("ent_1", purpose=V)


def test_rotation_wraps_anew_and_changes_no_key(keks) -> None:
    keys = {name: open_for(name, purpose=V) for name in ("a", "b", "c")}
    keep_secret("a", b"secret", purpose=V)
    destroy_secret("c", purpose=V)
    assert upkeep.rotate(V) == 2
    assert {path.name for path in keks.glob("kek-victim*")} == {"kek-victim.1", "kek-victim.2"}
    status = {each.purpose: each for each in upkeep.status()}[V]
    assert (status.live, status.destroyed, status.keks) == (2, 1, {status.newest: 2})
    assert status.newest.startswith("file:2:")
    (keks / "kek-victim.1").unlink()
    cache.forget_all()
    assert open_for("a", purpose=V) == keys["a"]
    assert open_for("b", purpose=V) == keys["b"]
    assert read_secret("a", purpose=V) == b"secret"


def test_rotation_can_discard_the_old_one(keks) -> None:
    make_key("a", purpose=V)
    upkeep.rotate(V, is_old_discarded=True)
    assert [path.name for path in keks.glob("kek-victim*")] == ["kek-victim.2"]
    cache.forget_all()
    open_for("a", purpose=V)


def test_a_rotation_that_broke_off_is_finished_by_the_next(keks, monkeypatch) -> None:
    for name in "abcd":
        make_key(name, purpose=V)
    monkeypatch.setattr(upkeep, "_BATCH", 2)
    real = upkeep._wrap_batch
    calls = []

    def once(*arguments):
        if calls:
            raise RuntimeError
        calls.append(1)
        return real(*arguments)

    monkeypatch.setattr(upkeep, "_wrap_batch", once)
    with pytest.raises(RuntimeError):
        upkeep.rotate(V)
    cache.forget_all()
    assert len({open_for(name, purpose=V).key for name in "abcd"}) == 4
    monkeypatch.setattr(upkeep, "_wrap_batch", real)
    upkeep.rotate(V)
    status = {each.purpose: each for each in upkeep.status()}[V]
    assert status.keks == {status.newest: 4}


@pytest.mark.django_db(transaction=True)
def test_a_key_outlives_a_rolled_back_act_and_its_destruction_does_not(keks) -> None:
    def erase_and_fail() -> None:
        with act():
            make_key("a", purpose=V)
            destroy_later(["a"], purpose=V)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        erase_and_fail()
    assert waiting() == 0
    open_for("a", purpose=V)
    with act():
        destroy_later(["a"], purpose=V)
    assert waiting() == 0, "swept right after the commit"
    with pytest.raises(KeyDestroyed):
        open_for("a", purpose=V)


def test_a_sweep_finishes_what_was_cut_off(keks) -> None:
    make_key("a", purpose=V)
    destroy_later(["a", "a"], purpose=V)
    assert waiting() == 1
    assert sweep() == 1
    assert sweep() == 0
    with pytest.raises(KeyDestroyed):
        make_key("a", purpose=V)


@pytest.mark.django_db(transaction=True)
def test_many_who_make_the_same_key_at_once_get_one(keks) -> None:
    found, faults = [], []
    start = threading.Barrier(4)

    def make() -> None:
        start.wait()
        try:
            found.append(open_for("same", purpose=V).key)
        except Exception as error:  # noqa: BLE001  told below
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(set(found)) == 1
    assert SubjectKey.objects.filter(subject="same").count() == 1


@pytest.mark.django_db
def test_whoever_comes_second_takes_the_first_key_that_came_meanwhile(
    keks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key-encryption key at the first look; then another process made it, and a key with it."""
    make_key("first", purpose=V)
    looks = iter([False, True])
    monkeypatch.setattr(FileKeys, "is_ready", lambda *_, **__: next(looks))
    make_key("second", purpose=V)
    assert [path.name for path in keks.iterdir()] == ["kek-victim.1"]
