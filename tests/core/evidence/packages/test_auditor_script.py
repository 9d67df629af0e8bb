"""The shell script reaches the verdict of our verifier with nobody's code but the system's."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.resources import files as resources
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from crosslight.core.evidence.packages import layout
from tests.core.evidence.packages.attacks import ATTACKS, flipped
from tests.core.evidence.packages.forgeries import BAD_CHAINS, BAD_STATEMENTS
from tests.core.evidence.packages.making import (
    CAPTURE,
    CONTRIBUTOR,
    INTAKE,
    PLATFORM,
    STRANGER,
    files_of,
    fingerprint_of,
    received,
    sound,
)

SCRIPT = str(resources("crosslight.core.evidence.packages") / "data" / "verify-package.sh")
TOOLS = ("sh", "jq", "openssl", "sha256sum")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="jq, openssl or sha256sum is not installed"
)


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def pem(key, folder: Path) -> Path:
    path = folder / f"{fingerprint_of(key)[-8:]}.pem"
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


def run(folder: Path, *keys: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", SCRIPT, folder, *keys], capture_output=True, text=True, check=False
    )


def is_refused(done: subprocess.CompletedProcess[str], check: str) -> bool:
    lines = [line for line in done.stderr.splitlines() if line.startswith("FAIL ")]
    return (
        done.returncode == 1
        and len(lines) == 1
        and lines[0].startswith(f"FAIL {check}")
        and "The package" not in done.stdout
    )


def both(folder: Path) -> tuple[Path, Path]:
    return pem(CONTRIBUTOR, folder), pem(PLATFORM, folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked(files_of(received()), tmp_path / "package")


def test_a_sound_package_holds(folder: Path, tmp_path: Path):
    done = run(folder, *both(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert [line[:4] for line in done.stdout.splitlines() if line.startswith("OK")] == ["OK  "] * 7
    assert "NOTE" not in done.stdout
    assert fingerprint_of(PLATFORM) in done.stdout


def test_without_keys_it_says_that_signers_are_unchecked(folder: Path):
    done = run(folder)
    assert done.returncode == 0
    assert "NOTE no key was given" in done.stdout


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_ends_with_status_1(name: str, tmp_path: Path):
    case = ATTACKS[name]
    folder = unpacked(dict(case.files), tmp_path / "package")
    required = [word for step in case.expected.steps for word in ("--require", step)]
    done = run(folder, *required, *both(tmp_path))
    assert is_refused(done, case.script), (done.stdout, done.stderr)


def test_a_dropped_last_statement_is_seen_by_who_expects_it(folder: Path, tmp_path: Path):
    required = ("--require", "capture", "--require", "intake")
    assert run(folder, *required, *both(tmp_path)).returncode == 0
    (folder / INTAKE).unlink()
    assert run(folder, *both(tmp_path)).returncode == 0
    assert is_refused(run(folder, *both(tmp_path), *required), "signers: there is no statement")


@pytest.mark.parametrize("name", sorted(files_of(received())))
@pytest.mark.parametrize("place", [0, 7, -1])
def test_a_changed_byte_in_any_file_ends_with_status_1(folder: Path, name: str, place: int):
    data = bytearray((folder / name).read_bytes())
    data[place] ^= 1
    (folder / name).write_bytes(bytes(data))
    assert is_refused(run(folder), "")


@pytest.mark.parametrize("name", sorted(files_of(received())))
def test_a_file_that_is_gone_ends_with_status_1(folder: Path, name: str):
    (folder / name).unlink()
    done = run(folder)
    assert (name == INTAKE and done.returncode == 0) or is_refused(done, "")


@pytest.mark.parametrize("number", range(len(BAD_STATEMENTS)))
def test_a_statement_in_another_form_ends_with_status_1(number: int, tmp_path: Path):
    files = files_of(sound()) | {CAPTURE: BAD_STATEMENTS[number][0]}
    assert is_refused(run(unpacked(files, tmp_path / "package")), "custody")


@pytest.mark.parametrize("number", range(1, len(BAD_CHAINS)))
def test_a_chain_that_does_not_hang_together_ends_with_status_1(number: int, tmp_path: Path):
    files = {
        name: content
        for name, content in files_of(sound()).items()
        if not name.startswith(layout.SIGNATURES)
    }
    files |= dict(BAD_CHAINS[number][0])
    assert is_refused(run(unpacked(files, tmp_path / "package")), "custody")


def link(folder: Path) -> None:
    (folder / "data/objects/0003.bin").symlink_to("/etc/hostname")


def linked_folder(folder: Path) -> None:
    (folder / "data/more").symlink_to(folder / "metadata", target_is_directory=True)


def replaced_by_a_link(folder: Path) -> None:
    (folder / "data/objects/0002.jpg").rename(folder.parent / "photo")
    (folder / "data/objects/0002.jpg").symlink_to(folder.parent / "photo")


def empty_folder(folder: Path) -> None:
    (folder / "data/objects/0009").mkdir()


def name_with_a_line_end(folder: Path) -> None:
    (folder / "data/objects/0001.wacz\n").mkdir()
    (folder / "data/objects/0001.wacz\n" / "x").write_bytes(b"x")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "data/objects/0003.bin")


def escaped_manifest(folder: Path) -> None:
    """sha256sum reads a leading backslash as: the name is escaped."""
    path = folder / layout.MANIFEST
    path.write_bytes(b"\\" + path.read_bytes())


def two_texts_in_one(folder: Path) -> None:
    path = folder / CAPTURE
    path.write_bytes(path.read_bytes() * 2)


@pytest.mark.parametrize(
    "change",
    [
        link,
        linked_folder,
        replaced_by_a_link,
        empty_folder,
        name_with_a_line_end,
        pipe,
        escaped_manifest,
        two_texts_in_one,
    ],
)
def test_what_only_a_folder_can_do_ends_with_status_1(folder: Path, change):
    change(folder)
    assert is_refused(run(folder), "")


def test_each_check_dies_by_itself(folder: Path):
    """`set -e` does not stop at a failed command before `&&`; a draft once passed that way."""
    path = folder / "data/objects/0001.wacz"
    path.write_bytes(flipped(path.read_bytes()))
    done = run(folder)
    assert is_refused(done, "content")
    assert "OK   content" not in done.stdout


def test_a_stranger_among_the_keys_does_not_help(folder: Path, tmp_path: Path):
    assert is_refused(run(folder, pem(CONTRIBUTOR, tmp_path), pem(STRANGER, tmp_path)), "signers")


def test_what_it_cannot_begin_with_ends_with_status_2(folder: Path, tmp_path: Path):
    other = tmp_path / "p256.pem"
    other.write_bytes(
        generate_private_key(SECP256R1())
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    no_key = tmp_path / "none.pem"
    no_key.write_text("no key", "utf-8")
    assert run(tmp_path / "absent").returncode == 2
    assert run(folder, other).returncode == 2
    assert run(folder, no_key).returncode == 2
    assert run(folder, "--require").returncode == 2
    assert subprocess.run(["sh", SCRIPT], capture_output=True, check=False).returncode == 2


def test_it_writes_nothing_into_the_folder(folder: Path):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert run(folder).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
