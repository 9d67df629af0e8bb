"""Making a practice world: only in demo mode, only in a data folder that holds nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from crosslight.exercises.contributing import contribution_steps
from crosslight.exercises.coordinating import match_steps
from crosslight.exercises.folders import FolderInUse
from crosslight.exercises.founding import DIRECTOR, founding_steps
from crosslight.exercises.investigating import investigation_steps
from crosslight.exercises.preserving import file_steps
from crosslight.exercises.timeline import Calendar, Stage, Step, play
from crosslight.exercises.worlds import World, load_world
from crosslight.foundation import clock
from crosslight.foundation.errors import NotAllowed
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.ledger.services import record
from crosslight.partnerships.models import Partnership

_MODES = frozenset({"demo", "test"})


class NotInPractice(NotAllowed):
    code = "X-101"
    what = "A practice world exists in demo mode only."
    remedy = "Use: crosslight demo."


def require_practice() -> None:
    """Refuse everything of this package where real work is done."""
    if settings.ENVIRONMENT.mode not in _MODES:
        raise NotInPractice


def has_world() -> bool:
    """Whether a practice world was made here, to its end."""
    return bool(read_entries(act=Act.EXERCISE_MADE.value, limit=1))


def make_world(world: World | None = None) -> Stage:
    """Let the whole past of the world happen, in order, through the services of the doors.

    All of it in one transaction: half a world is of no use to anyone.
    """
    require_practice()
    data = world or load_world()
    with act():
        if Partnership.objects.exists():
            raise FolderInUse
        stage = Stage(world=data, calendar=Calendar(clock.now()))
        play(stage, _steps(stage))
        record(actor=DIRECTOR, act=Act.EXERCISE_MADE, reference=data.version)
    return stage


def _steps(stage: Stage) -> Iterator[Step]:
    world, calendar = stage.world, stage.calendar
    yield from founding_steps(stage)
    yield from contribution_steps(world, calendar)
    yield from file_steps(world, calendar)
    yield from investigation_steps(world, calendar)
    yield from match_steps(world, calendar)
