from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.ledger.test_concurrency import REPOSITORY


def test_a_ledger_of_one_piece_becomes_the_first_shard_and_goes_on(tmp_path: Path) -> None:
    """No number, entry or checkpoint changes; the first act of the new year opens a shard."""
    # A database of a PostgreSQL server is handed in by whoever wants to try that, too.
    url = os.environ.get("CROSSLIGHT_UPGRADE_URL") or f"sqlite://{tmp_path}/old.sqlite3"
    done = subprocess.run(
        [sys.executable, "-m", "tests.ledger.upgrade"],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CROSSLIGHT_TEST_DATA": str(tmp_path),
            "CROSSLIGHT_DATABASE_URL": url,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["before"] == [None, 600, 2, 1]
    assert found["after"] == [None, 603, 2]
    assert (found["index"], found["receipt"]) == (602, 300)
    assert all(found["refused"])
