"""What leaves for a court: recorded first, checked by our command and by the script inside."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from crosslight.cli.main import group
from crosslight.core.evidence.export import verify_export
from crosslight.core.evidence.proofs import ProofsFault, verify_proofs
from crosslight.core.vocabulary.oversight import DisclosureReason, RecipientKind
from crosslight.foundation.errors import FieldErrors, NotAllowed, NotFoundOrHidden
from crosslight.ledger import accesses
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import latest_entries
from crosslight.oversight import services
from crosslight.oversight.services import Order, Recipient
from tests.coordination.factories import acknowledged
from tests.factories import World

pytestmark = pytest.mark.either_database

STRANGER = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
needs_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("sh", "openssl", "jq", "sha256sum")),
    reason="needs sh, openssl, jq and sha256sum",
)


def order(object_id: str = "", **changes: str) -> Order:
    said = {
        "code": "court-northport",
        "name": "Court of Northport, 12/2026",
        "why": "Order of 3 May",
    }
    given = said | changes
    return Order(
        object_id,
        Recipient(RecipientKind.COURT, given["code"], given["name"]),
        DisclosureReason.CRIMINAL_PROCEEDINGS,
        given["why"],
    )


@pytest.fixture
def match_id(world: World) -> str:
    return acknowledged(world).match.pk


@pytest.fixture
def folder(world: World, match_id: str, tmp_path: Path) -> Path:
    """The export about the match, unpacked."""
    made = services.disclose_ledger(actor=world.auditor, order=order(match_id))
    with made.content as content, zipfile.ZipFile(content) as archive:
        archive.extractall(tmp_path / "proofs")
    (tmp_path / "vkey").write_text(f"{accesses.public_key().to_text()}\n", "utf-8")
    return tmp_path / "proofs"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def script(folder: Path, *more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(folder / "verify.sh"), str(folder), *map(str, more)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_is_recorded_as_a_disclosure_with_recipient_and_reason(
    world: World, match_id: str
) -> None:
    services.disclose_ledger(actor=world.auditor, order=order(match_id)).content.close()
    (found,) = latest_entries(limit=1)
    entry = found.entry
    assert (entry.act, entry.objects) == (Act.LEDGER_DISCLOSED, (match_id,))
    assert entry.recipients == ("court:court-northport",)
    assert (entry.justification, entry.actor) == ("criminal_proceedings", world.auditor.id)
    assert entry.commitment is not None


def test_it_holds_every_entry_that_names_the_object_its_own_disclosure_among_them(
    folder: Path, match_id: str
) -> None:
    proven = verify_proofs(files_in(folder), key=accesses.public_key())
    assert proven.object_id == match_id
    assert [each.index for each in proven.entries] == list(accesses.numbers_naming(match_id))
    acts = {each.entry.act for each in proven.entries}
    assert {Act.MATCH_NOTIFIED, Act.MATCH_SET_RELEASED, Act.LEDGER_DISCLOSED} <= acts
    assert all(match_id in each.entry.objects for each in proven.entries)


def test_it_holds_no_content_of_any_record(folder: Path) -> None:
    everything = b"".join(files_in(folder).values())
    for text in (b"Jallow", b"canary", b"X0012345", b"Court of Northport, 12"):
        assert text not in everything


@needs_tools
def test_the_script_inside_reaches_the_same_verdict(folder: Path, tmp_path: Path) -> None:
    said = script(folder, tmp_path / "vkey")
    assert said.returncode == 0, said.stderr
    assert "OK:" in said.stdout
    assert "match.set_released" in said.stdout
    assert "to court:court-northport" in said.stdout
    without = script(folder)
    assert without.returncode == 0
    assert "not who signed it" in without.stdout


def _flip(name: str, at: int = -40) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        path = folder / name if name else sorted((folder / "entries").iterdir())[0]
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(bytes(data))

    return tamper


def _renumber(folder: Path) -> None:
    first, second, *_ = sorted((folder / "entries").iterdir())
    spare = folder / "spare"
    first.rename(spare)
    second.rename(first)
    spare.rename(second)


def _other_object(folder: Path) -> None:
    (folder / "object.txt").write_text("mat_" + "0" * 26 + "\n")


def _rename_entry_text(folder: Path) -> None:
    path = sorted((folder / "entries").iterdir())[0]
    lines = path.read_text("utf-8").split("\n")
    lines[2] = "index 0"
    path.write_text("\n".join(lines), "utf-8")


def _drop_all(folder: Path) -> None:
    shutil.rmtree(folder / "entries")


TAMPERED: dict[str, Callable[[Path], None]] = {
    "a bit of a proof": _flip(""),
    "a bit of the entry": _flip("", at=60),
    "a bit of the page": _flip("README.txt"),
    "a bit of the key": _flip("keys/log.vkey", at=-8),
    "a bit of the list": _flip("SHA256SUMS"),
    "numbers exchanged": _renumber,
    "another number inside": _rename_entry_text,
    "another object": _other_object,
    "no proof": _drop_all,
    "a stray file": lambda folder: (folder / "more.txt").write_text("x") and None,
}


def resummed(folder: Path) -> None:
    """As a forger would: the list fits what was changed."""
    import hashlib

    names = sorted(name for name in files_in(folder) if name != "SHA256SUMS")
    (folder / "SHA256SUMS").write_text(
        "".join(
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
            for name in names
        )
    )


@pytest.mark.parametrize("name", TAMPERED)
@pytest.mark.parametrize("fits", [False, True])
def test_whatever_is_changed_is_refused_by_both(
    folder: Path, tmp_path: Path, name: str, fits: bool
) -> None:
    if fits and name in {"a bit of the list", "a bit of the page"}:
        pytest.skip("a page and a list that fit each other are guarded by nothing but the reader")
    TAMPERED[name](folder)
    if fits:
        resummed(folder)
    with pytest.raises(ProofsFault):
        verify_proofs(files_in(folder), key=accesses.public_key())
    command = CliRunner().invoke(
        group, ["audit", "verify", str(folder), "--vkey", str(tmp_path / "vkey")]
    )
    assert command.exit_code == 1, command.output
    if shutil.which("jq") and shutil.which("openssl"):
        said = script(folder, tmp_path / "vkey")
        assert said.returncode == 1, said.stdout
        assert "FAIL" in said.stderr


@needs_tools
def test_a_key_of_somebody_else_is_refused_by_both(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_text(f"{STRANGER}\n")
    assert script(folder, tmp_path / "other").returncode == 1
    command = CliRunner().invoke(group, ["audit", "verify", str(folder), "--vkey", STRANGER])
    assert command.exit_code == 1


@needs_tools
def test_the_script_checks_a_single_receipt(world: World, folder: Path, tmp_path: Path) -> None:
    for index in (0, 1, latest_entries(limit=1)[0].index):
        path = tmp_path / f"{index}.tlog-proof"
        path.write_text(services.prove_entry(actor=world.nuria, index=index).to_text(), "utf-8")
        said = subprocess.run(
            ["sh", str(folder / "verify.sh"), str(path), str(tmp_path / "vkey")],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert said.returncode == 0, said.stderr
        assert f"OK: entry {index} of" in said.stdout


def test_the_whole_ledger_comes_with_its_own_page_and_script(world: World, match_id: str) -> None:
    made = services.disclose_ledger(actor=world.nuria, order=order())
    with made.content as content, zipfile.ZipFile(content) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert verify_export(files).holds
    assert b"WHAT IT IS FOR" in files["README.txt"]
    (found,) = latest_entries(limit=1)
    assert found.entry.reference == "ledger"
    assert found.entry.recipients == ("court:court-northport",)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("code", {"code": "Court of Northport"}),
        ("code", {"code": ""}),
        ("name", {"name": " "}),
        ("why", {"why": ""}),
    ],
)
def test_without_recipient_or_reason_nothing_leaves(
    world: World, match_id: str, field: str, changes: dict[str, str]
) -> None:
    before = latest_entries(limit=1)[0].index
    with pytest.raises(FieldErrors) as refused:
        services.disclose_ledger(actor=world.auditor, order=order(match_id, **changes))
    assert [fault.field for fault in refused.value.errors] == [field]
    assert latest_entries(limit=1)[0].index == before


@pytest.mark.parametrize("object_id", ["mat_" + "0" * 26, "nonsense", "x", "../../etc"])
def test_what_no_entry_names_is_not_there(world: World, object_id: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        services.disclose_ledger(actor=world.auditor, order=order(object_id))
    assert [fault.field for fault in refused.value.errors] == ["object_id"]


@pytest.mark.parametrize("name", ["amina", "luis", "fatou", "administrator", "rco"])
def test_nobody_else_discloses(world: World, match_id: str, name: str) -> None:
    stranger = world.actors[name]
    with pytest.raises(NotAllowed):
        services.disclose_ledger(actor=stranger, order=order(match_id))
    with pytest.raises(NotAllowed):
        services.prove_entry(actor=stranger, index=0)


def test_an_absent_entry_has_no_proof(world: World) -> None:
    with pytest.raises(NotFoundOrHidden):
        services.prove_entry(actor=world.auditor, index=10**9)


def test_the_command_makes_it_and_the_command_checks_it(
    world: World, match_id: str, tmp_path: Path
) -> None:
    target = tmp_path / "proofs.zip"
    arguments = ["audit", "disclose", str(target), "--object", match_id, "--to", "prosecutor"]
    arguments += ["--code", "prosecutor-7", "--name", "Prosecutor", "--why", "Letter of 3 May"]
    arguments += ["--reason", "criminal_proceedings"]
    assert CliRunner().invoke(group, arguments).exit_code == 0
    (found,) = latest_entries(limit=1, act=Act.LEDGER_DISCLOSED.value)
    assert (found.entry.actor, found.entry.recipients) == (
        "system:console",
        ("prosecutor:prosecutor-7",),
    )
    key = accesses.public_key().to_text()
    checked = CliRunner().invoke(group, ["audit", "verify", str(target), "--vkey", key])
    assert checked.exit_code == 0, checked.output
    assert "The proofs hold" in checked.output
    again = CliRunner().invoke(group, arguments)
    assert again.exit_code == 2
    assert "there already" in again.output
