"""Bytes coming in, piece by piece, over days if need be.

A piece counts once its row says so, and the row says so only after the disk has it. Whatever a
killed process wrote beyond that is cut off when the next piece comes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from crosslight.core.lifecycle.package import PackageState, PackageVerb
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_send_package
from crosslight.core.vocabulary.custody import LAWFUL_ACCESS, Access, PackageForm
from crosslight.core.vocabulary.law import LegalBasis
from crosslight.custody import storage
from crosslight.custody.errors import (
    AccessNotLawful,
    FileDamaged,
    FileTooLarge,
    MinorShown,
    PieceDamaged,
    QuotaFull,
    WrongOffset,
)
from crosslight.custody.models import Package
from crosslight.custody.selectors import room_of
from crosslight.custody.services.destroying import erase_after_act
from crosslight.custody.services.locking import WORKER, locked, locked_for_contributor, move
from crosslight.foundation import clock
from crosslight.foundation.errors import FieldError, FieldErrors, WrongState
from crosslight.foundation.transactions import act, lock_ledger
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

# An upload may rest for so long between two pieces.
UPLOAD_KEPT = timedelta(days=14)
# Small enough to be sent again without regret, large enough not to be mostly headers.
PIECE_BYTES = 2**20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a file belongs to. `is_handed_in`: the desk has it already, and so has the file."""

    contribution_id: str
    organisation_id: str
    country_id: str
    is_handed_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the sender says before the first byte. `sha256` may be empty: then it is not compared.

    `shows_minor`: it shows or could show a minor being abused. Nothing of such a file is taken.
    """

    form: PackageForm
    size: int
    access: Access
    legal_basis: LegalBasis
    shows_minor: bool
    media_type: str = _UNKNOWN_TYPE
    sha256: str = ""


def announce(*, actor: Actor, home: Home, offer: Offer) -> Package:
    """Make room for a file. Asks no policy: whoever calls it has asked that of the contribution."""
    _check_offer(offer)
    with act():
        # In single file, or two at once would both find the last room free.
        lock_ledger()
        _check_room(home.organisation_id, offer.size)
        moment = clock.now()
        package = Package.objects.create(
            contribution_id=home.contribution_id,
            organisation_id=home.organisation_id,
            country_id=home.country_id,
            author_id=actor.id,
            form=offer.form.value,
            media_type=_media_type(offer.media_type),
            access=offer.access.value,
            legal_basis=offer.legal_basis.value,
            size=offer.size,
            sha256=offer.sha256,
            expires_at=moment + UPLOAD_KEPT,
            handed_in_at=moment if home.is_handed_in else None,
        )
        record(
            actor=actor,
            act=Act.PACKAGE_ANNOUNCED,
            objects=[package.pk, home.contribution_id],
            reference=offer.form.value,
        )
    return package


def append(
    *, actor: Actor, package_id: str, offset: int, piece: bytes, sha256: str = ""
) -> Package:
    """Add a piece that begins at `offset`; with the last one, the file has arrived.

    Raises WrongOffset with the true offset, PieceDamaged where `sha256` is not that of `piece`, and
    FileDamaged where the whole is not what was announced: then it starts from its beginning.
    """
    _check_piece(piece, sha256)
    with storage.working_on(package_id):
        with act():
            package = locked_for_contributor(package_id, actor, rule=may_send_package)
        if offset != package.received_bytes:
            raise WrongOffset(package.received_bytes)
        if offset + len(piece) > package.size:
            raise FileDamaged("More arrived than was announced.")
        _write(package_id, [piece], offset=offset)
        package = _count(package_id, offset + len(piece))
        return _arrive(package, actor) if package.received_bytes == package.size else package


def receive_at_once(*, actor: Actor, package_id: str, pieces: Iterable[bytes]) -> Package:
    """All of an announced file in one request, hashed while it is read."""
    with storage.working_on(package_id):
        with act():
            package = locked_for_contributor(package_id, actor, rule=may_send_package)
        digest = hashlib.sha256()
        size = _write(package_id, pieces, offset=0, most=package.size, see=digest.update)
        if size != package.size:
            raise FileDamaged
        package = _count(package_id, size)
        return _arrive(package, actor, sha256=digest.hexdigest())


def cancel_upload(*, actor: Actor, package_id: str) -> None:
    """Take it back before it has arrived: what came so far is deleted."""
    with act():
        package = locked_for_contributor(package_id, actor, rule=may_send_package)
        _abandon(package, actor, reference="cancelled")


def expire_upload(package_id: str) -> bool:
    """For the worker: an upload that rested for too long."""
    with act():
        package = locked(package_id)
        is_due = package.expires_at is not None and package.expires_at <= clock.now()
        if package.state != PackageState.RECEIVING or not is_due:
            return False
        _abandon(package, WORKER, reference="expired")
    return True


def settle_arrival(package_id: str) -> None:
    """For the worker: all bytes are here, but whoever was to say so was killed."""
    with storage.working_on(package_id):
        with act():
            package = locked(package_id)
        is_whole = package.received_bytes == package.size
        if package.state == PackageState.RECEIVING and is_whole:
            _arrive(package, WORKER)


def _check_offer(offer: Offer) -> None:
    if offer.shows_minor:
        raise MinorShown
    if offer.access not in LAWFUL_ACCESS:
        raise AccessNotLawful
    if offer.size < 1:
        raise FieldErrors(
            (FieldError("U-212", "size", "The file is empty.", "Choose the file again."),)
        )
    if offer.size > settings.CUSTODY_LIMITS.file:
        raise FileTooLarge
    if offer.sha256 and not _SHA256.fullmatch(offer.sha256):
        raise FieldErrors(
            (
                FieldError(
                    "U-215",
                    "sha256",
                    "This is not a SHA-256 in hexadecimal.",
                    "Send 64 digits in lower case, or nothing.",
                ),
            )
        )


def _check_room(organisation_id: str, size: int) -> None:
    if not (room_of(organisation_id).has(size) and room_of().has(size)):
        raise QuotaFull


def _media_type(said: str) -> str:
    kind = said.partition(";")[0].strip().lower()
    return kind if _MEDIA_TYPE.fullmatch(kind) else _UNKNOWN_TYPE


def _check_piece(piece: bytes, sha256: str) -> None:
    if not piece or len(piece) > PIECE_BYTES:
        raise PieceDamaged("A piece is empty or too large.")
    if sha256 and not hmac.compare_digest(hashlib.sha256(piece).hexdigest(), sha256):
        raise PieceDamaged


def _write(
    package_id: str,
    pieces: Iterable[bytes],
    *,
    offset: int,
    most: int | None = None,
    see: Callable[[bytes], None] | None = None,
) -> int:
    """Cut off what does not count, add the pieces, and wait for the disk. Returns the size."""
    path = storage.upload_path(package_id)
    is_new = not path.exists()
    with path.open("ab") as file:
        file.truncate(offset)
        for piece in pieces:
            if most is not None and file.tell() + len(piece) > most:
                raise FileDamaged("More arrived than was announced.")
            if see is not None:
                see(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    if is_new:
        storage.flush_folder(path.parent)
    return size


def _count(package_id: str, received: int) -> Package:
    """From here on those bytes are acknowledged."""
    with act():
        package = locked(package_id)
        if package.state != PackageState.RECEIVING:
            raise WrongState
        package.received_bytes = received
        package.expires_at = clock.now() + UPLOAD_KEPT
        package.save(update_fields=["received_bytes", "expires_at"])
    return package


def _arrive(package: Package, actor: Actor, *, sha256: str = "") -> Package:
    """Compare the whole, put it into quarantine, and only then say so.

    Killed in between, it is in quarantine while the row still waits: the next call finds it there.
    """
    upload, target = storage.upload_path(package.pk), storage.sent_path(package.pk)
    digest = sha256 or storage.digest_of(upload if upload.exists() else target)
    if package.sha256 and digest != package.sha256:
        _start_again(package)
        raise FileDamaged
    if upload.exists():
        storage.move(upload, target)
    with act():
        package = locked(package.pk)
        move(package, PackageVerb.ARRIVE)
        package.sha256, package.arrived_at, package.expires_at = digest, clock.now(), None
        package.save()
        record(
            actor=actor,
            act=Act.PACKAGE_QUARANTINED,
            objects=[package.pk, package.contribution_id],
            payload={"sha256": digest, "size": package.size},
        )
    return package


def _start_again(package: Package) -> None:
    _count(package.pk, 0)
    for path in storage.paths_of(package.pk):
        storage.remove(path)


def _abandon(package: Package, actor: Actor, *, reference: str) -> None:
    move(package, PackageVerb.ABANDON)
    package.expires_at = None
    package.save(update_fields=["state", "expires_at"])
    record(
        actor=actor,
        act=Act.PACKAGE_ABANDONED,
        objects=[package.pk, package.contribution_id],
        reference=reference,
    )
    erase_after_act(package.pk)
