"""A contribution is sent: from here on its files are the desk's, too."""

from __future__ import annotations

from crosslight.core.lifecycle.package import ENDED, PackageState
from crosslight.core.policy import Actor
from crosslight.custody.models import Package
from crosslight.custody.services.sealing import tell_custodians
from crosslight.foundation import clock
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

_AT_REST = frozenset({PackageState.SEALED, PackageState.SEALED_FAILED})


def hand_in_packages(*, actor: Actor, contribution_id: str) -> int:
    """Asks no policy: whoever calls it has. Uploads that still run are handed in as well."""
    with act():
        rows = Package.objects.select_for_update(of=("self",)).exclude(state__in=ENDED)
        packages = list(rows.filter(contribution_id=contribution_id, handed_in_at=None))
        moment = clock.now()
        for package in packages:
            package.handed_in_at = moment
            package.save(update_fields=["handed_in_at"])
            if package.state in _AT_REST:
                tell_custodians(package)
        if packages:
            record(
                actor=actor,
                act=Act.PACKAGE_HANDED_IN,
                objects=[*(package.pk for package in packages), contribution_id],
            )
    return len(packages)


def set_packages_aside(*, contribution_id: str, is_set_aside: bool) -> None:
    """Close to the desk all that a contribution brought, or open it again, where each stands.

    For the data-protection officer's act on the contribution, which is what goes on record.
    """
    moment = clock.now() if is_set_aside else None
    Package.objects.filter(contribution_id=contribution_id).update(set_aside_at=moment)
