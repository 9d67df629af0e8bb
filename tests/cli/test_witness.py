from __future__ import annotations

import json
import shutil
import stat
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.cli.main import group
from crosslight.core.evidence.checkpoint import sign_checkpoint
from crosslight.core.evidence.cosignature import cosigned_at
from crosslight.core.evidence.notes import Note, VerifierKey, verifier_key
from crosslight.foundation import clock
from tests.cli.running import COMMAND, PATIENCE, crosslight, is_one_clear_line, variables
from tests.core.evidence.ledgers import (
    KEY_OF_LEDGER,
    ORIGIN,
    an_entry,
    bodies_of,
    export_of,
    signed,
)

VKEY = verifier_key(name=ORIGIN, key=KEY_OF_LEDGER).to_text()
NAME = "dpo.example/witness"
BODIES = bodies_of(600)
REWRITTEN = [*BODIES[:7], an_entry(7, justification="other").to_bytes(), *BODIES[8:]]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def run(*arguments: object, at: datetime = NOW) -> Result:
    with clock.at(at):
        return CliRunner().invoke(group, ["witness", *map(str, arguments)])


def export(folder: Path, bodies: Sequence[bytes]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in export_of(bodies).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "witness"
    result = run("init", folder, "--name", NAME, "--vkey", VKEY)
    assert result.exit_code == 0, result.output
    return folder


def key_of(folder: Path) -> VerifierKey:
    return VerifierKey.from_text((folder / "witness.vkey").read_text("utf-8").strip())


def test_the_key_is_for_its_owner_only(own: Path) -> None:
    assert stat.S_IMODE((own / "witness.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    (own / "witness.pem").chmod(0o640)
    result = run("show", own)
    assert result.exit_code == 1
    assert "chmod 600" in result.output


def test_init_again_keeps_the_key_and_adds_a_ledger(own: Path) -> None:
    before = key_of(own)
    other = verifier_key(
        name="elsewhere.example/audit/2027", key=Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
    )
    for key in (VKEY, other.to_text()):
        assert run("init", own, "--name", NAME, "--vkey", key).exit_code == 0
    assert key_of(own) == before
    said = json.loads(run("show", own, "--json").output)
    assert {each["vkey"] for each in said["ledgers"]} == {VKEY, other.to_text()}
    assert all(each["size"] is None for each in said["ledgers"])


def test_init_changes_neither_the_name_nor_the_key_of_a_ledger(own: Path) -> None:
    assert run("init", own, "--name", "other.example", "--vkey", VKEY).exit_code == 1
    stranger = verifier_key(name=ORIGIN, key=Ed25519PrivateKey.from_private_bytes(b"\x05" * 32))
    result = run("init", own, "--name", NAME, "--vkey", stranger.to_text())
    assert result.exit_code == 1
    assert "watched with another key already" in result.output


def test_a_growing_ledger_is_cosigned_and_its_policy_met(own: Path, tmp_path: Path) -> None:
    for size in (300, 300, 511, 600):
        folder = export(tmp_path / "export", BODIES[:size])
        result = run("cosign", own, folder, "--add")
        assert result.exit_code == 0, result.output
        note = Note.from_text((folder / "checkpoint").read_text("utf-8"))
        assert cosigned_at(note, key=key_of(own)) == int(NOW.timestamp())
        assert result.output == note.signatures[-1].to_line()
    policy = tmp_path / "policy"
    policy.write_text(f"log {VKEY}\nwitness dpo {key_of(own).to_text()}\nquorum dpo\n", "utf-8")
    done = CliRunner().invoke(
        group, ["ledger", "verify", str(folder), "--policy", str(policy), "--json"]
    )
    assert done.exit_code == 0
    assert json.loads(done.output)["witnesses"] == ["dpo"]


def test_a_line_added_by_hand_does_as_well(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:300])
    result = run("cosign", own, folder)
    with (folder / "checkpoint").open("a", encoding="utf-8") as file:
        file.write(result.output)
    note = Note.from_text((folder / "checkpoint").read_text("utf-8"))
    assert cosigned_at(note, key=key_of(own)) is not None


def test_adding_again_replaces_the_own_line(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:300])
    for hour in (12, 13):
        at = NOW.replace(hour=hour)
        assert run("cosign", own, folder, "--add", at=at).exit_code == 0
    note = Note.from_text((folder / "checkpoint").read_text("utf-8"))
    assert len(note.signatures) == 2
    assert cosigned_at(note, key=key_of(own)) == int(at.timestamp())


@pytest.mark.parametrize(
    ("bodies", "says"),
    [
        (REWRITTEN[:400], "Rewrite"),
        (REWRITTEN[:300], "Fork"),
        (BODIES[:299], "Truncation"),
    ],
)
def test_a_ledger_that_was_tampered_with_and_signed_anew_is_refused(
    own: Path, tmp_path: Path, bodies: Sequence[bytes], says: str
) -> None:
    assert run("cosign", own, export(tmp_path / "export", BODIES[:300])).exit_code == 0
    before = run("show", own).output
    folder = export(tmp_path / "export", bodies)
    published = (folder / "checkpoint").read_bytes()
    result = run("cosign", own, folder, "--add")
    assert result.exit_code == 1
    assert f"Error: {says}: " in result.output
    assert "Keep both checkpoints" in result.output
    assert "— " not in result.output
    assert (folder / "checkpoint").read_bytes() == published
    assert run("show", own).output == before


def test_an_old_checkpoint_beside_a_newer_export_is_a_rollback(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:400])
    assert run("cosign", own, folder).exit_code == 0
    old = tmp_path / "old"
    old.write_text(signed(BODIES[:300]).note, "utf-8")
    result = run("cosign", own, folder, "--checkpoint", old)
    assert result.exit_code == 1
    assert "Error: Rollback: " in result.output
    assert "Ask for the newest checkpoint" in result.output


