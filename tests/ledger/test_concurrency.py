from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.db import connection

from crosslight.foundation import clock
from crosslight.ledger.models import LedgerEntry, LedgerPayload
from crosslight.ledger.selectors import entries_count, read_entries, shards
from crosslight.ledger.services import verify_database
from tests.ledger.acts import record_many

WRITERS = 4
ACTS = 60
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(settings: LazySettings, tmp_path: Path) -> Path:
    """A data folder without a key yet, so that the writers race for that too."""
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_four_processes_neither_fork_nor_lose_an_entry(data: Path):
    writers = [start_writer(data) for _ in range(WRITERS)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    early = [int(writers[0].stdout.readline()) for _ in range(ACTS // 2)]
    while_written = verify_database()
    indexes = early + [index for writer in writers for index in indexes_of(writer)]

    assert while_written.holds
    assert while_written.entries > len(early)
    assert sorted(indexes) == list(range(1, WRITERS * ACTS + 1))
    assert entries_count() == LedgerEntry.objects.count() == WRITERS * ACTS + 1
    assert verify_database().entries == WRITERS * ACTS + 1
    acts = [found.entry.act for found in read_entries(limit=1000)]
    assert {act: acts.count(act) for act in set(acts)} == {
        "log.opened": 1,
        "contribution.submitted": WRITERS * ACTS * 2 // 3,
        "act.refused": WRITERS * ACTS // 3,
    }
    assert LedgerPayload.objects.count() == WRITERS * ACTS * 2 // 3


@pytest.mark.django_db(transaction=True)
def test_four_processes_turn_the_year_once(data: Path):
    """Each comes first in its own eyes; one closes the old shard and opens the new."""
    with clock.at(clock.now() - timedelta(days=366)):
        record_many(20)
    writers = [start_writer(data, acts=12) for _ in range(WRITERS)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    indexes = [index for writer in writers for index in indexes_of(writer)]

    assert sorted(indexes) == list(range(23, 23 + WRITERS * 12))
    assert [shard.size for shard in shards()] == [22, 1 + WRITERS * 12]
    acts = [found.entry.act for found in read_entries(limit=1000)]
    assert (acts.count("log.opened"), acts.count("log.closed")) == (2, 1)
    result = verify_database()
    assert (result.first_fault, result.shards) == (None, 2)


def start_writer(data: Path, *, acts: int = ACTS) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "CROSSLIGHT_TEST_DATA": str(data),
        "CROSSLIGHT_DATABASE_URL": url_of_test_database(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.writer", str(acts)],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def url_of_test_database() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(values['NAME']))}"
    user, password = quote(values["USER"]), quote(values["PASSWORD"])
    return f"postgresql://{user}:{password}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def indexes_of(writer: subprocess.Popen[str]) -> list[int]:
    """Not by communicate(): it passes over what an earlier readline() has read ahead."""
    with writer:
        output, errors = writer.stdout.read(), writer.stderr.read()
    assert (writer.returncode, errors) == (0, "")
    return [int(line) for line in output.split()]
