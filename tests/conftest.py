from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.append_only import _flush_the_ledger_too as _flush_the_ledger_too  # noqa: PLC0414
from tests.factories import World, build_world

# A busy machine is no fault of the code: no test asserts a time, nor does Hypothesis.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

DATABASES = ["default", "keys"]
# A test that may use the database may use the key store: what is sealed needs its key.
TransactionTestCase.databases = set(DATABASES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """So that both are made: by itself, a test that names no database gets the default one."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        if marker is None and not {"db", "transactional_db"} & set(fixtures):
            continue
        kept = {} if marker is None else marker.kwargs
        item.add_marker(pytest.mark.django_db(**{"databases": DATABASES, **kept}), append=False)


@pytest.fixture(autouse=True)
def _language_of_no_other_test() -> Iterator[None]:
    """A request leaves its language behind in the thread, and a later test would read in it."""
    yield
    translation.deactivate()


@pytest.fixture
def world(db: None) -> World:
    """Norland, Suderland and Ostmark with their people; see tests/factories.py."""
    return build_world()
