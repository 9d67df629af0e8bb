"""A deployment's blind index filled with synthetic persons, and asked as the saving of one asks it.

Only the tables of the index are filled, with foreign keys unchecked: the check reads no other.
Each function runs in a process of its own, so that its memory and settings are its own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import django
import numpy as np
from numpy.typing import NDArray

from benchmarks.engine import KEY_KINDS, Row, columns, keys, pack, prepared

_CHUNK = 10_000
_WRITTEN_AT_ONCE = 200_000
_COUNTED = tuple(KEY_KINDS.index(kind) for kind in ("word", "value"))
_UNIT = "uni_benchmark"
Key = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database is: a PostgreSQL URL, or else SQLite in `folder`."""

    folder: str
    url: str | None = None

    def open(self) -> None:
        os.environ |= {
            "CROSSLIGHT_DATA": self.folder,
            "CROSSLIGHT_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "crosslight.config.settings",
        }
        os.environ.pop("CROSSLIGHT_DATABASE_URL", None)
        if self.url:
            os.environ["CROSSLIGHT_DATABASE_URL"] = self.url
        django.setup()


@dataclass(frozen=True, slots=True)
class Asked:
    """Of each query the milliseconds it took and the ids of its candidates, the heaviest first."""

    milliseconds: list[float]
    found: list[list[str]]
    database_bytes: int


def fill(place: Place, rows: Sequence[Row], *, processes: int = 2) -> int:
    """Makes the database and its index; how many keys it holds."""
    place.open()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    chunks = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
    starts = range(1, len(rows) + 1, _CHUNK)
    with ProcessPoolExecutor(processes) as pool:
        parts = list(pool.map(_indexed, chunks, starts))
    everything = tuple(np.concatenate([part[0][slot] for part in parts]) for slot in range(3))
    texts = chain.from_iterable(part[1] for part in parts)
    _write(everything, zip((row["id"] for row in rows), texts, strict=True))
    return len(everything[0])


def _indexed(rows: Sequence[Row], start: int) -> tuple[Key, list[str]]:
    records = [prepared(row) for row in rows]
    found = keys(columns(records))
    key = (found.keys, found.rows.astype(np.int64) + start, found.kinds.astype(np.int64))
    return key, [pack(record) for record in records]


def _write(everything: Key, profiles: Iterable[tuple[str | None, str]]) -> None:
    from django.db import connection

    from crosslight.coordination.models import KeyPopulation
    from crosslight.coordination.services import index

    lines = ((place, entity, _UNIT, text) for place, (entity, text) in enumerate(profiles, start=1))
    numbers, holders, kinds = everything
    order = np.lexsort((holders, numbers))
    total = int(holders.max())
    counted, held = np.unique(numbers[np.isin(kinds, _COUNTED)], return_counts=True)
    with connection.cursor() as cursor:
        _forget_foreign_keys(cursor)
        _put(cursor, "coordination_matchprofile (id, entity_id, unit_id, packed)", lines)
        _put(cursor, "coordination_matchkey (key, profile_id, kind)", _lines(everything, order))
        _put(cursor, "coordination_valuecount (key, holders)", zip(*_lists(counted, held)))  # noqa: B905
        cursor.execute("ANALYZE")
    KeyPopulation.objects.update_or_create(
        pk=1, defaults={"size": total, "release": index.release()}
    )


def _forget_foreign_keys(cursor) -> None:
    is_sqlite = cursor.db.vendor == "sqlite"
    cursor.execute(
        "PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica"
    )


def _lines(everything: Key, order: NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """In the order of the key, so that the index on it grows at its end."""
    for start in range(0, len(order), _WRITTEN_AT_ONCE):
        part = order[start : start + _WRITTEN_AT_ONCE]
        yield from zip(*_lists(*(column[part] for column in everything)), strict=True)


def _lists(*columns: NDArray[np.int64]) -> list[list[int]]:
    return [column.tolist() for column in columns]


def _put(cursor, table: str, lines: Iterable[Sequence[object]]) -> None:
    """Many rows by the database's own quickest way."""
    if cursor.db.vendor == "sqlite":
        places = ", ".join("?" * (table.count(",") + 1))
        # Django's own executemany would keep all lines in memory.
        raw = cursor.db.connection
        raw.execute("BEGIN")
        raw.executemany(f"INSERT INTO {table} VALUES ({places})", lines)  # noqa: S608
        raw.execute("COMMIT")
        return
    with cursor.connection.cursor() as raw, raw.copy(f"COPY {table} FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def ask(place: Place, queries: Sequence[Row], *, limit: int = 10) -> Asked:
    """Each record prepared, its candidates fetched and weighed, in one transaction each."""
    place.open()
    from django.db import transaction

    from crosslight.coordination.services.candidates import ranked
    from crosslight.foundation.process import settle

    milliseconds, found = [], []
    for number, row in enumerate([*queries[:5], *queries]):
        if number == 5:
            # As a process that serves does once it is ready.
            settle()
        started = time.perf_counter()
        with transaction.atomic():
            lines = ranked(prepared(row), limit=limit)
        milliseconds.append((time.perf_counter() - started) * 1e3)
        found.append([entity for entity, *_ in lines])
    return Asked(milliseconds[5:], found[5:], _size())


def _size() -> int:
    """Bytes of the database, its indexes among them."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return Path(str(connection.settings_dict["NAME"])).stat().st_size
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
