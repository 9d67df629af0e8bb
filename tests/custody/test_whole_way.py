"""From a contributor's shell to a court: built, signed, sent, verified, given on, erased."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from crosslight.cli.main import group
from crosslight.contributions.models import Contribution
from crosslight.core.evidence.notes import verifier_key
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.vocabulary.custody import AccessPurpose, PackageForm
from crosslight.core.vocabulary.erasure import ErasureGround, ErasureKind
from crosslight.custody import keys, services
from crosslight.custody.models import Package
from crosslight.custody.services.destroying import erase_remains
from crosslight.foundation.errors import NotAllowed, NotFoundOrHidden
from crosslight.foundation.sealing.destruction import sweep
from crosslight.foundation.sealing.keys import KeyDestroyed, Purpose, read_secret
from crosslight.ledger.keys import existing_key
from crosslight.ledger.selectors import signed_head
from crosslight.ledger.services import export as export_ledger
from crosslight.ledger.verification import verify_database
from crosslight.oversight.erasure import services as erasure
from tests.core.evidence.captures.making import wacz
from tests.custody.factories import at_rest, home_of, sent
from tests.custody.test_pipeline import read
from tests.factories import World

pytestmark = [
    pytest.mark.either_database,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not all(map(shutil.which, ("jq", "openssl", "sha256sum", "unzip"))),
        reason="an auditor's machine has jq, openssl, sha256sum and unzip",
    ),
]
# A machine without Crosslight, and without Python of ours.
ELSEWHERE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def crosslight(*words: object) -> str:
    done = CliRunner().invoke(group, ["package", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.stdout


def elsewhere(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        env=ELSEWHERE,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def parcel(tmp_path: Path) -> bytes:
    """What a contributor sends: a recorded page, signed, sealed to the deployment and to a safe."""
    (tmp_path / "page.wacz").write_bytes(wacz())
    safe = crosslight("identity", "--out", tmp_path / "safe.age").split()[-1]
    recipients = tmp_path / "recipients.txt"
    recipients.write_text(f"{keys.recipient()}\n", "ascii")
    crosslight(
        *("build", tmp_path / "page.wacz", "--out", tmp_path / "advert.osint.zip"),
        *("--key", tmp_path / "shelter.key", "--legal-basis", "gdpr_legitimate_interests"),
        *("--minors", "no"),
    )
    crosslight(
        *("seal", tmp_path / "advert.osint.zip", "--out", tmp_path / "advert.osint.zip.age"),
        *("--to", recipients, "--to", safe),
    )
    return (tmp_path / "advert.osint.zip.age").read_bytes()


@pytest.fixture
def package(world: World, parcel: bytes) -> Package:
    """Sent, taken in, and released by the desk."""
    contribution = home_of(world.amina)
    taken = at_rest(world.amina, contribution, parcel, form=PackageForm.PACKAGE_AGE)
    assert (taken.state, taken.fault) == (PackageState.SEALED, "")
    sent(world.amina, contribution)
    return services.release_package(actor=world.luis, package_id=taken.pk)


def test_an_auditor_checks_the_package_that_left_without_crosslight(
    world: World, package: Package, tmp_path: Path
) -> None:
    leaving = given_to_a_court(world, package)
    folder = tmp_path / "court"
    zipfile.ZipFile(io.BytesIO(read(leaving))).extractall(folder)
    (tmp_path / "verify.sh").write_text(crosslight("auditor-script"), "utf-8")
    for name in ("shelter", "intake"):
        path = tmp_path / "shelter.key" if name == "shelter" else keys_file()
        public = crosslight("key", "--key", path, "--pem")
        (tmp_path / f"{name}.pem").write_text(public, "utf-8")
    (tmp_path / "log.vkey").write_text(f"{ledger_key()}\n", "utf-8")
    keys_given = (tmp_path / "shelter.pem", tmp_path / "intake.pem", "--ledger", "log.vkey")
    sound = elsewhere("sh", tmp_path / "verify.sh", folder, *keys_given, cwd=tmp_path)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    proofs = sorted(path.name for path in (folder / "signatures").glob("*.tlog-proof"))
    assert proofs == ["0002-intake.tlog-proof", "0004-disclose.tlog-proof"]
    (captured,) = (folder / "data" / "objects").iterdir()
    captured.write_bytes(b"\x00" + captured.read_bytes()[1:])
    changed = elsewhere("sh", tmp_path / "verify.sh", folder, *keys_given, cwd=tmp_path)
    assert changed.returncode == 1


def test_a_subject_is_erased_and_the_export_made_before_still_verifies(
    world: World, package: Package, tmp_path: Path
) -> None:
    export_ledger(tmp_path / "export")
    script = tmp_path / "export" / "verify.sh"
    assert elsewhere("sh", script, script.parent, cwd=tmp_path).returncode == 0
    made = erasure.request_erasure(
        actor=world.nuria,
        object_id=package.contribution_id,
        kind=ErasureKind.ERASE,
        ground=ErasureGround.UNLAWFUL,
    )
    erasure.confirm_erasure(actor=world.nuria, erasure_id=made.pk)
    sweep()
    erase_remains(package.pk)
    package.refresh_from_db()
    assert package.state == PackageState.DESTROYED
    assert Contribution.objects.get(pk=package.contribution_id).content == {}
    with pytest.raises(KeyDestroyed):
        read_secret(package.pk, purpose=Purpose.PACKAGE)
    assert verify_database().holds
    after = elsewhere("sh", script, script.parent, cwd=tmp_path)
    assert after.returncode == 0, after.stdout + after.stderr


def test_what_is_set_aside_is_closed_to_the_desk_and_comes_back(
    world: World, package: Package
) -> None:
    made = erasure.request_erasure(
        actor=world.nuria,
        object_id=package.contribution_id,
        kind=ErasureKind.RESTRICT,
        ground=ErasureGround.CONTESTED,
    )
    erasure.confirm_erasure(actor=world.nuria, erasure_id=made.pk)
    with pytest.raises((NotAllowed, NotFoundOrHidden)):
        services.consult_package(actor=world.luis, package_id=package.pk)
    with pytest.raises((NotAllowed, NotFoundOrHidden)):
        given_to_a_court(world, package)
    erasure.lift_restriction(actor=world.nuria, erasure_id=made.pk)
    assert read(given_to_a_court(world, package))


def given_to_a_court(world: World, package: Package) -> services.Leaving:
    return services.export_package(
        actor=world.luis,
        package_id=package.pk,
        recipient_id=world.police_a.pk,
        purpose=AccessPurpose.COURT,
        reason="Asked for by the court in Northport.",
    )


def ledger_key() -> str:
    return verifier_key(name=signed_head().checkpoint.origin, key=existing_key()).to_text()


def keys_file() -> Path:
    from django.conf import settings

    keys.signing_key()
    return Path(settings.INTAKE_SIGNING_KEY_FILE)
