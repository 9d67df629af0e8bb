from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crosslight.cli.main import group
from crosslight.core.evidence.notes import VerifierKey
from crosslight.ledger.models import LedgerEntry
from crosslight.ledger.selectors import entries_count, read_entries
from tests.append_only import triggers_off
from tests.core.evidence.ledgers import an_entry, bodies_of, export_of, signed
from tests.core.evidence.witnesses import NAMES, cosigned, policy_of
from tests.ledger.acts import record_many


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["ledger", *map(str, arguments)])


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """An exported ledger of 300 entries, made without a database."""
    for name, data in export_of(bodies_of(300)).items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "export"


def flip(path: Path, position: int) -> None:
    data = bytearray(path.read_bytes())
    data[position] ^= 0x01
    path.write_bytes(data)


def test_a_sound_export_is_said_to_hold_in_one_line(exported: Path):
    result = run("verify", exported)
    assert result.exit_code == 0
    assert result.output.startswith("The ledger holds: 300 entries, 1 checkpoint, root ")
    assert result.output.count("\n") == 1


def test_the_verdict_as_json(exported: Path):
    result = run("verify", exported, "--json")
    verdict = json.loads(result.output)
    assert verdict["holds"] is True
    assert verdict["entries"] == 300
    assert verdict["first_fault"] is None


@pytest.mark.parametrize(
    "name",
    ["checkpoint", "keys/log.vkey", "README.txt", "SHA256SUMS", "tile/0/000", "tile/1/000.p/1"],
)
def test_a_flipped_byte_ends_with_status_1(exported: Path, name: str):
    flip(exported / name, 3)
    result = run("verify", exported)
    assert result.exit_code == 1
    assert "NOT hold" in result.output


def test_the_first_entry_that_does_not_hold_is_named(exported: Path):
    flip(exported / "tile/entries/001.p/44", 10)
    assert "Entry 256 does not hold" in run("verify", exported).output
    verdict = json.loads(run("verify", exported, "--json").output)
    assert (verdict["holds"], verdict["entry"]) == (False, 256)


def test_the_auditor_brings_the_key(exported: Path, tmp_path: Path):
    key = shutil.copy(exported / "keys/log.vkey", tmp_path / "mine.vkey")
    assert run("verify", exported, "--vkey", key).exit_code == 0
    other = tmp_path / "other.vkey"
    other.write_text(
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8\n", "utf-8"
    )
    result = run("verify", exported, "--vkey", other)
    assert result.exit_code == 1
    assert "not the key that you hold" in result.output


def test_a_checkpoint_that_was_kept_must_be_part_of_the_export(
    exported: Path, tmp_path: Path
) -> None:
    """Truncated or rewritten and signed again: only who kept a checkpoint sees it."""
    rewritten = [*bodies_of(200)[:-1], an_entry(199, justification="other").to_bytes()]
    for number, (bodies, status) in enumerate(
        [(bodies_of(200), 0), (bodies_of(300), 0), (bodies_of(301), 1), (rewritten, 1)]
    ):
        kept = tmp_path / f"kept-{number}"
        kept.write_text(signed(bodies).note, "utf-8")
        result = run("verify", exported, "--checkpoint", kept)
        assert result.exit_code == status, result.output
    kept.write_text("no checkpoint", "utf-8")
    assert "that you kept does not hold" in run("verify", exported, "--checkpoint", kept).output


def test_a_policy_asks_for_witnesses(exported: Path, tmp_path: Path) -> None:
    key = VerifierKey.from_text((exported / "keys/log.vkey").read_text("utf-8").strip())
    policy = tmp_path / "policy"
    policy.write_text(policy_of(key, threshold=2), "utf-8")
    assert "nobody cosigned" in run("verify", exported, "--policy", policy).output
    checkpoint = exported / "checkpoint"
    checkpoint.write_text(cosigned(checkpoint.read_text("utf-8"), *NAMES[1:]), "utf-8")
    result = run("verify", exported, "--policy", policy)
    assert result.exit_code == 0
    assert result.output.endswith("Cosigned by ngo.example, other.example.\n")
    said = json.loads(run("verify", exported, "--policy", policy, "--json").output)
    assert said["witnesses"] == list(NAMES[1:])


