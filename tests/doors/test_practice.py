"""The doors of the practice world, with the people of that world."""

from __future__ import annotations

from typing import Any, cast

import pytest
from django.test import Client

from tests.doors.practice import PRACTICE
from tests.doors.test_pages import through
from tests.doors.walking import entries_of
from tests.factories import World
from tests.web.exercise.conftest import demo_mode, people  # noqa: F401  fixtures


@pytest.mark.parametrize("key", PRACTICE)
def test_no_act_in_practice_goes_unlogged(key: str, people: Any, demo_mode: None) -> None:  # noqa: F811
    door, entries = PRACTICE[key], []
    with entries_of(entries):
        response = through(key, door.call(cast("World", None)), Client())
    assert response.status_code == (door.status or 200)
    assert {entry.act for entry in entries} == set(door.leaves)
