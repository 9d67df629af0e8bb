"""Files at each step of their way, brought there as a door and the worker would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import add_file, submit_contribution
from crosslight.core.evidence.packages.building import Signer, Source, build_package
from crosslight.core.evidence.packages.custody import Step, fingerprint
from crosslight.core.evidence.packages.description import Heading
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.core.vocabulary.custody import Access, PackageForm
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.custody import keys, services, tasks
from crosslight.custody.models import Package
from crosslight.custody.services import Offer
from crosslight.foundation import clock
from tests.contributions.factories import draft

PHOTO = b"\xff\xd8\xff\xe0 an invented photograph of a workshop door \xff\xd9"
SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FINGERPRINT = fingerprint(SIGNING.public_key().public_bytes_raw())
EVIDENCE_ID = "pkg_01jd9x0000000000000000000a"


def offer(data: bytes = PHOTO, **changes: object) -> Offer:
    values = {
        "form": PackageForm.FILE,
        "size": len(data),
        "access": Access.PUBLIC,
        "legal_basis": LegalBasis.GDPR_LEGITIMATE_INTERESTS,
        "shows_minor": False,
        "media_type": "image/jpeg",
    }
    return Offer(**(values | changes))


def preserved(**changes: object) -> dict[str, object]:
    """A complete description of preserved material of a support organisation."""
    return {
        "facts": "A public page that offers work on vessels, kept as it was shown.",
        "victim_awareness": "no_one",
        "sharing_wish": "desk_decides",
        "legal_basis": "no_personal_data",
    } | changes


def home_of(actor: Actor) -> Contribution:
    return draft(actor, preserved(), kind=ContributionKind.OSINT_PRESERVATION)


def announced(actor: Actor, contribution: Contribution, data: bytes = PHOTO, **changes) -> str:
    return add_file(actor=actor, contribution_id=contribution.pk, offer=offer(data, **changes)).id


def arrived(actor: Actor, contribution: Contribution, data: bytes = PHOTO, **changes) -> str:
    package_id = announced(actor, contribution, data, **changes)
    services.receive_at_once(actor=actor, package_id=package_id, pieces=[data])
    return package_id


def at_rest(actor: Actor, contribution: Contribution, data: bytes = PHOTO, **changes) -> Package:
    package_id = arrived(actor, contribution, data, **changes)
    worked = tasks.work(clock.now())
    assert worked.failed == 0
    return Package.objects.get(pk=package_id)


def sent(actor: Actor, contribution: Contribution) -> None:
    submission = submit_contribution(actor=actor, contribution_id=contribution.pk)
    assert submission.is_received, submission.faults


def sealed(actor: Actor, data: bytes = PHOTO, **changes) -> Package:
    """At the desk, waiting for a custodian."""
    contribution = home_of(actor)
    package = at_rest(actor, contribution, data, **changes)
    sent(actor, contribution)
    package.refresh_from_db()
    return package


def released(actor: Actor, custodian: Actor, data: bytes = PHOTO, **changes) -> Package:
    package = sealed(actor, data, **changes)
    return services.release_package(actor=custodian, package_id=package.pk)


def signed_package(
    *files: bytes, contributor: str = FINGERPRINT, created: datetime | None = None
) -> bytes:
    """As `crosslight package build` makes it."""
    out = io.BytesIO()
    heading = Heading(
        id=EVIDENCE_ID,
        created=created or datetime(2026, 3, 1, 12, tzinfo=UTC),
        contributor=contributor,
        purpose_code="osint_preservation",
        legal_basis=LegalBasis.GDPR_LEGITIMATE_INTERESTS,
    )
    sources = [
        Source(lambda data=data: io.BytesIO(data), ".jpg", Role.CAPTURE, {})
        for data in files or (PHOTO,)
    ]
    signer = Signer(SIGNING, Step.CAPTURE, contributor, {"name": "tool", "version": "1"})
    build_package(out, sources, heading=heading, signer=signer)
    return out.getvalue()


def encrypted(data: bytes, *recipients: str) -> bytes:
    to = [pyrage.x25519.Recipient.from_str(each) for each in recipients or (keys.recipient(),)]
    return pyrage.encrypt(data, to)


def pieces_of(data: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    for at in range(0, len(data), size):
        yield at, data[at : at + size]
