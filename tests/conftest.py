from __future__ import annotations

import pytest

from tests.append_only import _flush_the_ledger_too as _flush_the_ledger_too  # noqa: PLC0414
from tests.factories import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """Norland, Suderland and Ostmark with their people; see tests/factories.py."""
    return build_world()
