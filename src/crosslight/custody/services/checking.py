"""Is it a package, and does it hold? Asked before anything in it is parsed.

What holds is collected: on record, with a receipt, and with our first statement in its chain. What
does not hold is on record as well, with its reason, and is never repaired.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from crosslight.accounts.models import NoticeKind
from crosslight.accounts.services import notify
from crosslight.core.evidence.canonical import JSON
from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.archive import open_archive
from crosslight.core.evidence.packages.building import Signer, Source, build_package
from crosslight.core.evidence.packages.custody import Step
from crosslight.core.evidence.packages.description import Heading
from crosslight.core.evidence.packages.facts import Role as ItemRole
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.ledgered import ledger_object
from crosslight.core.evidence.packages.limits import LIMITS
from crosslight.core.evidence.packages.moments import write_moment
from crosslight.core.evidence.packages.verification import Verdict, verify_package
from crosslight.core.lifecycle.package import PackageState, PackageVerb
from crosslight.core.vocabulary.custody import Access, PackageForm
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.custody import storage
from crosslight.custody.keys import opening_identity, platform_name, signing_key
from crosslight.custody.models import Annotation, Package
from crosslight.custody.opening import CannotOpen, open_age
from crosslight.custody.selectors import registered_keys
from crosslight.custody.services.locking import WORKER, locked, move
from crosslight.custody.services.statements import (
    Came,
    add_statement,
    keep_chain,
    statements_in,
    tool,
)
from crosslight.foundation import clock
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

PURPOSE = "osint_preservation"
CANNOT_OPEN = (
    "It is not encrypted to this deployment, is damaged, or is larger than a package may be."
)
# How a file is named inside a package that we make: by what its sender says that it is.
_SUFFIXES: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/mpeg": ".mp3",
    "application/pdf": ".pdf",
    "application/wacz": ".wacz",
    "application/x-wacz": ".wacz",
    "application/warc": ".warc",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """`verdict` None: it could not even be opened. `subject`: what the ledger calls its content."""

    verdict: Verdict | None
    fault: str
    chain: tuple[Came, ...] = ()
    subject: str = ""


def check_package(package_id: str) -> None:
    """For the worker. Safe to repeat: nothing is said before all of it is known."""
    with act():
        package = locked(package_id)
    if package.state != PackageState.QUARANTINED:
        return
    found = _look(package)
    with act():
        package = locked(package_id)
        if package.state != PackageState.QUARANTINED:
            return
        _annotate(package, found)
        if found.fault:
            _keep_faulty(package, found.fault)
        else:
            _collect(package, found)


def package_path(package: Package) -> Path:
    """The package as a ZIP, where it holds: what was sent, or what came out of it."""
    is_as_sent = package.form == PackageForm.PACKAGE
    return storage.sent_path(package.pk) if is_as_sent else storage.plain_path(package.pk)


def _look(package: Package) -> _Found:
    try:
        path = _make_plain(package)
    except CannotOpen:
        return _Found(None, CANNOT_OPEN)
    except PackageFault as error:
        return _Found(None, str(error))
    with path.open("rb") as file:
        verdict = verify_package(file)
        if not verdict.holds:
            return _Found(verdict, verdict.fault or "")
        archive = open_archive(file)
        tags = archive.read(layout.TAG_MANIFEST, limit=LIMITS.manifest_bytes)
        return _Found(verdict, "", statements_in(archive), ledger_object(tags))


def _make_plain(package: Package) -> Path:
    """Open what came encrypted; make a package of a single file. The same bytes each time."""
    form, target = PackageForm(package.form), package_path(package)
    if form is PackageForm.PACKAGE or target.exists():
        return target
    with storage.durable(target) as out:
        if form is PackageForm.FILE:
            _pack(package, out)
        else:
            open_age(
                storage.sent_path(package.pk),
                Path(str(out.name)),
                identity=opening_identity(),
                most_bytes=settings.CUSTODY_LIMITS.file,
            )
    return target


def _pack(package: Package, out: BinaryIO) -> None:
    """A file without a package gets one from us; its first statement says that nobody signed it."""
    arrived = package.arrived_at or package.created_at
    heading = Heading(
        id=package.pk,
        created=arrived.replace(microsecond=0),
        contributor=package.organisation_id,
        purpose_code=PURPOSE,
        legal_basis=LegalBasis(package.legal_basis),
    )
    source = Source(
        open=lambda: storage.sent_path(package.pk).open("rb"),
        suffix=_SUFFIXES.get(package.media_type, ""),
        role=ItemRole.ORIGINAL,
        facts=_facts(package),
    )
    signer = Signer(signing_key(), Step.RECEIVE, platform_name(), tool())
    build_package(out, [source], heading=heading, signer=signer)


def _facts(package: Package) -> dict[str, JSON]:
    facts: dict[str, JSON] = {"media_type_declared": package.media_type}
    if package.access != Access.GIVEN:
        facts["capture_context"] = {"logged_in": package.access == Access.OWN_ACCOUNT}
    return facts


def _collect(package: Package, found: _Found) -> None:
    heading = found.verdict.description.heading  # type: ignore[union-attr]  # it holds
    package.evidence_id = heading.id
    # The receipt of an entry that names the content can be put into the package itself.
    index = _say(package, PackageVerb.VERIFY, Act.PACKAGE_COLLECTED, found.subject)
    keep_chain(package, found.chain)
    add_statement(
        package, step=Step.INTAKE, actor=WORKER, said_by=platform_name(), ledger_index=index
    )


def _keep_faulty(package: Package, fault: str) -> None:
    package.fault = fault
    _say(package, PackageVerb.FAIL, Act.PACKAGE_FOUND_FAULTY)
    notify(users=[package.author], kind=NoticeKind.FILE_FAULTY, object_id=package.contribution_id)


def _say(package: Package, verb: PackageVerb, what: Act, *also: str) -> int:
    """On record, before anything in it is parsed: this entry is what the receipt proves."""
    move(package, verb)
    package.collected_at = clock.now()
    package.ledger_index = record(
        actor=WORKER,
        act=what,
        objects=[package.pk, package.contribution_id, *also],
        reference=package.evidence_id,
        payload={"sha256": package.sha256, "size": package.size},
    )
    package.save()
    return package.ledger_index


def _annotate(package: Package, found: _Found) -> None:
    Annotation.objects.create(
        package=package, kind=Annotation.Kind.VERIFICATION, body=_body(package, found)
    )


def _body(package: Package, found: _Found) -> dict[str, JSON]:
    verdict = found.verdict
    known = registered_keys(package.organisation_id) | {platform_name()}
    states = {} if verdict is None else verdict.states
    description = None if verdict is None else verdict.description
    return {
        "checks": [[check.value, state.value] for check, state in states.items()],
        "fault": found.fault,
        "files": 0 if description is None else len(description.items),
        "contributor": "" if description is None else description.heading.contributor,
        "signers": [
            {
                "step": came.signed.statement.step.value,
                "fingerprint": came.signed.fingerprint,
                "time": write_moment(came.signed.statement.time),
                "is_known": came.signed.fingerprint in known,
            }
            for came in found.chain
        ],
        "items": [
            cast("JSON", item.as_json()) for item in (description.items if description else ())
        ],
        "tool": cast("JSON", tool()),
    }
