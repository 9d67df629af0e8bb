"""`crosslight demo` in a process of its own, for tests that talk to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

COMMAND = Path(sys.executable).with_name("crosslight")
# Generous: the machine may be busy with other tests.
PATIENCE = 120


def variables(**more: str) -> dict[str, str]:
    """The environment without anything that the tests' own settings put there."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CROSSLIGHT_", "DJANGO_"))
    }
    return kept | {"PYTHONUNBUFFERED": "1"} | more


@contextmanager
def served(*arguments: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The server, once it has said where it is and answers there."""
    server = subprocess.Popen(
        [COMMAND, "demo", *arguments],
        env=variables(**environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _said_until(server, "Ctrl+C stops."), server
    finally:
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()


def _said_until(server: subprocess.Popen[str], end: str) -> str:
    said = ""
    assert server.stdout is not None
    for line in server.stdout:
        said += line
        if end in line:
            break
    address = re.search(r"http://[\d.:]+/demo", said)
    assert address is not None, said
    for _ in range(PATIENCE):
        if _answers(address[0]):
            return said
        assert server.poll() is None, f"the server ended by itself: {server.stdout.read()}"
        time.sleep(0.5)
    raise AssertionError(f"nothing answers at {address[0]}")


def _answers(address: str) -> bool:
    """Whether a server is there; what it answers is the test's business."""
    try:
        open_page(address).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True


def open_page(address: str) -> HTTPResponse:
    assert address.startswith("http://127.0.0.1:")
    return urlopen(address, timeout=30)  # noqa: S310  checked above
