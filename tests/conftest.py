from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.append_only import _flush_the_ledger_too as _flush_the_ledger_too  # noqa: PLC0414
from tests.factories import World, build_world


@pytest.fixture(autouse=True)
def _language_of_no_other_test() -> Iterator[None]:
    """A request leaves its language behind in the thread, and a later test would read in it."""
    yield
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    """Norland, Suderland and Ostmark with their people; see tests/factories.py."""
    return build_world()
