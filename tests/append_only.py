"""Lets the tests empty a database whose ledger refuses to be emptied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(autouse=True, scope="session")
def _flush_the_ledger_too() -> Iterator[None]:
    """Django empties every table after a test with real commits; the triggers would refuse."""
    flush = TransactionTestCase._fixture_teardown

    def flush_unguarded(test_case: TransactionTestCase) -> None:
        with triggers_off():
            flush(test_case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield


@contextmanager
def triggers_off() -> Iterator[None]:
    """What only the owner of the database can do: write without the append-only triggers."""
    without = _postgresql if connection.vendor == "postgresql" else _sqlite
    with without():
        yield


@contextmanager
def _sqlite() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)


@contextmanager
def _postgresql() -> Iterator[None]:
    tables = [name for name in connection.introspection.table_names() if "ledger_" in name]
    _switch_triggers(tables, "DISABLE")
    try:
        yield
    finally:
        _switch_triggers(tables, "ENABLE")


def _switch_triggers(tables: list[str], verb: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")
