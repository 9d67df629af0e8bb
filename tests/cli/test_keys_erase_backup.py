"""The console's commands about keys, erasure and backups, each in a process of its own."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from tests.cli.running import COMMAND, PATIENCE, crosslight, is_one_clear_line, variables

UNTIL = ("--until", "2099-12-31", "--basis", "Act 1")


@pytest.fixture
def officer(data: Path) -> Path:
    """A deployment with a data-protection officer of Norland."""
    crosslight("country", "add", "XN", "Norland", data=data)
    unit = crosslight(
        *("unit", "add", "Desk", "--country", "XN", "--duty", "D", "--phone", "+44 7700 900100"),
        "--json",
        data=data,
    )
    organisation = json.loads(unit.stdout)["organisation"]
    crosslight("person", "add", "dpo@example.org", "Officer", data=data)
    done = crosslight(
        *("mandate", "grant", "dpo@example.org", "data_protection"),
        *("--organisation", organisation, *UNTIL),
        data=data,
    )
    assert done.returncode == 0, done.stderr
    return data


def test_status_and_rotation(data: Path) -> None:
    status = json.loads(crosslight("keys", "status", "--json", data=data).stdout)
    assert set(status["purposes"]) == {"contribution", "victim", "audit", "package"}
    assert all(each["newest"].startswith("file:1:") for each in status["purposes"].values())
    done = crosslight("keys", "rotate", "victim", data=data)
    assert done.returncode == 0, done.stderr
    assert (data / "keys" / "kek-victim.2").exists()
    assert "file:2:" in crosslight("keys", "status", data=data).stdout
    assert crosslight("ledger", "verify", data=data).returncode == 0


def test_the_doctor_finds_a_key_file_that_others_can_read(data: Path) -> None:
    (data / "keys" / "kek-victim.1").chmod(0o644)
    done = crosslight("doctor", data=data)
    assert done.returncode == 1
    assert "chmod 600" in done.stdout


def test_erase_refuses_what_is_not_there_and_who_may_not(officer: Path) -> None:
    absent = crosslight(
        *("erase", "request", f"con_{'0' * 26}", "--ground", "led_16_2_duty"),
        *("--by", "dpo@example.org"),
        data=officer,
    )
    assert is_one_clear_line(absent, "P-003"), absent.stderr
    crosslight("person", "add", "nobody@example.org", "Nobody", data=officer)
    refused = crosslight("erase", "list", "--by", "nobody@example.org", data=officer)
    assert is_one_clear_line(refused, "P-403"), refused.stderr
    unknown = crosslight("erase", "list", "--by", "who@example.org", data=officer)
    assert is_one_clear_line(unknown, "who@example.org"), unknown.stderr
    listed = crosslight("erase", "list", "--by", "dpo@example.org", "--json", data=officer)
    assert json.loads(listed.stdout) == {"erasures": [], "keys_waiting": 0}


def test_find_reads_standard_input_and_no_argument(officer: Path) -> None:
    done = subprocess.run(
        [COMMAND, "erase", "find", "--by", "dpo@example.org"],
        env=variables(CROSSLIGHT_DATA=str(officer)),
        input="+44 7700 900123\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Nothing names it.\n"


def test_a_backup_restores_and_a_changed_one_does_not(officer: Path, tmp_path: Path) -> None:
    made = crosslight("backup", "create", tmp_path / "b.zip", data=officer)
    assert made.returncode == 0, made.stderr
    again = crosslight("backup", "create", tmp_path / "b.zip", data=officer)
    assert is_one_clear_line(again, "B-400"), again.stderr
    tested = crosslight("backup", "restore-test", tmp_path / "b.zip", data=officer)
    assert tested.returncode == 0, tested.stderr
    assert "restores:" in tested.stdout
    held = bytearray((tmp_path / "b.zip").read_bytes())
    held[len(held) // 2] ^= 1
    (tmp_path / "t.zip").write_bytes(held)
    bad = crosslight("backup", "restore-test", tmp_path / "t.zip", data=officer)
    assert bad.returncode == 1
    assert is_one_clear_line(bad, "backup"), bad.stderr


def test_the_key_store_goes_out_sealed_and_comes_back(data: Path, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "id.txt").write_text(f"{identity}\n", "ascii")
    plain = crosslight("backup", "keys", tmp_path / "k.age", data=data)
    assert is_one_clear_line(plain, "passphrase"), plain.stderr
    made = crosslight(
        *("backup", "keys", tmp_path / "k.age", "--recipient", identity.to_public()), data=data
    )
    assert made.returncode == 0, made.stderr
    assert "Delete it by" in made.stdout
    back = crosslight(
        *("backup", "unpack-keys", tmp_path / "k.age", tmp_path / "out"),
        *("--identity", tmp_path / "id.txt"),
        data=data,
    )
    assert back.returncode == 0, back.stderr
    with closing(sqlite3.connect(tmp_path / "out" / "database.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM sealing_subjectkey").fetchone()
    assert crosslight("ledger", "verify", data=data).returncode == 0
