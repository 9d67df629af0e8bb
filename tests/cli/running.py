"""The command in a process of its own, without what the tests' own settings put there.

It is forked from one that has imported what all commands import (tests/cli/forking.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.forking import forking

COMMAND = Path(sys.executable).with_name("crosslight")
# Generous: the machine may be busy with other tests.
PATIENCE = 240


def variables(**more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CROSSLIGHT_", "DJANGO_"))
    }
    return kept | {"PYTHONUNBUFFERED": "1"} | more


def crosslight(
    *arguments: object, data: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    folder = {} if data is None else {"CROSSLIGHT_DATA": str(data)}
    return forking().run(
        [*map(str, arguments)], env=variables(**folder, **environment), patience=PATIENCE
    )


def is_one_clear_line(done: subprocess.CompletedProcess[str], *words: str) -> bool:
    """Status 1 or 2; the last line on stderr says it, after click's own usage at most."""
    *usage, last = done.stderr.splitlines()
    return (
        done.returncode in {1, 2}
        and all(word in last for word in words)
        and all(line.startswith(("Usage: ", "Try ")) or not line for line in usage)
        and "Traceback" not in done.stderr
        and done.stdout == ""
    )