def test_a_checkpoint_within_the_export_is_cosigned(own: Path, tmp_path: Path) -> None:
    between = tmp_path / "between"
    between.write_text(signed(BODIES[:300]).note, "utf-8")
    folder = export(tmp_path / "export", BODIES[:400])
    said = json.loads(run("cosign", own, folder, "--checkpoint", between, "--json").output)
    assert said["size"] == 300
    assert run("cosign", own, folder).exit_code == 0


def test_foreign_and_unknown_ledgers_are_refused(own: Path, tmp_path: Path) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    folder = export(tmp_path / "export", BODIES[:300])
    true = signed(BODIES[:300])
    (folder / "checkpoint").write_text(sign_checkpoint(true.checkpoint, key=stranger).note, "utf-8")
    result = run("cosign", own, folder)
    assert (result.exit_code, "Foreign: " in result.output) == (1, True)
    (folder / "checkpoint").write_text(signed(BODIES[:300], origin="x.example").note, "utf-8")
    result = run("cosign", own, folder)
    assert (result.exit_code, "does not watch x.example" in result.output) == (1, True)
    (folder / "checkpoint").write_text("nothing", "utf-8")
    assert run("cosign", own, folder).exit_code == 1


def test_a_damaged_export_proves_nothing(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:300])
    (folder / "tile/0/001.p/44").write_bytes(b"\x00" * 32 * 44)
    result = run("cosign", own, folder)
    assert result.exit_code == 1
    assert "proves nothing yet" in result.output


def test_a_memory_that_was_tampered_with_is_not_gone_by(own: Path, tmp_path: Path) -> None:
    """Else whoever can write there makes the witness forget what it saw."""
    assert run("cosign", own, export(tmp_path / "export", BODIES[:300])).exit_code == 0
    (last,) = own.glob("ledgers/*/checkpoint")
    sound = last.read_text("utf-8")
    forged = signed(REWRITTEN[:300]).note
    for text in ("", sound[:-4], forged, forged + sound.splitlines(keepends=True)[-1]):
        last.write_text(text, "utf-8")
        result = run("cosign", own, export(tmp_path / "export", REWRITTEN[:400]))
        assert result.exit_code == 1
        assert "backup" in result.output
    last.write_text(sound, "utf-8")
    assert run("cosign", own, export(tmp_path / "export", BODIES[:400])).exit_code == 0


