"""A backup holds all but the keys, restores, and is refused once anything of it changed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.db import connection

from crosslight.contributions.models import Contribution
from crosslight.exchange.backups import (
    BackupFault,
    BackupUnusable,
    back_up_keys,
    create_backup,
    keys_in,
    restore_test,
)
from crosslight.exchange.backups.manifest import MANIFEST, SIGNATURE
from crosslight.foundation.sealing.models import SubjectKey
from crosslight.ledger.keys import ensure_key
from tests.contributions.factories import received
from tests.factories import build_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="tells of the files of SQLite"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose file of custody lies beside keys, which no backup may hold."""
    folder = tmp_path / "data"
    for name in ("custody/pkg_1.age", "keys/kek-victim.1", "static/site.css", "x.sqlite3-wal"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"file {name}", "ascii")
    received(build_world().amina)
    return folder


def key():
    return ensure_key().public_key()


def names(backup: Path) -> set[str]:
    with zipfile.ZipFile(backup) as archive:
        return set(archive.namelist())


def test_it_holds_database_and_files_and_no_key(data: Path, tmp_path: Path) -> None:
    made = create_backup(tmp_path / "b.zip", data=data)
    assert names(tmp_path / "b.zip") == {
        "database.sqlite3",
        "files/custody/pkg_1.age",
        MANIFEST,
        SIGNATURE,
    }
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    assert made.rows["contributions_contribution"] == 1
    held = (tmp_path / "b.zip").read_bytes()
    wrapped = SubjectKey.objects.exclude(wrapped=None).values_list("wrapped", flat=True)
    assert wrapped
    assert not any(bytes(each) in held for each in wrapped)


def test_it_restores_and_says_what_it_saw(data: Path, tmp_path: Path) -> None:
    made = create_backup(tmp_path / "b.zip", data=data)
    Contribution.objects.update(reminders=3)
    done = restore_test(tmp_path / "b.zip", key=key())
    assert (done.entries, done.root) == (made.ledger_size, made.ledger_root)
    assert done.rows == sum(made.rows.values())
    assert Contribution.objects.get().reminders == 3, "the deployment is what it was"
    with pytest.raises(BackupUnusable):
        create_backup(tmp_path / "b.zip", data=data)


def changed(backup: Path, out: Path, name: str, change) -> Path:
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(out, "x") as target:
        for each in source.namelist():
            content = source.read(each)
            target.writestr(each, change(content) if each == name else content)
    return out


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "name", ["database.sqlite3", "files/custody/pkg_1.age", MANIFEST, SIGNATURE]
)
def test_one_changed_bit_is_refused(data: Path, tmp_path: Path, name: str) -> None:
    create_backup(tmp_path / "b.zip", data=data)
    other = changed(tmp_path / "b.zip", tmp_path / "t.zip", name, flip)
    with pytest.raises(BackupFault):
        restore_test(other, key=key())


def test_another_file_a_missing_one_and_half_of_it_are_refused(data: Path, tmp_path: Path) -> None:
    create_backup(tmp_path / "b.zip", data=data)
    held = (tmp_path / "b.zip").read_bytes()
    with_more = tmp_path / "more.zip"
    with_more.write_bytes(held)
    with zipfile.ZipFile(with_more, "a") as archive:
        archive.writestr("files/../../evil", "x")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(held[: len(held) // 2])
    without = tmp_path / "without.zip"
    with zipfile.ZipFile(tmp_path / "b.zip") as source, zipfile.ZipFile(without, "x") as target:
        for each in source.namelist():
            if not each.startswith("files/"):
                target.writestr(each, source.read(each))
    for bad in (with_more, cut, without):
        with pytest.raises(BackupFault):
            restore_test(bad, key=key())


def test_the_ledger_inside_is_checked_too(data: Path, tmp_path: Path, monkeypatch) -> None:
    """Whoever has the signing key could sign a manifest over a changed database."""
    from crosslight.exchange.backups import creating
    from crosslight.ledger.models import LedgerEntry
    from tests.append_only import triggers_off

    real = creating.copy_database

    def tampered(alias: str, folder: Path) -> Path:
        with triggers_off():
            row = LedgerEntry.objects.get(index=2)
            body = bytes(row.body)
            LedgerEntry.objects.filter(index=2).update(body=body.replace(b'"ok"', b'"OK"'))
        copy = real(alias, folder)
        with triggers_off():
            LedgerEntry.objects.filter(index=2).update(body=body)
        return copy

    monkeypatch.setattr(creating, "copy_database", tampered)
    create_backup(tmp_path / "b.zip", data=data)
    with pytest.raises(BackupFault, match="NOT hold"):
        restore_test(tmp_path / "b.zip", key=key())


def test_sealed_to_a_recipient_only_the_identity_opens_it(data: Path, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "id.txt").write_text(f"# made\n{identity}\n", "ascii")
    (tmp_path / "no.txt").write_text(str(pyrage.x25519.Identity.generate()), "ascii")
    sealed = tmp_path / "b.age"
    create_backup(sealed, data=data, recipients=[str(identity.to_public())])
    assert b"SQLite format" not in sealed.read_bytes()
    assert restore_test(sealed, key=key(), identity=tmp_path / "id.txt").entries
    for wrong in (None, tmp_path / "no.txt", tmp_path / "absent"):
        with pytest.raises(BackupUnusable):
            restore_test(sealed, key=key(), identity=wrong)
    with pytest.raises(BackupUnusable):
        create_backup(tmp_path / "x", data=data, recipients=["age1nonsense"])


def test_the_key_store_has_a_sealed_backup_with_an_end(data: Path, tmp_path: Path) -> None:
    until = back_up_keys(tmp_path / "keys.age", recipients=(), passphrase="correct horse")
    stored = (tmp_path / "keys.age").read_bytes()
    assert b"SQLite format" not in stored
    (tmp_path / "out").mkdir()
    copy, delete_by = keys_in(tmp_path / "keys.age", tmp_path / "out", passphrase="correct horse")
    assert delete_by == until
    assert copy.read_bytes().startswith(b"SQLite format 3")
    assert SubjectKey.objects.exclude(wrapped=None).first().pk.encode() in copy.read_bytes()
    for attempt in ({"passphrase": "wrong"}, {}):
        with pytest.raises(BackupUnusable):
            keys_in(tmp_path / "keys.age", tmp_path / "out", **attempt)
    with pytest.raises(BackupUnusable):
        back_up_keys(tmp_path / "none.age", recipients=(), passphrase="")


def test_the_key_encryption_keys_are_in_neither(data: Path, tmp_path: Path) -> None:
    folder = settings.KEY_ENCRYPTION.folder
    keks = [path.read_bytes() for path in folder.glob("kek-*")]
    assert keks
    create_backup(tmp_path / "b.zip", data=data)
    back_up_keys(tmp_path / "keys.age", recipients=(), passphrase="word")
    (tmp_path / "out").mkdir()
    copy, _ = keys_in(tmp_path / "keys.age", tmp_path / "out", passphrase="word")
    for held in ((tmp_path / "b.zip").read_bytes(), copy.read_bytes()):
        assert not any(kek in held for kek in keks)
    assert json.loads(zipfile.ZipFile(tmp_path / "b.zip").read(MANIFEST))["schema"]
