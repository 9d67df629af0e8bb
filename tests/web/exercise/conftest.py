from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.people import Role
from crosslight.exercises.founding import founding_steps
from crosslight.exercises.timeline import Calendar, Stage, play
from crosslight.exercises.worlds import load_world
from crosslight.foundation import clock
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

# Imported before demo mode is pretended: the product's own table is that of the real mode.
from tests.web.exercise import urls


@pytest.fixture
def people(db: None) -> Stage:
    """The people of the practice world without its past, marked as made."""
    stage = Stage(world=load_world(), calendar=Calendar(clock.now()))
    play(stage, founding_steps(stage))
    with clock.at(clock.now() - timedelta(minutes=1)), act():
        record(
            actor=system_actor("exercise", Role.ADMINISTRATOR),
            act=Act.EXERCISE_MADE,
            reference=stage.world.version,
        )
    return stage


@pytest.fixture
def demo_mode() -> Iterator[None]:
    with override_settings(IS_DEMO=True, ROOT_URLCONF=urls.__name__):
        yield


@pytest.fixture
def visitor(demo_mode: None) -> Client:
    return Client()
