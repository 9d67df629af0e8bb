"""One package from a contributor's desk to a court: every hand that it goes through, then forgers.

In the end the shell script judges alone, with sha256sum, openssl and jq, beside our own verifier.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from click.testing import CliRunner, Result

from crosslight.cli.main import group
from crosslight.core.evidence.packages.ledgered import ledger_object
from tests.core.evidence.packages.making import files_of, zip_of
from tests.core.evidence.packages.recorded import LEDGER, WITNESS_KEYS, receipt_for
from tests.core.evidence.stamping import LocalAuthority

TOOLS = ("sh", "jq", "openssl", "sha256sum", "unzip")
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="jq, openssl, sha256sum or unzip is not installed"
)
CAPTURE = "signatures/0001-capture.dsse.json"
TRANSFER = "signatures/0003-transfer.dsse.json"
RECEIPT = "signatures/0002-intake.tlog-proof"
STAMP = "signatures/tagmanifest-sha256.txt.tsr"
PAGE, PHOTO = "data/objects/0001.html", "data/objects/0002.jpg"


class Journey:
    """The folder of the journey; `trusted` are the words by which our verifier is told whom."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trusted: list[str] = []
        self.script: list[str] = []

    def run(self, *words: object) -> Result:
        done = CliRunner().invoke(group, ["package", *map(str, words)])
        assert done.exit_code == 0, done.output
        return done

    def path(self, name: str) -> Path:
        return self.folder / name

    def trust_key(self, name: str) -> None:
        pem = self.path(f"{name}.pem")
        pem.write_text(self.run("key", "--key", self.path(f"{name}.key"), "--pem").stdout, "utf-8")
        self.trusted += ["--trust", str(pem)]
        self.script.append(str(pem))


def contributed(journey: Journey) -> None:
    """Key made, files packed and sealed for the desk and the safe."""
    journey.path("page.html").write_bytes(b"<p>An advert of example.org</p>" * 50)
    journey.path("photo.jpg").write_bytes(b"\xff\xd8 a photo " * 50)
    recipients = [
        journey.run("identity", "--out", journey.path(name)).stdout.split()[-1]
        for name in ("desk.age", "safe.age")
    ]
    journey.path("recipients").write_text("\n".join(recipients), "ascii")
    journey.run(
        *("build", journey.path("page.html"), journey.path("photo.jpg"), "--minors", "no"),
        *("--key", journey.path("shelter.key"), "--legal-basis", "gdpr_public_task"),
        *("--out", journey.path("1.osint.zip"), "--to", journey.path("recipients")),
    )


def taken_in(journey: Journey, authority: LocalAuthority) -> None:
    """Opened at the desk, verified, stated, recorded in a ledger, stamped, transferred."""
    sealed, opened = journey.path("1.osint.zip.age"), journey.path("2.osint.zip")
    journey.run("open", sealed, "--identity", journey.path("desk.age"), "--out", opened)
    journey.trust_key("shelter")
    journey.run("verify", opened, *journey.trusted)
    key = ("--key", journey.path("desk.key"))
    taken = journey.path("3.osint.zip")
    journey.run("state", opened, "--step", "intake", *key, "--out", taken, *journey.trusted)
    manifest = files_of(taken.read_bytes())["tagmanifest-sha256.txt"]
    proof = journey.path("entry.tlog-proof")
    proof.write_text(receipt_for(ledger_object(manifest)).to_text(), "utf-8")
    recorded = journey.path("4.osint.zip")
    journey.run("receipt", taken, proof, "--out", recorded)
    journey.run("stamp", recorded, "--request-out", journey.path("request"))
    journey.path("answer").write_bytes(authority.answer(journey.path("request").read_bytes()))
    stamped = journey.path("5.osint.zip")
    answer = ("--response", journey.path("answer"), "--request", journey.path("request"))
    journey.run("stamp", recorded, *answer, "--out", stamped, "--tsa-root", authority.root)
    court = journey.path("court.osint.zip")
    journey.run("state", stamped, "--step", "transfer", *key, "--out", court)
    journey.trust_key("desk")


def judged_by(journey: Journey, authority: LocalAuthority) -> None:
    """What the court was told on paper: keys, steps, the authority's root, ledger and witness."""
    journey.path("log.vkey").write_text(LEDGER.to_text(), "utf-8")
    (name, witness), *_ = WITNESS_KEYS.items()
    journey.path("witness.vkey").write_text(witness.to_text(), "utf-8")
    lines = (f"log {LEDGER.to_text()}", f"witness {name} {witness.to_text()}", f"quorum {name}")
    journey.path("policy").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    shared = ["--require", "transfer", "--tsa-root", str(authority.root)]
    journey.trusted += [*shared, "--policy", str(journey.path("policy"))]
    journey.script = [
        *(*shared, "--ledger", str(journey.path("log.vkey"))),
        *("--witness", str(journey.path("witness.vkey")), "--quorum", "1", *journey.script),
    ]
    journey.path("verify.sh").write_text(journey.run("auditor-script").stdout, "utf-8")


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    made = Journey(tmp_path_factory.mktemp("journey"))
    authority = LocalAuthority.made_in(made.path("tsa"))
    contributed(made)
    taken_in(made, authority)
    judged_by(made, authority)
    return made


