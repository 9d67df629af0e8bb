"""From quarantine to rest: what holds is collected before it is looked into, and what does not hold
is kept as it came.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest

from crosslight.accounts.models import Notice
from crosslight.contributions.services import withdraw_contribution
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.evidence.packages.verification import Expectations, verify_package
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.vocabulary.custody import AccessPurpose, PackageForm
from crosslight.custody import keys, services, storage, tasks
from crosslight.custody.inspection import PackageInspection
from crosslight.custody.models import Annotation, Package
from crosslight.custody.selectors import annotation_of, own_packages
from crosslight.custody.services import looking, sealing
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldErrors, NotFoundOrHidden, WrongState
from crosslight.foundation.sealing.keys import KeyDestroyed, KeyMissing, Purpose, read_secret
from crosslight.ledger.selectors import latest_entries
from crosslight.ledger.services import receipt
from tests.custody.factories import (
    EVIDENCE_ID,
    FINGERPRINT,
    PHOTO,
    arrived,
    at_rest,
    encrypted,
    home_of,
    released,
    sealed,
    sent,
    signed_package,
)
from tests.factories import CONSOLE, World

pytestmark = pytest.mark.django_db

REASON = "Needed for the validation of this report."


def acts_on(package_id: str) -> list[str]:
    return [found.entry.act.value for found in latest_entries(object_id=package_id)][::-1]


def read(leaving: services.Leaving) -> bytes:
    with leaving.file:
        data = b"".join(leaving.chunks)
    assert len(data) == leaving.size
    return data


def export(world: World, package: Package) -> bytes:
    return read(
        services.export_package(
            actor=world.luis,
            package_id=package.pk,
            recipient_id=world.police_a.pk,
            purpose=AccessPurpose.COURT,
            reason=REASON,
        )
    )


def test_a_single_file_becomes_a_package_that_holds_and_says_that_nobody_signed_it(
    world: World,
) -> None:
    package = released(world.amina, world.luis)
    data = export(world, package)
    ours = Expectations(
        frozenset({keys.platform_name()}), frozenset({Step.RECEIVE, Step.INTAKE, Step.DISCLOSE})
    )
    verdict = verify_package(io.BytesIO(data), expected=ours)
    assert verdict.holds, verdict.fault
    steps = [signed.statement.step for signed in verdict.custody]
    assert steps == [Step.RECEIVE, Step.INTAKE, Step.TRANSFER, Step.DISCLOSE]
    heading, (item,) = verdict.description.heading, verdict.description.items
    assert heading.contributor == world.shelter.pk
    assert item.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert item.facts["media_type_declared"] == "image/jpeg"
    assert zipfile.ZipFile(io.BytesIO(data)).read(item.path) == PHOTO


def test_the_receipt_is_on_record_before_anything_is_parsed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def look(path: Path) -> PackageInspection:
        package = Package.objects.get()
        assert package.ledger_index is not None
        assert receipt(package.ledger_index).index == package.ledger_index
        seen.append(acts_on(package.pk))
        return PackageInspection((), is_complete=True, stopped_by="")

    monkeypatch.setattr(looking, "inspect_package", look)
    package = at_rest(world.amina, home_of(world.amina))
    assert seen == [["package.announced", "package.quarantined", "package.collected"]]
    assert acts_on(package.pk)[3:] == ["package.inspected", "package.sealed"]


def test_at_rest_there_is_no_plain_copy_and_the_sealed_one_opens_with_its_own_key_alone(
    world: World,
) -> None:
    first = at_rest(world.amina, home_of(world.amina))
    second = at_rest(world.amina, home_of(world.amina))
    assert not storage.sent_path(first.pk).exists()
    assert not storage.plain_path(first.pk).exists()
    bytes_at_rest = storage.sealed_path(first.pk).read_bytes()
    assert PHOTO not in bytes_at_rest
    assert bytes_at_rest.startswith(b"age-encryption.org/v1")
    secrets = {
        package.pk: read_secret(package.pk, purpose=Purpose.PACKAGE).decode()
        for package in (first, second)
    }
    identity = pyrage.x25519.Identity.from_str(secrets[first.pk])
    plain = pyrage.decrypt(bytes_at_rest, [identity])
    assert hashlib.sha256(plain).hexdigest() == first.sealed_sha256
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(bytes_at_rest, [pyrage.x25519.Identity.from_str(secrets[second.pk])])


def test_a_signed_package_keeps_its_chain_and_ours_follows_it(world: World) -> None:
    data = signed_package(PHOTO, b"a second file")
    package = at_rest(world.amina, home_of(world.amina), data, form=PackageForm.PACKAGE)
    assert package.evidence_id == EVIDENCE_ID
    assert [step.step for step in package.steps.all()] == [Step.CAPTURE, Step.INTAKE]
    body = annotation_of(package, Annotation.Kind.VERIFICATION).body
    assert body["signers"][0] | {"time": ""} == {
        "step": "capture",
        "fingerprint": FINGERPRINT,
        "time": "",
        "is_known": False,
    }
    assert body["files"] == 2
    with sealing.opened(package) as file:
        assert file.read() == data, "not one byte of what was sent is changed"


def test_a_key_that_a_person_compared_is_said_to_be_known(world: World) -> None:
    services.register_key(actor=CONSOLE, organisation_id=world.shelter.pk, fingerprint=FINGERPRINT)
    own = at_rest(world.amina, home_of(world.amina), signed_package(), form=PackageForm.PACKAGE)
    other = at_rest(
        world.other_reporter,
        home_of(world.other_reporter),
        signed_package(),
        form=PackageForm.PACKAGE,
    )
    known = [
        annotation_of(package, Annotation.Kind.VERIFICATION).body["signers"][0]["is_known"]
        for package in (own, other)
    ]
    assert known == [True, False]


def test_an_encrypted_package_is_opened_checked_and_collected(world: World) -> None:
    data = signed_package()
    package = at_rest(
        world.amina, home_of(world.amina), encrypted(data), form=PackageForm.PACKAGE_AGE
    )
    assert package.state == PackageState.SEALED
    assert package.sealed_sha256 == hashlib.sha256(data).hexdigest()
    assert package.sha256 != package.sealed_sha256


def test_a_chain_never_runs_backwards_where_its_sender_has_a_clock_ahead(world: World) -> None:
    ahead = (clock.now() + timedelta(days=400)).replace(microsecond=0).astimezone(UTC)
    package = at_rest(
        world.amina,
        home_of(world.amina),
        signed_package(created=datetime(ahead.year, 1, 1, tzinfo=UTC)),
        form=PackageForm.PACKAGE,
    )
    first, second = package.steps.all()
    assert second.at == first.at


def tampered() -> dict[str, tuple[PackageForm, bytes]]:
    good = signed_package()
    at = good.index(PHOTO)
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        archive.writestr("a.txt", "no package")
    return {
        "a flipped bit": (
            PackageForm.PACKAGE,
            good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :],
        ),
        "an end cut off": (PackageForm.PACKAGE, good[:-40]),
        "something after the end": (PackageForm.PACKAGE, good + b"x"),
        "another ZIP": (PackageForm.PACKAGE, inside.getvalue()),
        "no ZIP": (PackageForm.PACKAGE, PHOTO),
        "not encrypted": (PackageForm.PACKAGE_AGE, good),
        "encrypted to another": (PackageForm.PACKAGE_AGE, encrypted(good, stranger)),
        "encrypted and cut": (PackageForm.PACKAGE_AGE, encrypted(good)[:-20]),
        "encrypted and no package": (PackageForm.PACKAGE_AGE, encrypted(PHOTO)),
    }


@pytest.mark.parametrize("kind", sorted(tampered()))
def test_what_does_not_hold_is_kept_sealed_as_it_came_with_its_reason(
    world: World, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(path: Path) -> PackageInspection:
        raise AssertionError("what does not hold is never parsed")

    monkeypatch.setattr(looking, "inspect_package", never)
    form, data = tampered()[kind]
    package = sealed(world.amina, data, form=form)
    assert package.state == PackageState.SEALED_FAILED
    assert package.fault.endswith(".")
    assert package.steps.count() == 0
    with sealing.opened(package) as file:
        assert file.read() == data
    assert not storage.sent_path(package.pk).exists()
    assert not storage.plain_path(package.pk).exists()
    assert acts_on(package.pk)[2:5] == [
        "package.found_faulty",
        "package.sealed",
        "package.handed_in",
    ]
    (seen,) = own_packages(world.amina, package.contribution_id)
    assert seen.is_faulty
    assert seen.ledger_index == package.ledger_index, "also what does not hold has its receipt"
    assert Notice.objects.filter(user_id=world.amina.id, kind="file_faulty").count() == 1
    with pytest.raises(WrongState):
        services.release_package(actor=world.luis, package_id=package.pk)
    assert export(world, package) == data


def test_a_look_that_fails_is_tried_again_and_then_said_to_have_failed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(path: Path) -> PackageInspection:
        raise MemoryError

    monkeypatch.setattr(looking, "inspect_package", burst)
    package_id = arrived(world.amina, home_of(world.amina))
    for _ in range(looking.MOST_ATTEMPTS):
        tasks.work(clock.now())
        assert Package.objects.get(pk=package_id).state == PackageState.VERIFIED
    tasks.work(clock.now())
    package = Package.objects.get(pk=package_id)
    assert package.state == PackageState.SEALED
    body = annotation_of(package, Annotation.Kind.INSPECTION).body
    assert (body["is_complete"], body["stopped_by"]) == (False, looking.FAILED_OFTEN)


def test_one_package_that_fails_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = arrived(world.amina, home_of(world.amina))
    good = arrived(world.amina, home_of(world.amina))
    storage.sent_path(bad).unlink()
    worked = tasks.work(clock.now())
    assert (worked.brought_to_rest, worked.failed) == (1, 1)
    assert Package.objects.get(pk=good).state == PackageState.SEALED
    assert Package.objects.get(pk=bad).state == PackageState.QUARANTINED


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_sees_nothing_of_a_draft_and_all_of_what_was_sent(world: World) -> None:
    contribution = home_of(world.amina)
    package = at_rest(world.amina, contribution)
    with pytest.raises(NotFoundOrHidden):
        services.consult_package(actor=world.luis, package_id=package.pk)
    assert services.list_packages(actor=world.luis) == ()
    sent(world.amina, contribution)
    assert services.list_packages(actor=world.luis) == (package,)
    assert Notice.objects.filter(user_id=world.luis.id, kind="package_waiting").count() == 1
    with pytest.raises(NotFoundOrHidden):
        services.consult_package(actor=world.foreign_desk, package_id=package.pk)


def test_nothing_is_opened_before_a_custodian_released_it_nor_after_it_was_restricted(
    world: World,
) -> None:
    package = sealed(world.amina)

    def reveal() -> bytes:
        return read(
            services.reveal_object(
                actor=world.luis,
                package_id=package.pk,
                number=1,
                purpose=AccessPurpose.VALIDATION,
                reason=REASON,
            )
        )

    with pytest.raises(WrongState):
        reveal()
    services.release_package(actor=world.luis, package_id=package.pk)
    assert reveal() == PHOTO
    services.restrict_package(actor=world.luis, package_id=package.pk)
    with pytest.raises(WrongState):
        reveal()
    with pytest.raises(WrongState):
        export(world, package)
    services.release_package(actor=world.luis, package_id=package.pk)
    steps = [step.step for step in package.steps.all()]
    assert steps == [Step.RECEIVE, Step.INTAKE, Step.TRANSFER, Step.RESTRICT, Step.TRANSFER]
    assert verify_package(io.BytesIO(export(world, package))).holds


def test_an_opening_is_on_record_with_its_purpose_and_the_reason_beside_it(world: World) -> None:
    package = released(world.amina, world.luis)
    with pytest.raises(FieldErrors):
        services.reveal_object(
            actor=world.luis,
            package_id=package.pk,
            number=1,
            purpose=AccessPurpose.VALIDATION,
            reason="  so  ",
        )
    with pytest.raises(NotFoundOrHidden):
        services.reveal_object(
            actor=world.luis,
            package_id=package.pk,
            number=2,
            purpose=AccessPurpose.VALIDATION,
            reason=REASON,
        )
    export(world, package)
    entry = latest_entries(object_id=package.pk)[0].entry
    assert entry.act.value == "package.disclosed"
    assert entry.justification == AccessPurpose.COURT
    assert entry.recipients == (world.police_a.pk,)
    assert entry.commitment is not None
    assert REASON.encode() not in entry.to_bytes()
    assert package.steps.last().recipient == world.police_a


def test_an_export_goes_to_an_authority_only(world: World) -> None:
    package = released(world.amina, world.luis)
    for wrong in (world.bank.pk, "org_00000000000000000000000000", ""):
        with pytest.raises(FieldErrors):
            services.export_package(
                actor=world.luis,
                package_id=package.pk,
                recipient_id=wrong,
                purpose=AccessPurpose.COURT,
                reason=REASON,
            )
    assert package.steps.filter(step=Step.DISCLOSE).count() == 0


# --- the end --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_withdrawing_destroys_key_and_bytes_and_keeps_hash_and_statements(world: World) -> None:
    package = sealed(world.amina)
    withdraw_contribution(actor=world.amina, contribution_id=package.contribution_id)
    package.refresh_from_db()
    assert package.state == PackageState.DESTROYED
    assert package.remains_erased_at is not None
    assert not any(path.exists() for path in storage.paths_of(package.pk))
    with pytest.raises((KeyDestroyed, KeyMissing)):
        read_secret(package.pk, purpose=Purpose.PACKAGE)
    assert package.annotations.count() == 0
    assert package.steps.count() == 2
    assert package.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert acts_on(package.pk)[-1] == "package.destroyed"


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_destroyer_left_is_cleared_by_the_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crosslight.custody.services import destroying

    package = sealed(world.amina)
    with monkeypatch.context() as patch:
        patch.setattr(destroying, "erase_remains", lambda _package_id: None)
        withdraw_contribution(actor=world.amina, contribution_id=package.contribution_id)
    assert storage.sealed_path(package.pk).exists()
    tasks.work(clock.now())
    assert not any(path.exists() for path in storage.paths_of(package.pk))
    with pytest.raises((KeyDestroyed, KeyMissing)):
        read_secret(package.pk, purpose=Purpose.PACKAGE)


def test_a_package_destroyed_while_it_is_being_sealed_leaves_no_sealed_copy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contribution = home_of(world.amina)
    package_id = arrived(world.amina, contribution)
    real = sealing._encrypt

    def withdrawn_meanwhile(*arguments):
        digest = real(*arguments)
        withdraw_contribution(actor=world.amina, contribution_id=contribution.pk)
        return digest

    monkeypatch.setattr(sealing, "_encrypt", withdrawn_meanwhile)
    tasks.work(clock.now())
    assert Package.objects.get(pk=package_id).state == PackageState.DESTROYED
    assert not storage.sealed_path(package_id).exists()
