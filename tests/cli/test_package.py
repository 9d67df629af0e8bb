from __future__ import annotations

import json
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from crosslight.cli.main import group
from tests.cli.running import crosslight, is_one_clear_line
from tests.core.evidence.packages.attacks import ATTACKS
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    PLATFORM,
    files_of,
    fingerprint_of,
    received,
    sound,
    zip_of,
)

PUBLIC = ("--legal-basis", "gdpr_public_task")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["package", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "advert of maria.html").write_bytes(b"an advert" * 100)
    (tmp_path / "photo.JPG").write_bytes(b"\xff\xd8 a photo")
    return tmp_path


def build(*more: object, out: str = "a.osint.zip") -> Result:
    return run(
        "build",
        "advert of maria.html",
        "photo.JPG",
        "--out",
        out,
        "--key",
        "me.key",
        *PUBLIC,
        *more,
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "received.osint.zip"
    path.write_bytes(received())
    return path


def test_what_is_built_verifies_and_holds_the_files_as_they_are(folder: Path):
    done = build()
    assert done.exit_code == 0, done.output
    assert "Packed 2 files (910 bytes)" in done.stdout
    assert run("verify", "a.osint.zip").exit_code == 0
    with ZipFile("a.osint.zip") as archive:
        assert archive.read("data/objects/0001.html") == b"an advert" * 100
        assert archive.read("data/objects/0002.jpg") == b"\xff\xd8 a photo"
        assert not any(b"maria" in archive.read(name) for name in archive.namelist())
    assert (folder / "a.osint.zip").stat().st_mode & 0o777 == 0o600


def test_the_first_use_makes_a_key_and_tells_its_fingerprint(folder: Path):
    done = build()
    assert (folder / "me.key").stat().st_mode & 0o777 == 0o600
    printed = run("key", "--key", "me.key").stdout.strip()
    assert f"New signing key in me.key, fingerprint {printed}." in done.stderr
    again = build(out="b.osint.zip")
    assert again.exit_code == 0
    assert "New signing key" not in again.stderr
    assert printed in again.stdout
    assert run("verify", "b.osint.zip", "--trust", printed).exit_code == 0


def test_the_public_key_in_pem_is_trusted_too(folder: Path):
    build()
    Path("me.pem").write_text(run("key", "--key", "me.key", "--pem").stdout, "utf-8")
    assert "PRIVATE" not in Path("me.pem").read_text("utf-8")
    assert run("verify", "a.osint.zip", "--trust", "me.pem").exit_code == 0
    assert json.loads(run("key", "--key", "me.key", "--json").stdout).keys() == {
        "fingerprint",
        "pem",
    }


def test_what_is_known_of_a_file_goes_in(folder: Path):
    facts = {
        "advert of maria.html": {"role": "capture", "source_url": "https://example.org/1"},
        "photo.JPG": {"flags": {"contains_location": True}},
    }
    Path("facts.json").write_text(json.dumps(facts, indent=2), "utf-8")
    done = build(
        *("--facts", "facts.json", "--keep-names", "--sensitivity", "possible_victim"),
        *("--contributor", "org_01jdm0000000000000000000ab", "--purpose", "advert", "--json"),
        *("--accept-warnings", "--minors", "no"),
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["files"] == 2
    described = json.loads(files_of(Path("a.osint.zip").read_bytes())["metadata/package.json"])
    assert described["contributor"] == "org_01jdm0000000000000000000ab"
    assert described["sensitivity"] == ["possible_victim"]
    assert described["purpose_code"] == "advert"
    assert described["items"][0]["role"] == "capture"
    assert described["items"][0]["original_name"] == "advert of maria.html"
    flags = {"contains_location": True, "possible_minor": False}
    assert described["items"][1]["flags"] == flags


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ("[]", "not a JSON object"),
        ("{", "not one JSON object"),
        ('{"photo.JPG": {}, "photo.JPG": {}}', "each name once"),
        ('{"photo.JPG": 1}', "one object for each file"),
        ('{"other.jpg": {}}', "'other.jpg', which is not packed"),
        ('{"photo.JPG": {"role": "copy"}}', "role"),
        ('{"photo.JPG": {"author": "Jane Example"}}', "closed"),
        ('{"photo.JPG": {"http_status": 1.5}}', "exactly"),
        ('{"photo.JPG": {"original_name": "\\ud800"}}', "exactly"),
    ],
)
def test_facts_that_cannot_be_used_write_nothing(folder: Path, facts: str, word: str):
    Path("facts.json").write_text(facts, "utf-8")
    done = build("--facts", "facts.json")
    assert done.exit_code == 2
    assert word in done.stderr
    assert "Nothing was written." in done.stderr
    assert not list(folder.glob("*osint*"))
    assert not list(folder.glob(".*"))


def test_facts_of_two_files_of_one_name_need_their_paths(folder: Path):
    for name in ("one", "two"):
        Path(name).mkdir()
        Path(name, "page").write_bytes(name.encode())
    files = ("build", "one/page", "two/page", "--out", "a.osint.zip", "--key", "k", *PUBLIC)
    Path("facts.json").write_text('{"page": {}}', "utf-8")
    assert "write their paths" in run(*files, "--facts", "facts.json").stderr
    Path("facts.json").write_text('{"two/page": {"http_status": 404}}', "utf-8")
    assert run(*files, "--facts", "facts.json").exit_code == 0


def test_a_package_is_never_replaced(folder: Path):
    Path("a.osint.zip").write_bytes(b"mine")
    done = build()
    assert done.exit_code == 2
    assert "already there" in done.stderr
    assert Path("a.osint.zip").read_bytes() == b"mine"


def open_key(folder: Path) -> None:
    build(out="first.osint.zip")
    (folder / "me.key").chmod(0o644)


