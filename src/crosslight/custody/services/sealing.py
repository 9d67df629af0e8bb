"""At rest: encrypted to an identity of its own, read back, and no plain copy left.

Destroying that one identity destroys the package, wherever copies of it lie.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO, cast

from pyrage import DecryptError, decrypt_io, encrypt_io, x25519

from crosslight.accounts.models import NoticeKind
from crosslight.core.lifecycle.package import PackageState, PackageVerb
from crosslight.core.vocabulary.people import Role
from crosslight.custody import storage
from crosslight.custody.errors import NotHere
from crosslight.custody.models import Package
from crosslight.custody.services.checking import package_path
from crosslight.custody.services.locking import WORKER, locked, move
from crosslight.foundation.sealing.keys import (
    KeyDestroyed,
    KeyMissing,
    Purpose,
    destroy_secret,
    keep_secret,
    read_secret,
)
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.services import notify_country

_READY = frozenset({PackageState.INSPECTED, PackageState.FAILED})


def seal(package_id: str) -> None:
    """For the worker. Safe to repeat; the plain copies go only after the sealed one was read."""
    with act():
        package = locked(package_id)
    if package.state not in _READY:
        return
    source = _source(package)
    identity = _identity(package_id)
    digest = _encrypt(source, storage.sealed_path(package_id), identity)
    with act():
        package = locked(package_id)
        is_wanted = package.state in _READY
        if is_wanted:
            _say_sealed(package, digest)
    if is_wanted:
        drop_plain(package_id)
    else:
        destroy_secret(package_id, purpose=Purpose.PACKAGE)
        storage.remove(storage.sealed_path(package_id))


def drop_plain(package_id: str) -> None:
    """Safe to repeat."""
    for path in (storage.sent_path(package_id), storage.plain_path(package_id)):
        storage.remove(path)


def opened(package: Package) -> IO[bytes]:
    """The plain bytes in a file without a name, at its beginning; the caller closes it."""
    file = storage.nameless_file()
    try:
        identity = x25519.Identity.from_str(_secret(package.pk))
        with storage.sealed_path(package.pk).open("rb") as sealed:
            decrypt_io(sealed, file, [identity])
    except (OSError, DecryptError, KeyMissing, KeyDestroyed) as error:
        file.close()
        raise NotHere from error
    file.seek(0)
    return file


def _source(package: Package) -> Path:
    """What does not hold is kept as it was sent, whatever came out of it."""
    is_faulty = package.state == PackageState.FAILED
    return storage.sent_path(package.pk) if is_faulty else package_path(package)


def _identity(package_id: str) -> x25519.Identity:
    """One for each package; a second try takes the first one's."""
    try:
        return x25519.Identity.from_str(_secret(package_id))
    except KeyMissing:
        identity = x25519.Identity.generate()
        keep_secret(package_id, str(identity).encode("ascii"), purpose=Purpose.PACKAGE)
        return identity


def _secret(package_id: str) -> str:
    return read_secret(package_id, purpose=Purpose.PACKAGE).decode("ascii")


def _encrypt(source: Path, target: Path, identity: x25519.Identity) -> str:
    """The digest of what was sealed, taken from the sealed copy."""
    with source.open("rb") as plain, storage.durable(target) as out:
        encrypt_io(plain, out, [identity.to_public()])
    read_back = _Digest()
    with target.open("rb") as sealed:
        decrypt_io(sealed, cast("IO[bytes]", read_back), [identity])
    if read_back.value != storage.digest_of(source):
        raise NotHere("The sealed copy is not what was sealed.")
    return read_back.value


class _Digest:
    """A file that only remembers what was written into it by its hash."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    @property
    def value(self) -> str:
        return self._digest.hexdigest()


def _say_sealed(package: Package, digest: str) -> None:
    move(package, PackageVerb.SEAL)
    package.sealed_sha256 = digest
    package.save()
    record(actor=WORKER, act=Act.PACKAGE_SEALED, objects=[package.pk])
    if package.handed_in_at is not None:
        tell_custodians(package)


def tell_custodians(package: Package) -> None:
    """A file waits for its release, or is kept although it does not hold."""
    notify_country(
        country=package.country_id,
        roles=[Role.INTAKE_VALIDATOR],
        kind=NoticeKind.PACKAGE_WAITING,
        object_id=package.pk,
        due_at=None,
    )
