"""A process that has imported what every command imports, and forks one process for each command.

Most tests of the console wait for imports, three quarters of a second for each command. What is
imported here reads no setting and no variable; settings, apps and models are the forked process's
own. Tests of starting, serving and interrupting run the real command (tests/cli/test_commands.py).
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connections

from crosslight.cli.main import main

_REPOSITORY = Path(__file__).resolve().parents[2]
_BEFOREHAND = (
    "asyncio",
    "cryptography.x509",
    "django.contrib.auth.hashers",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.db.models",
    "django.forms",
    "django.http",
    "django.template",
    "django.test",
    "django.urls",
    "numpy",
    "pydantic",
    "structlog",
    "yaml",
    "crosslight.core.entities.values",
    "crosslight.core.evidence.export",
    "crosslight.core.evidence.packages",
    "crosslight.core.evidence.rotation",
    "crosslight.core.evidence.timestamps",
    "crosslight.core.policy",
)


@cache
def forking() -> Forking:
    """The one of this process, started with its first command and ended with it."""
    return Forking()


class Forking:
    def __init__(self) -> None:
        self._here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.cli.forking", str(there.fileno())],
                cwd=_REPOSITORY,
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def run(
        self, arguments: Sequence[str], *, env: Mapping[str, str], patience: float, code: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """As subprocess.run does it, of `crosslight` or of Python's `code`, in this folder."""
        request = {"arguments": arguments, "code": code, "env": dict(env), "cwd": str(Path.cwd())}
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
            asked = json.dumps(request)
            fds = [said.fileno(), complained.fileno()]
            size = len(asked.encode()).to_bytes(4, "big")
            socket.send_fds(self._here, [size], fds)
            self._here.sendall(asked.encode())
            self._here.settimeout(patience)
            status = int.from_bytes(self._here.recv(4), "big", signed=True)
            said.seek(0)
            complained.seek(0)
            return subprocess.CompletedProcess(
                arguments, status, said.read().decode(), complained.read().decode()
            )


def _serve(asking: socket.socket) -> None:
    while True:
        size, fds, *_ = socket.recv_fds(asking, 4, 2)
        if not size:
            return
        asked = json.loads(_read(asking, int.from_bytes(size, "big")))
        child = os.fork()
        if child == 0:
            asking.close()
            _become(asked, *fds)
        for fd in fds:
            os.close(fd)
        _, status = os.waitpid(child, 0)
        asking.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _read(asking: socket.socket, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        parts += asking.recv(size - len(parts))
    return parts


def _become(asked: dict[str, object], said: int, complained: int) -> None:
    """The command, from here to its end: as a new interpreter would run it."""
    os.dup2(said, 1)
    os.dup2(complained, 2)
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    command = str(Path(sys.executable).with_name("crosslight"))
    sys.argv = [command, *asked["arguments"]]  # type: ignore[misc]
    # click names the command after how it was started.
    sys.modules["__main__"].__package__ = None
    status = 0
    try:
        if asked["code"]:
            exec(str(asked["code"]), {"__name__": "__main__"})  # noqa: S102  the test's own
        else:
            main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001  what the interpreter would do with it
        sys.excepthook(*sys.exc_info())
        status = 1
    finally:
        # What an interpreter does at its end, when the objects that hold files go away.
        atexit._run_exitfuncs()
        if settings.configured:
            connections.close_all()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(status)


if __name__ == "__main__":
    for _module in _BEFOREHAND:
        importlib.import_module(_module)
    _serve(socket.socket(fileno=int(sys.argv[1])))
