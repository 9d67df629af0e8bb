"""Files of the practice world: a signed package, a single file, and one changed on its way."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crosslight.contributions.services import add_file
from crosslight.core.evidence.packages.building import Signer, Source, build_package
from crosslight.core.evidence.packages.custody import Step as CustodyStep
from crosslight.core.evidence.packages.custody import fingerprint
from crosslight.core.evidence.packages.description import Heading
from crosslight.core.evidence.packages.facts import Role
from crosslight.core.vocabulary.custody import Access, PackageForm
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.custody import services as custody
from crosslight.custody import tasks
from crosslight.exercises.founding import DIRECTOR
from crosslight.exercises.timeline import Calendar, Stage, Step
from crosslight.exercises.worlds import ContributionRow, World
from crosslight.foundation import clock
from crosslight.foundation.identifiers import new_id

ADVERT = (
    b"DECKHANDS WANTED. No papers needed, bed and passage paid, pay after the season.\n"
    b"Kept from a public page of the practice world. Nobody in it exists.\n"
)
_AFTER = timedelta(hours=1)
_RELEASED_AFTER = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class File:
    """`of` is the contribution that it belongs to; `is_changed`: by somebody, on its way."""

    of: str
    form: PackageForm
    is_changed: bool = False
    released_by: str = ""


FILES = (
    File("r-05", PackageForm.PACKAGE, released_by="luis"),
    File("r-06", PackageForm.FILE),
    File("r-07", PackageForm.PACKAGE, is_changed=True),
)


def file_steps(world: World, calendar: Calendar) -> Iterator[Step]:
    rows = {row.key: (place, row) for place, row in enumerate(world.contributions)}
    for file in FILES:
        place, row = rows[file.of]
        sent = calendar.moment(days_ago=row.day, minutes_ago=row.minutes, place=place)
        yield Step(calendar.past(sent + _AFTER), partial(_send, file=file, row=row))
        if file.released_by:
            yield Step(calendar.past(sent + _RELEASED_AFTER), partial(_release, file=file))


def _send(stage: Stage, *, file: File, row: ContributionRow) -> None:
    actor = stage.actor(row.by)
    basis = LegalBasis(row.basis)
    data = ADVERT
    if file.form is PackageForm.PACKAGE:
        key = Ed25519PrivateKey.generate()
        data = _packed(key, basis)
        custody.register_key(
            actor=DIRECTOR,
            organisation_id=actor.organisation_id or "",
            fingerprint=fingerprint(key.public_key().public_bytes_raw()),
        )
    if file.is_changed:
        data = data.replace(b"pay after", b"no pay af")
    offer = custody.Offer(
        form=file.form,
        size=len(data),
        access=Access.PUBLIC,
        legal_basis=basis,
        shows_minor=False,
        media_type="text/plain",
    )
    made = add_file(actor=actor, contribution_id=stage.id(row.key), offer=offer)
    stage.ids[_key_of(file)] = made.id
    custody.receive_at_once(actor=actor, package_id=made.id, pieces=[data])
    tasks.bring_to_rest(made.id)


def _release(stage: Stage, *, file: File) -> None:
    custody.release_package(actor=stage.actor(file.released_by), package_id=stage.id(_key_of(file)))


def _key_of(file: File) -> str:
    return f"file of {file.of}"


def _packed(key: Ed25519PrivateKey, basis: LegalBasis) -> bytes:
    """As its sender makes it at home, with `crosslight package build`."""
    out = io.BytesIO()
    heading = Heading(
        id=new_id("pkg"),
        created=clock.now().replace(microsecond=0) - _AFTER,
        contributor=fingerprint(key.public_key().public_bytes_raw()),
        purpose_code="osint_preservation",
        legal_basis=basis,
    )
    facts = {"source_url": "https://deck-work.example/advert", "media_type_declared": "text/plain"}
    sources = [Source(lambda: io.BytesIO(ADVERT), ".txt", Role.CAPTURE, facts)]
    tool = {"name": "crosslight", "version": "practice"}
    signer = Signer(key, CustodyStep.CAPTURE, heading.contributor, tool)
    build_package(out, sources, heading=heading, signer=signer)
    return out.getvalue()
