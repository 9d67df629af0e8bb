"""The look into a package that holds. What it finds is an annotation, never an edit."""

from __future__ import annotations

import structlog

from crosslight.core.lifecycle.package import PackageState, PackageVerb
from crosslight.custody.inspection import PackageInspection, inspect_package
from crosslight.custody.models import Annotation, Package
from crosslight.custody.services.checking import package_path
from crosslight.custody.services.locking import WORKER, locked, move
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

# So often it is tried; then the package is sealed with the note that nobody could look into it.
MOST_ATTEMPTS = 3
FAILED_OFTEN = "crash"

log = structlog.get_logger()


def look_into(package_id: str) -> None:
    """For the worker. A try is counted before it begins, so that a crash counts, too."""
    with act():
        package = locked(package_id)
        if package.state != PackageState.VERIFIED:
            return
        package.attempts += 1
        package.save(update_fields=["attempts"])
    found = _inspected(package)
    if found is None:
        return
    with act():
        package = locked(package_id)
        if package.state != PackageState.VERIFIED:
            return
        Annotation.objects.create(
            package=package, kind=Annotation.Kind.INSPECTION, body=found.as_json()
        )
        move(package, PackageVerb.INSPECT)
        package.save(update_fields=["state"])
        record(
            actor=WORKER,
            act=Act.PACKAGE_INSPECTED,
            objects=[package.pk],
            reference="complete" if found.is_complete else "incomplete",
        )


def _inspected(package: Package) -> PackageInspection | None:
    """None: it failed, and will be tried again."""
    if package.attempts > MOST_ATTEMPTS:
        return PackageInspection((), is_complete=False, stopped_by=FAILED_OFTEN)
    try:
        return inspect_package(package_path(package))
    except Exception as error:  # noqa: BLE001  whatever a hostile file does, sealing goes on
        log.error(  # noqa: TRY400  the type alone: a traceback may quote content
            "package.look_failed", object=package.pk, exception_type=type(error).__name__
        )
        return None
