"""A world that was made once, laid down again from its rows: most tests begin in the same one.

Made by the services it costs a test a quarter of a second; from its rows, a fiftieth of that.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from crosslight.foundation import clock

Made = TypeVar("Made")
Rows = dict[str, object]


@dataclass(frozen=True)
class _Remembered(Generic[Made]):
    made: Made
    rows: dict[str, Rows]


_worlds: dict[tuple[object, ...], _Remembered[object]] = {}


def remembered(make: Callable[[], Made]) -> Made:
    """What `make` returns and writes; made anew where rows are there, or where time stands."""
    if clock.is_fixed() or any(_filled(connections[alias]) for alias in connections):
        return make()
    # What goes into the rows: who signs the ledger, under which name, and for which database.
    place = (
        make,
        str(settings.LEDGER_KEY_FILE),
        settings.LEDGER_ORIGIN,
        *(connections[alias].settings_dict["NAME"] for alias in connections),
    )
    known = _worlds.get(place)
    if known is None:
        made = make()
        _worlds[place] = _Remembered(deepcopy(made), rows_of_all())
        return made
    for alias, rows in known.rows.items():
        _lay(connections[alias], rows)
    return cast("Made", deepcopy(known.made))


def rows_of_all() -> dict[str, Rows]:
    """By database and table, in the form in which they can be written again."""
    return {alias: _rows(connections[alias]) for alias in connections}


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Those that tests fill: what migrations write (kinds of content, permissions) stays."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    return sorted(set(connection.introspection.table_names()) - kept)


def _filled(connection: BaseDatabaseWrapper) -> bool:
    asked = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}")'  # noqa: S608  our own tables
        for table in _tables(connection)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return bool(cursor.fetchone()[0])


def _rows(connection: BaseDatabaseWrapper) -> Rows:
    read = _copied_out if connection.vendor == "postgresql" else _as_literals
    found = {table: read(connection, table) for table in _tables(connection)}
    return {table: rows for table, rows in found.items() if rows}


def _as_literals(connection: BaseDatabaseWrapper, table: str) -> str:
    """The statement that writes the rows as SQLite itself would write them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT name FROM pragma_table_info("{table}")')  # noqa: S608
        names = [f'"{name}"' for (name,) in cursor.fetchall()]
        quoted = ", ".join(f"quote({name})" for name in names)
        cursor.execute(f'SELECT {quoted} FROM "{table}"')  # noqa: S608
        rows = [f"({', '.join(row)})" for row in cursor.fetchall()]
    columns = ", ".join(names)
    return f'INSERT INTO "{table}" ({columns}) VALUES {", ".join(rows)}' if rows else ""  # noqa: S608


def _copied_out(connection: BaseDatabaseWrapper, table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _lay(connection: BaseDatabaseWrapper, rows: Rows) -> None:
    # In a transaction, so that a table may come before the one that it refers to.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table, content in rows.items():
            if isinstance(content, str):
                cursor.execute(content)
            else:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(content)
        models = [model for model in apps.get_models() if model._meta.db_table in rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
