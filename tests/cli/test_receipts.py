from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crosslight.cli.main import group
from crosslight.core.evidence.export import CHECKPOINT
from crosslight.core.evidence.notes import verifier_key
from crosslight.ledger.models import LedgerCheckpoint
from crosslight.ledger.selectors import read_entries
from tests.cli.running import crosslight, is_one_clear_line
from tests.core.evidence.ledgers import KEY_OF_LEDGER, ORIGIN, bodies_of, export_of
from tests.core.evidence.witnesses import NAMES, cosigned, policy_of
from tests.ledger.acts import record_many

VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER).to_text()
STRANGER = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
BODIES = bodies_of(300)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["ledger", *map(str, arguments)])


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    files = export_of(BODIES)
    files[CHECKPOINT] = cosigned(files[CHECKPOINT].decode(), *NAMES[:2]).encode()
    for name, data in files.items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "export"


@pytest.fixture
def receipt(exported: Path, tmp_path: Path) -> Path:
    path = tmp_path / "entry.tlog-proof"
    assert run("receipt", 131, "--from", exported, "--out", path).exit_code == 0
    return path


def policy(folder: Path, *, threshold: int = 2) -> Path:
    path = folder / "policy"
    key = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER)
    path.write_text(policy_of(key, threshold=threshold), "utf-8")
    return path


def test_a_receipt_is_verified_with_the_key_as_text_or_as_a_file(
    receipt: Path, exported: Path
) -> None:
    for key in (VKEY, exported / "keys/log.vkey"):
        result = run("verify-receipt", receipt, "--key", key)
        assert result.exit_code == 0
        assert result.output.startswith(f"The receipt holds: entry 131 of {ORIGIN}, contribution.")
        assert "300 entries that were signed" in result.output


def test_the_verdict_as_json(receipt: Path) -> None:
    said = json.loads(run("verify-receipt", receipt, "--key", VKEY, "--json").output)
    assert (said["holds"], said["index"], said["entries"]) == (True, 131, 300)
    assert said["objects"] == [f"con_{131:026d}"]
    said = json.loads(run("verify-receipt", receipt, "--key", STRANGER, "--json").output)
    assert said["holds"] is False
    assert said["fault"]


def test_the_policy_chooses_the_key_and_asks_for_witnesses(receipt: Path, tmp_path: Path) -> None:
    result = run("verify-receipt", receipt, "--policy", policy(tmp_path))
    assert result.exit_code == 0
    assert "Cosigned by dpo.example, ngo.example." in result.output
    result = run("verify-receipt", receipt, "--policy", policy(tmp_path, threshold=3))
    assert result.exit_code == 1
    assert "not met" in result.output
    assert run(
        "verify-receipt", receipt, "--key", STRANGER, "--policy", policy(tmp_path)
    ).output.endswith("does not name the ledger of this key.\n")


def test_a_policy_of_another_ledger_knows_no_key(receipt: Path, tmp_path: Path) -> None:
    path = tmp_path / "policy"
    path.write_text(f"log {STRANGER}\nquorum none\n", "utf-8")
    result = run("verify-receipt", receipt, "--policy", path)
    assert result.exit_code == 1
    assert "no ledger that the policy names" in result.output


@pytest.mark.parametrize("position", [30, 200, 600])
def test_a_flipped_byte_ends_with_status_1(receipt: Path, position: int) -> None:
    data = bytearray(receipt.read_bytes())
    data[position] ^= 0x01
    receipt.write_bytes(data)
    result = run("verify-receipt", receipt, "--key", VKEY)
    assert result.exit_code == 1
    assert result.output.startswith("The receipt does NOT hold. ")


def test_a_flipped_byte_of_a_cosignature_matters_to_who_knows_the_witness(
    receipt: Path, tmp_path: Path
) -> None:
    data = bytearray(receipt.read_bytes())
    data[-10] ^= 0x01
    receipt.write_bytes(data)
    assert run("verify-receipt", receipt, "--key", VKEY).exit_code == 0
    assert run("verify-receipt", receipt, "--policy", policy(tmp_path)).exit_code == 1


def test_the_entry_may_stay_apart(exported: Path, tmp_path: Path) -> None:
    path, entry = tmp_path / "bare.tlog-proof", tmp_path / "entry.json"
    path.write_text(run("receipt", 131, "--from", exported, "--without-entry").output, "utf-8")
    entry.write_bytes(BODIES[131])
    assert run("verify-receipt", path, "--key", VKEY, "--entry", entry).exit_code == 0
    assert "hand the entry in" in run("verify-receipt", path, "--key", VKEY).output
    entry.write_bytes(BODIES[132])
    assert run("verify-receipt", path, "--key", VKEY, "--entry", entry).exit_code == 1


def test_a_receipt_is_verified_where_there_is_no_data_folder(receipt: Path, tmp_path: Path) -> None:
    done = crosslight("ledger", "verify-receipt", receipt, "--key", VKEY, data=tmp_path / "absent")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "absent").exists()


def test_unusable_arguments_end_with_status_2(
    receipt: Path, exported: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    for arguments in (
        ("verify-receipt", receipt),
        ("verify-receipt", receipt, "--key", "a+b+c"),
        ("verify-receipt", receipt, "--key", tmp_path / "absent"),
        ("verify-receipt", receipt, "--policy", tmp_path / "empty"),
        ("verify-receipt", receipt, "--policy", tmp_path / "absent"),
        ("verify-receipt", tmp_path / "absent", "--key", VKEY),
        ("receipt", 3, "--from", exported, "--out", receipt),
        ("receipt", -1, "--from", exported),
    ):
        result = run(*arguments)
        assert result.exit_code == 2, (arguments, result.output)


def test_no_receipt_comes_out_of_a_damaged_or_a_shorter_export(exported: Path) -> None:
    done = crosslight("ledger", "receipt", 300, "--from", exported)
    assert is_one_clear_line(done, "entries 0 to 299", "No receipt was made")
    (exported / "tile/0/000").unlink()
    assert run("receipt", 131, "--from", exported).exit_code == 1


@pytest.mark.django_db(transaction=True)
def test_a_receipt_from_the_database_is_on_record_and_its_checkpoint_kept(tmp_path: Path) -> None:
    record_many(299)
    result = run("receipt", 7)
    assert result.exit_code == 0
    path = tmp_path / "7.tlog-proof"
    path.write_text(result.output, "utf-8")
    key = run("checkpoint", "--json")
    said = run("verify-receipt", path, "--key", json.loads(key.output)["vkey"])
    assert said.output.startswith("The receipt holds: entry 7 of ")
    (about,) = read_entries(after=299)
    seventh = read_entries(after=6, limit=1)[0].entry
    assert (about.entry.act, about.entry.reference) == ("ledger.exported", "receipt")
    assert about.entry.objects == (seventh.id,)
    assert LedgerCheckpoint.objects.get(size=301).note in result.output


@pytest.mark.django_db(transaction=True)
def test_a_receipt_of_no_entry_records_nothing() -> None:
    record_many(2)
    assert run("receipt", 3).exit_code != 0
    assert len(read_entries()) == 3