def script_says(journey: Journey, package: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """In an environment without anything of ours: unzip, then the script."""
    environment = {"PATH": "/usr/bin:/bin"}
    subprocess.run(["unzip", "-q", package, "-d", folder], check=True, env=environment)
    return subprocess.run(
        ["sh", journey.path("verify.sh"), folder, *journey.script],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def we_say(journey: Journey, package: Path) -> dict:
    words = ["package", "verify", str(package), *journey.trusted, "--json"]
    done = CliRunner().invoke(group, words)
    return json.loads(done.stdout) | {"status": done.exit_code}


def test_the_court_and_the_script_find_what_the_contributor_sent(journey: Journey, tmp_path: Path):
    package = journey.path("court.osint.zip")
    verdict = we_say(journey, package)
    assert verdict["status"] == 0, verdict
    assert [step["step"] for step in verdict["custody"]] == ["capture", "intake", "transfer"]
    assert len(verdict["stamps"]) == len(verdict["receipts"]) == 1
    done = script_says(journey, package, tmp_path / "unpacked")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("OK ") == 9
    photo = tmp_path / "unpacked" / PHOTO
    assert photo.read_bytes() == journey.path("photo.jpg").read_bytes()


Files = dict[str, bytes]


def flipped(name: str, place: int = 7) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        data = bytearray(files[name])
        data[place] ^= 1
        files[name] = bytes(data)

    return change


def gone(*names: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for name in names:
            del files[name]

    return change


def added(name: str, content: bytes = b"planted") -> Callable[[Files], None]:
    return lambda files: files.update({name: content})


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


def swapped(one: str, two: str) -> Callable[[Files], None]:
    return lambda files: files.update({one: files[two], two: files[one]})


def renamed(old: str, new: str) -> Callable[[Files], None]:
    return lambda files: files.update({new: files.pop(old)})


TAMPERED: dict[str, Callable[[Files], None]] = {
    **{
        f"a bit of {name}": flipped(name)
        for name in (
            *(PAGE, PHOTO, CAPTURE, TRANSFER, RECEIPT, "bagit.txt", "bag-info.txt"),
            *("manifest-sha256.txt", "tagmanifest-sha256.txt", "metadata/package.json"),
        )
    },
    "a bit of the time stamp": flipped(STAMP, -1),
    "the page is gone": gone(PAGE),
    "the first statement is gone": gone(CAPTURE),
    "the last statement is cut off": gone(TRANSFER),
    "the time stamp is gone": gone(STAMP),
    "the receipt is gone": gone(RECEIPT),
    "the description is gone": gone("metadata/package.json"),
    "an object more": added("data/objects/0003.bin"),
    "a tag file more": added("metadata/note.txt"),
    "a program at the top": added("setup.exe", b"MZ"),
    "fetch.txt": added("fetch.txt", b"http://169.254.169.254/ - data/objects/0001.html\n"),
    "an empty statement more": added("signatures/0004-disclose.dsse.json", b"{}"),
    "a receipt of nothing": added("signatures/0009-disclose.tlog-proof"),
    "page and photo change places": swapped(PAGE, PHOTO),
    "two statements change places": swapped(CAPTURE, TRANSFER),
    "a statement of another step": renamed(TRANSFER, "signatures/0003-disclose.dsse.json"),
    "another legal basis": replaced("metadata/package.json", b"gdpr_public_task", b"gdpr_consent"),
    "another date": replaced("bag-info.txt", b"Bagging-Date: 20", b"Bagging-Date: 19"),
    "another index": replaced(RECEIPT, b"index 77\n", b"index 76\n"),
}


def test_there_are_more_than_twenty_forgeries():
    assert len(TAMPERED) > 20


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_copy_is_refused_by_both_with_status_1(
    journey: Journey, tmp_path: Path, name: str
):
    files = files_of(journey.path("court.osint.zip").read_bytes())
    TAMPERED[name](files)
    package = tmp_path / "tampered.osint.zip"
    package.write_bytes(zip_of(files))

    verdict = we_say(journey, package)
    assert (verdict["status"], verdict["holds"]) == (1, False)
    done = script_says(journey, package, tmp_path / "unpacked")
    assert done.returncode == 1, done.stdout
    assert "FAIL" in done.stderr
    assert "The package" not in done.stdout


def test_a_package_packed_again_by_another_program_is_the_same_files(
    journey: Journey, tmp_path: Path
):
    """The script, which sees files, takes it; our reader asks for the one form of the ZIP."""
    files = files_of(journey.path("court.osint.zip").read_bytes())
    package = tmp_path / "again.osint.zip"
    with ZipFile(package, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert script_says(journey, package, tmp_path / "unpacked").returncode == 0
    assert we_say(journey, package)["failed"] == "archive"