def test_a_clock_that_went_back_is_told(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:300])
    assert run("cosign", own, folder).exit_code == 0
    result = run("cosign", own, folder, at=NOW.replace(hour=11))
    assert result.exit_code == 1
    assert "2026-06-01T12:00:00Z" in result.output


def test_a_folder_whose_key_was_exchanged_signs_nothing(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run("init", other, "--name", NAME, "--vkey", VKEY).exit_code == 0
    shutil.copy(other / "witness.pem", own / "witness.pem")
    result = run("show", own)
    assert result.exit_code == 1
    assert "is not the one of" in result.output


def test_show_says_what_was_cosigned_last(own: Path, tmp_path: Path) -> None:
    assert "nothing cosigned yet" in run("show", own).output
    assert run("cosign", own, export(tmp_path / "export", BODIES[:300])).exit_code == 0
    root = signed(BODIES[:300]).root.hex()
    assert f"300 entries, root {root}, cosigned at 2026-06-01T12:00:00Z." in run("show", own).output


def test_unusable_arguments_end_with_status_2(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:3])
    for arguments in (
        ("init", tmp_path / "new", "--name", "two words", "--vkey", VKEY),
        ("init", tmp_path / "new", "--name", NAME, "--vkey", key_of(own).to_text()),
        ("init", tmp_path / "new", "--name", NAME),
        ("cosign", own, tmp_path / "absent"),
        ("cosign", own, folder, "--add", "--checkpoint", folder / "checkpoint"),
        ("cosign", own, tmp_path),
        ("show", tmp_path / "absent"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2, (arguments, result.output)
    assert not (tmp_path / "new").exists()


def test_a_witness_needs_no_database_and_no_server(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    own, folder = tmp_path / "witness", export(tmp_path / "export", BODIES[:300])
    done = crosslight("witness", "init", own, "--name", NAME, "--vkey", VKEY, data=absent)
    assert done.returncode == 0, done.stderr
    assert crosslight("witness", "cosign", own, folder, "--add", data=absent).returncode == 0
    done = crosslight("witness", "cosign", own, export(folder, BODIES[:200]), data=absent)
    assert is_one_clear_line(done, "Truncation")
    assert not absent.exists()


def test_of_two_forks_shown_at_once_one_is_cosigned(own: Path, tmp_path: Path) -> None:
    forks = [export(tmp_path / "one", BODIES[:300]), export(tmp_path / "two", REWRITTEN[:300])]
    runs = [
        subprocess.Popen(
            [COMMAND, "witness", "cosign", own, fork],
            env=variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for fork in forks
    ]
    said = [each.communicate(timeout=PATIENCE) for each in runs]
    assert sorted(each.returncode for each in runs) == [0, 1]
    assert "".join(err for _, err in said).startswith("Error: Fork: ")
    assert sum(bool(out) for out, _ in said) == 1


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_verifies_what_a_witness_signed(own: Path, tmp_path: Path) -> None:
    folder = export(tmp_path / "export", BODIES[:300])
    assert run("cosign", own, folder, "--add").exit_code == 0
    note = Note.from_text((folder / "checkpoint").read_text("utf-8"))
    (line,) = note.of(key_of(own))
    (tmp_path / "sig").write_bytes(line.blob[8:])
    (tmp_path / "message").write_text(
        f"cosignature/v1\ntime {int(NOW.timestamp())}\n{note.text}", "utf-8"
    )
    done = subprocess.run(
        [
            *("openssl", "pkeyutl", "-verify", "-inkey", own / "witness.pem", "-rawin"),
            *("-in", tmp_path / "message", "-sigfile", tmp_path / "sig"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