def no_key(folder: Path) -> None:
    (folder / "me.key").write_text("no key", "utf-8")
    (folder / "me.key").chmod(0o600)


@pytest.mark.parametrize(("prepare", "word"), [(open_key, "chmod 600"), (no_key, "cannot be read")])
def test_a_key_that_cannot_be_used_signs_nothing(folder: Path, prepare, word: str):
    prepare(folder)
    done = build()
    assert done.exit_code == 2
    assert word in done.stderr
    assert not Path("a.osint.zip").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("build", "photo.JPG", "--out", "a.zip", "--key", "k", *PUBLIC), ".osint.zip"),
        (("build", "photo.JPG", "--out", "no/a.osint.zip", "--key", "k", *PUBLIC), "no folder"),
        (("build", "/dev/null", "--out", "a.osint.zip", "--key", "k", *PUBLIC), "read twice"),
        (("build", "photo.JPG", "--out", "a.osint.zip", "--key", "k"), "--legal-basis"),
        (("verify", "absent"), "absent"),
        (("verify", "/dev/null"), "/dev/null"),
        (("verify", "photo.JPG", "--trust", "sha256:12"), "neither a fingerprint"),
        (("verify", "photo.JPG", "--trust", "photo.JPG"), "neither a fingerprint"),
        (("verify", "photo.JPG", "--require", "steal"), "steal"),
        (("key", "--key", "absent"), "makes a key on first use"),
    ],
)
def test_what_cannot_be_used_ends_with_status_2(folder: Path, arguments, word: str):
    done = run(*arguments)
    assert done.exit_code == 2
    assert word in done.stderr
    assert "Traceback" not in done.output
    assert not Path("k").exists()


def test_every_check_and_step_is_shown(package: Path):
    done = run("verify", package)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    marks = [line[:4].strip() for line in lines[:11]]
    assert marks == [*["ok"] * 6, *["note"] * 3, "ok", "ok"]
    assert "intake by org_01jdm0000000000000000000ad" in lines[12]
    assert lines[-1].startswith("The package holds: pkg_")


def test_the_verdict_as_json(package: Path):
    trusted = ("--trust", fingerprint_of(CONTRIBUTOR), "--trust", fingerprint_of(PLATFORM))
    value = json.loads(run("verify", package, *trusted, "--require", "intake", "--json").stdout)
    assert value["holds"] is True
    assert [step["step"] for step in value["custody"]] == ["capture", "intake"]
    states = {check["check"]: check["state"] for check in value["checks"]}
    unasked = {"stamps", "receipts"}
    assert {check for check, state in states.items() if state == "not_asked"} == unasked
    assert {state for check, state in states.items() if check not in unasked} == {"passed"}
    assert (value["stamps"], value["receipts"]) == ([], [])


@pytest.mark.parametrize("name", ATTACKS)
def test_a_tampered_package_ends_with_status_1(tmp_path: Path, name: str):
    case = ATTACKS[name]
    path = tmp_path / "a.osint.zip"
    path.write_bytes(zip_of(case.files))
    expected = [word for key in case.expected.trusted for word in ("--trust", key)]
    expected += [word for step in case.expected.steps for word in ("--require", step)]

    done = run("verify", path, *expected)

    assert done.exit_code == 1
    assert done.stderr.startswith("The package does NOT hold. ")
    assert f"FAIL  {case.refused_by}" in done.stdout
    value = json.loads(run("verify", path, *expected, "--json").stdout)
    assert (value["holds"], value["failed"]) == (False, case.refused_by)


def test_a_trusted_stranger_is_not_the_signer(package: Path):
    done = run("verify", package, "--trust", f"sha256:{'0' * 32}")
    assert done.exit_code == 1
    assert "not a key that you trust" in done.stderr


def test_nothing_but_the_file_is_needed(folder: Path):
    """In processes of their own, where no data folder is."""
    absent = folder / "absent"
    built = crosslight(
        *("package", "build", folder / "photo.JPG", "--out", folder / "a.osint.zip"),
        *("--key", folder / "me.key", *PUBLIC),
        data=absent,
    )
    assert built.returncode == 0, built.stderr
    done = crosslight("package", "verify", folder / "a.osint.zip", data=absent)
    assert done.returncode == 0
    assert not absent.exists()
    missing = crosslight("package", "verify", folder / "missing", data=absent)
    assert is_one_clear_line(missing, "missing")


def test_the_script_checks_what_was_built(folder: Path):
    build()
    Path("verify.sh").write_text(run("auditor-script").stdout, "utf-8")
    Path("me.pem").write_text(run("key", "--key", "me.key", "--pem").stdout, "utf-8")
    with ZipFile("a.osint.zip") as archive:
        archive.extractall("unpacked")
    done = subprocess.run(
        ["sh", "verify.sh", "unpacked", "me.pem"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    Path("unpacked/data/objects/0002.jpg").write_bytes(b"another photo")
    done = subprocess.run(
        ["sh", "verify.sh", "unpacked", "me.pem"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1


def test_a_disk_that_fills_leaves_nothing_half_done(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device", "a.osint.zip")

    monkeypatch.setattr("os.fsync", full)
    (folder / "me.key").write_bytes(private_pem())
    (folder / "me.key").chmod(0o600)
    done = build()
    assert isinstance(done.exception, OSError)
    assert not list(folder.glob("*osint*")) + list(folder.glob(".*"))


def private_pem() -> bytes:
    return CONTRIBUTOR.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_a_sound_package_of_the_core_is_one_of_the_console(tmp_path: Path):
    path = tmp_path / "sound.osint.zip"
    path.write_bytes(sound())
    assert run("verify", path, "--trust", fingerprint_of(CONTRIBUTOR)).exit_code == 0
