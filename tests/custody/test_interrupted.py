"""The process ends at each single moment that matters: before every write that the disk confirms,
before every rename, and before every entry in the record. Whatever the moment, the next run ends
where an undisturbed one ends.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crosslight.core.lifecycle.package import PackageState
from crosslight.custody import services, storage, tasks
from crosslight.custody.models import Package
from crosslight.custody.services import checking, looking, sealing, uploading
from crosslight.foundation import clock
from crosslight.ledger.selectors import latest_entries
from tests.custody.factories import PHOTO, announced, arrived, home_of
from tests.factories import World

pytestmark = pytest.mark.django_db

RECORDERS = (uploading, checking, looking, sealing)
OF_WORK = ["package.collected", "package.inspected", "package.sealed"]


class Killed(BaseException):
    """No handler of the product takes it, as none takes SIGKILL."""


class Killer:
    """Ends the process at moment number `at`; None only counts the moments."""

    def __init__(self, at: int | None) -> None:
        self.at = at
        self.moments = 0

    def before(self, real: Callable) -> Callable:
        def deadly(*arguments: object, **named: object) -> object:
            self.moments += 1
            if self.moments - 1 == self.at:
                raise Killed
            return real(*arguments, **named)

        return deadly


@contextmanager
def killed_at(moment: int | None) -> Iterator[Killer]:
    killer = Killer(moment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", killer.before(os.fsync))
        patch.setattr(Path, "rename", killer.before(Path.rename))
        patch.setattr(Path, "unlink", killer.before(Path.unlink))
        for module in RECORDERS:
            patch.setattr(module, "record", killer.before(module.record))
        try:
            yield killer
        except Killed:
            assert moment is not None


def acts_on(package_id: str) -> list[str]:
    return [found.entry.act.value for found in latest_entries(object_id=package_id)][::-1]


def assert_at_rest(package_id: str) -> None:
    package = Package.objects.get(pk=package_id)
    assert package.state == PackageState.SEALED
    assert acts_on(package_id) == ["package.announced", "package.quarantined", *OF_WORK]
    assert [step.step for step in package.steps.all()] == ["receive", "intake"]
    assert package.annotations.count() == 2
    with sealing.opened(package) as file:
        assert PHOTO in file.read()
    assert [path for _, path in storage.named_files()] == [storage.sealed_path(package_id)]


def moments_of(do: Callable[[], object]) -> int:
    with killed_at(None) as killer:
        do()
    return killer.moments


def test_the_work_on_a_package_can_end_at_any_moment(world: World) -> None:
    contribution = home_of(world.amina)
    first = arrived(world.amina, contribution)
    moments = moments_of(lambda: tasks.work(clock.now()))
    assert_at_rest(first)
    assert moments > 10
    for moment in range(moments):
        storage.sealed_path(Package.objects.latest("created_at").pk).unlink()
        package_id = arrived(world.amina, contribution)
        with killed_at(moment):
            tasks.work(clock.now())
        assert tasks.work(clock.now()).failed == 0
        assert_at_rest(package_id)


def test_the_arrival_of_a_file_can_end_at_any_moment(world: World) -> None:
    contribution = home_of(world.amina)

    def send(package_id: str) -> None:
        services.append(actor=world.amina, package_id=package_id, offset=0, piece=PHOTO)

    first = announced(world.amina, contribution)
    moments = moments_of(lambda: send(first))
    assert moments > 4
    for moment in range(moments):
        package_id = announced(world.amina, contribution)
        with killed_at(moment):
            send(package_id)
        package = Package.objects.get(pk=package_id)
        was_counted = package.received_bytes == package.size
        tasks.work(clock.now())
        package.refresh_from_db()
        assert (package.state == PackageState.SEALED) is was_counted, "no half arrival"
        if not was_counted:
            send(package_id)
            tasks.work(clock.now())
        assert acts_on(package_id) == ["package.announced", "package.quarantined", *OF_WORK]