def test_a_policy_of_another_ledger_refuses_the_export(exported: Path, tmp_path: Path) -> None:
    other = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    policy = tmp_path / "policy"
    policy.write_text(f"log {other}\nquorum none\n", "utf-8")
    assert "no ledger that the policy names" in run("verify", exported, "--policy", policy).output


def test_a_policy_without_a_ledger_needs_the_key(exported: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    policy.write_text("quorum none\n", "utf-8")
    assert run("verify", exported, "--policy", policy).exit_code == 2
    key = (exported / "keys/log.vkey").read_text("utf-8").strip()
    assert run("verify", exported, "--policy", policy, "--vkey", key).exit_code == 0


def test_unusable_arguments_end_with_status_2(exported: Path, tmp_path: Path):
    no_key = tmp_path / "no.vkey"
    no_key.write_bytes(b"\xff")
    for arguments in (
        ("verify", tmp_path / "absent"),
        ("verify", exported / "README.txt"),
        ("verify", exported, "--vkey", tmp_path / "absent"),
        ("verify", exported, "--vkey", no_key),
        ("verify", "--vkey", exported / "keys/log.vkey"),
        ("verify", "--checkpoint", exported / "checkpoint"),
        ("export",),
        ("unknown",),
    ):
        result = run(*arguments)
        assert result.exit_code == 2, (arguments, result.output)
        assert "Traceback" not in result.output


def test_a_folder_that_is_no_export_does_not_hold(tmp_path: Path):
    result = run("verify", tmp_path)
    assert result.exit_code == 1
    assert "keys/log.vkey is missing" in result.output


@pytest.mark.parametrize("command", ["verify", "export", "checkpoint"])
def test_help_shows_an_example(command: str):
    assert f"Example: crosslight ledger {command}" in run(command, "--help").output


def in_another_process(*arguments: object, data: Path) -> subprocess.CompletedProcess[str]:
    hidden = {"DJANGO_SETTINGS_MODULE", "CROSSLIGHT_DATABASE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from crosslight.cli.main import main; main()",
            *map(str, arguments),
        ],
        env={**kept, "CROSSLIGHT_DATA": str(data), "CROSSLIGHT_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_export_is_verified_where_there_is_no_data_folder(exported: Path, tmp_path: Path):
    done = in_another_process("ledger", "verify", exported, data=tmp_path / "absent")
    assert done.returncode == 0
    assert done.stdout.startswith("The ledger holds: 300 entries")
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("command", [("verify",), ("checkpoint",), ("export", "there")])
@pytest.mark.parametrize("folder", ["absent", "empty"])
def test_a_data_folder_without_a_database_is_a_clear_error(
    tmp_path: Path, command: tuple[str, ...], folder: str
):
    (tmp_path / "empty").mkdir()
    done = in_another_process("ledger", *command, data=tmp_path / folder)
    assert done.returncode == 2
    assert "crosslight init" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db(transaction=True)
def test_export_is_on_record_and_verifies(tmp_path: Path):
    record_many(3)
    result = run("export", tmp_path / "out", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output)["entries"] == 5 == entries_count()
    assert read_entries(after=3)[0].entry.act == "ledger.exported"
    assert run("verify", tmp_path / "out").exit_code == 0


@pytest.mark.django_db(transaction=True)
def test_an_export_into_a_full_folder_records_nothing(tmp_path: Path):
    record_many(1)
    (tmp_path / "mine.txt").touch()
    result = run("export", tmp_path)
    assert result.exit_code != 0
    assert entries_count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_database_is_verified_and_its_first_fault_named():
    record_many(5)
    assert run("verify").output.startswith("The ledger holds: 6 entries")
    with triggers_off():
        LedgerEntry.objects.filter(index=4).update(body=b"{}")
    result = run("verify")
    assert result.exit_code == 1
    assert "Entry 4 does not hold" in result.output


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_goes_to_stdout_and_the_key_to_stderr():
    record_many(2)
    result = run("checkpoint")
    assert result.stdout.splitlines()[1] == "3"
    assert result.stderr.startswith("Public key: crosslight.example/audit/")
    assert json.loads(run("checkpoint", "--json").output)["note"] == result.stdout


@pytest.mark.django_db(transaction=True)
def test_an_empty_ledger_has_no_checkpoint():
    assert run("checkpoint").exit_code != 0
    assert run("verify").exit_code == 0
