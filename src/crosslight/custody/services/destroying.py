"""The end of a package: its key and its bytes go; hashes, statements and the record stay."""

from __future__ import annotations

from contextlib import suppress

from crosslight.core.lifecycle.package import ENDED, HELD, PackageState, PackageVerb
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.custody import DestructionGround
from crosslight.custody import storage
from crosslight.custody.models import Package
from crosslight.custody.services.locking import locked, move
from crosslight.foundation import clock
from crosslight.foundation.sealing.keys import Purpose, destroy_secret
from crosslight.foundation.transactions import act, after_act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record


def destroy_packages(*, actor: Actor, contribution_id: str, ground: DestructionGround) -> int:
    """Destroy all that a contribution brought. Asks no policy: whoever calls it has.

    The files and the key go after the commit; a process that is killed in between leaves them to
    the sweep, and nothing can read them meanwhile.
    """
    with act():
        rows = Package.objects.select_for_update(of=("self",)).exclude(state__in=ENDED)
        packages = list(rows.filter(contribution_id=contribution_id))
        for package in packages:
            _end(package)
        for package in packages:
            record(
                actor=actor,
                act=_act_of(package),
                objects=[package.pk, contribution_id],
                reference=ground.value,
            )
            erase_after_act(package.pk)
    return len(packages)


def erase_remains(package_id: str) -> None:
    """Destroy the key and remove the files of a package that has ended. Safe to repeat."""
    destroy_secret(package_id, purpose=Purpose.PACKAGE)
    for path in storage.paths_of(package_id):
        storage.remove(path)
    with act():
        package = locked(package_id)
        if package.state in ENDED and package.remains_erased_at is None:
            package.remains_erased_at = clock.now()
            package.save(update_fields=["remains_erased_at"])


def erase_after_act(package_id: str) -> None:
    """At once, once it is committed; what then fails is left to the sweep."""

    def erase() -> None:
        with suppress(OSError):
            erase_remains(package_id)

    after_act(erase)


def _end(package: Package) -> None:
    """Annotations say what was in it, so they go as well."""
    is_held = PackageState(package.state) in HELD
    move(package, PackageVerb.DESTROY if is_held else PackageVerb.ABANDON)
    package.destroyed_at = clock.now()
    package.fault = ""
    package.save()
    package.annotations.all().delete()


def _act_of(package: Package) -> Act:
    is_destroyed = package.state == PackageState.DESTROYED
    return Act.PACKAGE_DESTROYED if is_destroyed else Act.PACKAGE_ABANDONED
