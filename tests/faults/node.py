"""A real deployment in a folder of its own: made by the console's commands, served, killed."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.cli.forking import forking

CROSSLIGHT = str(Path(sys.executable).with_name("crosslight"))
UNTIL = "2099-12-31"
PATIENCE = 120
_FOUNDED: list[tuple[Path, Keys]] = []


def kills(usual: int) -> int:
    """How often to kill: CROSSLIGHT_TEST_KILLS=10 is ten times as often as the suite does."""
    return usual * int(os.environ.get("CROSSLIGHT_TEST_KILLS", "1"))


@dataclass
class Node:
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
        }
        return {**kept, "CROSSLIGHT_DATA": str(self.folder), "CROSSLIGHT_ENV": "production"}

    def run(self, *arguments: str) -> dict[str, str]:
        done = self.attempt(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def attempt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return forking().run(arguments, env=self.environment, patience=PATIENCE)

    def python(self, code: str) -> str:
        """Run code inside the deployment, as an operator's shell would."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "crosslight.config.settings"}
        started = f"import django; django.setup()\n{code}"
        done = forking().run([], env=environment, patience=PATIENCE, code=started)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        self.process = subprocess.Popen(
            [CROSSLIGHT, "serve", "--port", str(self.port)],
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                if self.call("GET", "/api/health", key="")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not come up")

    def kill(self) -> None:
        """SIGKILL to the server and its worker: no handler runs, nothing is flushed."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def call(
        self, method: str, path: str, *, key: str, body: object = None, repeat_key: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Status and answer; OSError where no answer came, so that nothing was acknowledged."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
                "Idempotency-Key": repeat_key,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310  loopback only
                return response.status, json.loads(response.read() or b"{}")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Keys:
    """Bearer keys of a contributor's machine and of a unit's, and the unit's investigation."""

    contributor: str
    unit: str
    investigation: str


def found(node: Node) -> Keys:
    """A deployment with one shelter, one unit, and an investigation approved by its head.

    In files it is the copy of one that was made for all tests of this process.
    """
    if "CROSSLIGHT_DATABASE_URL" in os.environ:
        return _found(node)
    if not _FOUNDED:
        first = Node(Path(tempfile.mkdtemp(prefix="crosslight-node-")) / "data", port=0)
        atexit.register(shutil.rmtree, first.folder.parent, ignore_errors=True)
        _FOUNDED.append((first.folder, _found(first)))
    ((folder, keys),) = _FOUNDED
    shutil.copytree(folder, node.folder)
    return keys


def _found(node: Node) -> Keys:
    assert node.attempt("init").returncode == 0
    node.run("country", "add", "XN", "Norland")
    shelter = node.run(
        "contributor",
        "accredit",
        "Harbour Shelter",
        "--kind",
        "shelter",
        "--country",
        "XN",
        "--until",
        UNTIL,
    )["id"]
    unit = node.run(
        "unit", "add", "Unit A", "--country", "XN", "--duty", "Duty", "--phone", "+44 7700 900100"
    )
    contributor = _machine(node, "intake", "reporter", shelter, "contributions")
    officer = _machine(
        node, "cases", "unit_officer", unit["organisation"], "entities", unit=unit["id"]
    )
    _mandate(node, "cases", "unit_head", unit["organisation"], unit=unit["id"])
    return Keys(contributor, officer, _investigation(node))


def _machine(
    node: Node, name: str, role: str, organisation: str, scope: str, *, unit: str = ""
) -> str:
    node.run("person", "add", f"{name}@example.org", name, "--machine")
    _mandate(node, name, role, organisation, unit=unit)
    made = node.run("key", "create", f"{name}@example.org", "--label", name, "--scope", scope)
    return made["secret"]


def _mandate(node: Node, name: str, role: str, organisation: str, *, unit: str) -> None:
    node.run(
        "mandate",
        "grant",
        f"{name}@example.org",
        role,
        "--organisation",
        organisation,
        *(["--unit", unit] if unit else []),
        "--basis",
        "Protocol 1",
        "--until",
        UNTIL,
    )


def _investigation(node: Node) -> str:
    return node.python(
        """
from datetime import timedelta
from crosslight.accounts.selectors import user_by_email
from crosslight.coordination.services.entry import approve_investigation
from crosslight.core.vocabulary.coordination import CrimeArea
from crosslight.foundation.clock import today
from crosslight.investigations.services import InvestigationDraft, start_investigation
from crosslight.partnerships.selectors import actor_of
actor = actor_of(user_by_email("cases@example.org"), has_mfa=True)
draft = InvestigationDraft("Harbour", "Exploitation on vessels", CrimeArea.LABOUR_EXPLOITATION)
made = start_investigation(actor=actor, draft=draft)
review = today() + timedelta(days=90)
print(approve_investigation(actor=actor, investigation_id=made.pk, review_on=review).pk)
"""
    ).strip()
