"""The worker: brings every package that arrived to rest, and clears what killed processes left.

Each step is safe to repeat and commits what it found at once, so it does not matter when the worker
is killed: the next run goes on from there. Two runs at a time do not disturb each other.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog

from crosslight.core.lifecycle.package import ENDED, HELD, IN_WORK
from crosslight.custody import storage
from crosslight.custody.errors import UploadBusy
from crosslight.custody.models import Package
from crosslight.custody.selectors import (
    ids_arrived_unsaid,
    ids_expired,
    ids_in_work,
    ids_with_remains,
)
from crosslight.custody.services.checking import check_package
from crosslight.custody.services.destroying import erase_remains
from crosslight.custody.services.looking import look_into
from crosslight.custody.services.sealing import drop_plain, seal
from crosslight.custody.services.uploading import expire_upload, settle_arrival

# A draft that no writer touched for so long is a killed writer's.
_DRAFT_SECONDS = 24 * 3600
_AT_REST = HELD - IN_WORK

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Worked:
    """How many packages each kind of work was done on."""

    brought_to_rest: int
    expired: int
    cleared: int
    failed: int


def work(now: datetime) -> Worked:
    """One run over all that waits. What fails is left for the next run, with a line in the log."""
    failures: Counter[str] = Counter()
    _each(ids_arrived_unsaid(), settle_arrival, failures)
    rested = _each(ids_in_work(), bring_to_rest, failures)
    expired = _each(ids_expired(now), expire_upload, failures)
    cleared = _each(ids_with_remains(), erase_remains, failures) + _clear()
    return Worked(rested, expired, cleared, failures.total())


def bring_to_rest(package_id: str) -> None:
    """Check, look into, seal: from wherever it stands."""
    with storage.working_on(package_id):
        for step in (check_package, look_into, seal):
            step(package_id)


def _each(package_ids: Iterable[str], do: Callable[[str], object], failures: Counter[str]) -> int:
    done = 0
    for package_id in package_ids:
        try:
            do(package_id)
        except UploadBusy:
            continue
        except Exception as error:  # noqa: BLE001  one package must not stop the others
            failures[package_id] += 1
            log.error(  # noqa: TRY400  the type alone: a traceback may quote content
                "package.work_failed", object=package_id, exception_type=type(error).__name__
            )
        else:
            done += 1
    return done


def _clear() -> int:
    """Files that no row counts any more: plain copies of what is sealed, remains, dead drafts."""
    states = dict(Package.objects.values_list("pk", "state"))
    removed = 0
    for package_id, path in storage.named_files():
        state = states.get(package_id)
        if state in ENDED:
            erase_remains(package_id)
            removed += 1
        elif state in _AT_REST and path.parent.name == "quarantine":
            drop_plain(package_id)
            removed += 1
    for path in storage.drafts():
        if time.time() - path.stat().st_mtime > _DRAFT_SECONDS:
            storage.remove(path)
            removed += 1
    return removed
