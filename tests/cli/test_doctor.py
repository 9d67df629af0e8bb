"""Each fault is found, named and given its remedy."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from crosslight.cli import doctor
from crosslight.config.environment import read_environment
from crosslight.foundation import clock
from tests.cli.running import crosslight, is_one_clear_line
from tests.ledger.acts import record_many

KEYS = ("secret_key", "ledger.ed25519", "intake.ed25519", "intake.age")


def findings(data: Path, **more: str) -> dict[str, dict[str, object]]:
    done = crosslight("doctor", "--json", data=data, **more)
    assert "Traceback" not in done.stderr
    printed = json.loads(done.stdout)
    listed = printed["findings"]
    assert printed["is_ok"] is all(each["is_ok"] for each in listed)
    assert done.returncode == (0 if printed["is_ok"] else 1)
    return {each["subject"]: each for each in listed}


def faults(data: Path, **more: str) -> dict[str, object]:
    return {
        subject: each["remedy"]
        for subject, each in findings(data, **more).items()
        if not each["is_ok"]
    }


def test_a_folder_as_init_leaves_it_is_in_order(data: Path) -> None:
    found = findings(data)

    assert set(found) == {
        "Python",
        "Disk",
        "Data folder",
        *(f"Key {name}" for name in KEYS),
        "Database",
        "Key store",
        "Clock",
        "Match index",
        "Custody",
        "Mail",
        "Browser assets",
    }
    assert all(each["is_ok"] for each in found.values())


def test_in_words_each_line_says_ok_or_fault(data: Path) -> None:
    (data / "keys" / "ledger.ed25519").unlink()

    done = crosslight("doctor", data=data)

    assert done.returncode == 1
    assert "FAULT  Key ledger.ed25519: missing" in done.stdout
    assert "       do: Run: crosslight init." in done.stdout
    assert "ok     Python: 3." in done.stdout


def test_an_absent_folder_is_told_and_not_made(tmp_path: Path) -> None:
    wanted = tmp_path / "absent"

    found = faults(wanted)

    keys = {f"Key {name}" for name in KEYS}
    assert set(found) == {"Data folder", "Database"} | keys
    assert all("crosslight init" in str(remedy) for remedy in found.values())
    assert not wanted.exists()


def test_looking_makes_no_database(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    findings(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["secret_key", "ledger.ed25519"])
def test_a_key_that_others_can_read(name: str, data: Path) -> None:
    (data / "keys" / name).chmod(0o640)

    assert faults(data) == {f"Key {name}": f"Run: chmod 600 {data / 'keys' / name}"}


def test_a_folder_that_others_can_read(data: Path) -> None:
    data.chmod(0o755)

    assert faults(data) == {"Data folder": f"Run: chmod 700 {data}"}


def test_a_database_behind_the_package(data: Path) -> None:
    with sqlite3.connect(data / "crosslight.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE name = '0002_numbered_keys'")

    found = findings(data)["Database"]

    assert found["is_ok"] is False
    assert "1 migrations to apply" in str(found["found"])
    assert found["remedy"] == "Run: crosslight init."


def test_a_file_that_is_no_database(data: Path) -> None:
    (data / "crosslight.sqlite3").write_bytes(b"not a database, but long enough to be read" * 99)

    assert set(faults(data)) == {"Database"}


def test_a_database_server_that_does_not_answer(data: Path) -> None:
    found = findings(data, CROSSLIGHT_DATABASE_URL="postgresql://u:geheim@127.0.0.1:1/crosslight")

    assert found["Database"]["is_ok"] is False
    assert "geheim" not in json.dumps(found)


def test_a_mail_server_that_does_not_answer(data: Path) -> None:
    found = findings(data, CROSSLIGHT_MAIL_URL="smtp://u:geheim@127.0.0.1:1")

    assert found["Mail"]["is_ok"] is False
    assert found["Mail"]["found"] == "127.0.0.1:1: ConnectionRefusedError"
    assert "geheim" not in json.dumps(found)


@pytest.mark.django_db
def test_a_clock_behind_the_ledger() -> None:
    record_many(1)
    environment = read_environment()

    with clock.at(clock.now() - timedelta(hours=1)):
        (finding,) = doctor.check_clock(environment)

    assert not finding.is_ok
    assert "NTP" in finding.remedy
    (now,) = doctor.check_clock(environment)
    assert now.is_ok


def test_missing_assets_of_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ASSETS", (*doctor.ASSETS, "absent.min.js"))

    (finding,) = doctor.check_assets(read_environment())

    assert not finding.is_ok
    assert finding.found == "missing absent.min.js"


def test_too_little_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 1 << 80)

    (finding,) = doctor.check_disk(read_environment())

    assert not finding.is_ok
    assert finding.remedy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CROSSLIGHT_ENV", "prod"),
        ("CROSSLIGHT_SURFACE", "x"),
        ("CROSSLIGHT_HTTPS", "on"),
        ("CROSSLIGHT_DATABASE_URL", "mysql://u:geheim@x/y"),
        ("CROSSLIGHT_MAIL_URL", "imap://u:geheim@x"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str, data: Path) -> None:
    done: subprocess.CompletedProcess[str] = crosslight("doctor", data=data, **{name: value})

    assert done.returncode == 2
    assert is_one_clear_line(done, name), done.stderr
    assert "geheim" not in done.stderr
