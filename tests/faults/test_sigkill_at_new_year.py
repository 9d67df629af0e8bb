"""SIGKILL at any moment of a roll-over and of an exchange of keys.

What was acknowledged is there; a year is opened whole or not at all; the ledger verifies and goes
on with the key that signed last.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import LazySettings

from crosslight.ledger.models import LedgerHead
from crosslight.ledger.selectors import read_entries, shards
from crosslight.ledger.services import verify_database
from tests.faults.node import kills
from tests.ledger.test_concurrency import REPOSITORY, url_of_test_database

KILLS = kills(4)
FIRST = 2030


def killed_after(seconds: float, *, year: int, data: Path) -> list[str]:
    """What a process acknowledged that was killed so long after its first act."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.years", str(year)],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CROSSLIGHT_TEST_DATA": str(data),
            "CROSSLIGHT_DATABASE_URL": url_of_test_database(),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    rest, errors = process.communicate(timeout=60)
    assert errors == ""
    return [first, *rest.splitlines(keepends=True)]


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_sigkill_leaves_every_year_whole_or_unopened(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    chance = random.Random(12)
    acknowledged: list[str] = []
    year = FIRST
    for _ in range(KILLS):
        acknowledged += killed_after(chance.uniform(0, 0.12), year=year, data=tmp_path)
        newest = LedgerHead.objects.order_by("-year").first()
        assert newest is not None
        year = newest.year + 1
        result = verify_database()
        assert result.first_fault is None
        assert result.shards == len(shards())
    acted = {int(line.split()[1]) for line in acknowledged if line.startswith("acted")}
    rotated = {int(line.split()[1]) for line in acknowledged if line.startswith("rotated")}
    years = [shard.year for shard in shards()]
    assert acted <= set(years)
    assert years == list(range(FIRST, FIRST + len(years)))
    acts = [(found.entry.act.value, found.entry.at[:4]) for found in read_entries(limit=10_000)]
    assert {int(at) for act, at in acts if act == "contribution.submitted"} == set(years)
    assert rotated <= {int(at) for act, at in acts if act == "key.rotated"}
    assert len(acted) > KILLS
