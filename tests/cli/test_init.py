from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.cli.running import crosslight, is_one_clear_line


def modes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder.parent)): oct(path.stat().st_mode & 0o777)
        for path in (folder, *folder.rglob("*"))
    }


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "keys").iterdir()
    }


def test_a_new_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "crosslight"

    done = crosslight("init", data=folder)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Ready: {folder}.")
    assert "crosslight person add" in done.stdout
    assert modes(folder) == {
        "crosslight": "0o700",
        "crosslight/custody": "0o700",
        "crosslight/custody/work": "0o700",
        "crosslight/keys": "0o700",
        "crosslight/keys/intake.age": "0o600",
        "crosslight/keys/intake.ed25519": "0o600",
        "crosslight/keys/secret_key": "0o600",
        "crosslight/keys/ledger.ed25519": "0o600",
        "crosslight/keys/kek-audit.1": "0o600",
        "crosslight/keys/kek-contribution.1": "0o600",
        "crosslight/keys/kek-package.1": "0o600",
        "crosslight/keys/kek-victim.1": "0o600",
        "crosslight/keys.sqlite3": "0o600",
        "crosslight/static": "0o700",
        "crosslight/crosslight.sqlite3": "0o600",
    }


def test_again_changes_no_key_and_no_row(data: Path) -> None:
    crosslight("country", "add", "XN", "Norland", data=data)
    before = digests(data)
    head = crosslight("ledger", "verify", data=data).stdout

    done = crosslight("init", data=data)

    assert done.returncode == 0, done.stderr
    assert digests(data) == before
    assert crosslight("ledger", "verify", data=data).stdout == head


def test_the_folder_may_be_given_as_an_option(tmp_path: Path) -> None:
    done = crosslight("init", "--data", tmp_path / "x", data=tmp_path / "other")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x" / "keys" / "secret_key").exists()
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("where", ["file", "file/inside"])
def test_a_folder_that_cannot_be_made_is_told(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "ascii")

    done = crosslight("init", data=tmp_path / where)

    assert is_one_clear_line(done, str(tmp_path)), done.stderr
