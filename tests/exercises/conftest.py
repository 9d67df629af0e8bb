"""One practice world for each module: making it takes seconds, and its tests only read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from crosslight.exercises.making import make_world
from crosslight.exercises.timeline import Stage
from tests.remembered import remembered


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """A world that was made and is rolled back after the module's last test."""
    with django_db_blocker.unblock(), _rolled_back():
        yield remembered(make_world)


@contextmanager
def _rolled_back() -> Iterator[None]:
    atomic = transaction.atomic()
    # As Django's own test cases: acts that must commit by themselves may run inside.
    atomic._from_testcase = True  # type: ignore[attr-defined]
    with atomic:
        yield
        transaction.set_rollback(True)
