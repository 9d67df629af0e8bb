"""SIGKILL while files come in, and while they are checked, looked into and sealed.

What was acknowledged of an upload is there afterwards; every file comes to rest as it was sent,
with one entry for each step, a chain that holds and no plain copy left. That each single moment is
survived is held by tests/custody/test_interrupted.py; this is the same with real kills.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.node import CROSSLIGHT, Node, found, free_port, kills

KILLS_OF_UPLOADS = kills(3)
KILLS_OF_WORK = kills(4)
PIECE = 64 * 1024
FILES = 4
CENSUS = """
import hashlib, io, json
from pathlib import Path
from django.conf import settings
from crosslight.core.evidence.packages.archive import open_archive
from crosslight.core.evidence.packages.verification import verify_package
from crosslight.custody.models import Package
from crosslight.custody.services import sealing
from crosslight.ledger.models import LedgerObject, LedgerEntry
rows = {}
for package in Package.objects.all():
    with sealing.opened(package) as file:
        holds = verify_package(file).holds
        archive = open_archive(file)
        name = next(each for each in archive.names() if each.startswith("data/"))
        digest = hashlib.sha256(b"".join(archive.chunks(name))).hexdigest()
    named = LedgerObject.objects.filter(object_id=package.pk).values("entry_index")
    acts = LedgerEntry.objects.filter(index__in=named).order_by("index")
    rows[package.pk] = {
        "state": package.state,
        "holds": holds,
        "content": digest,
        "acts": list(acts.values_list("act", flat=True)),
        "steps": list(package.steps.values_list("step", flat=True)),
        "annotations": package.annotations.count(),
    }
left = [path.name for path in (Path(settings.CUSTODY_FOLDER) / "quarantine").iterdir()]
left += [path.name for path in (Path(settings.CUSTODY_FOLDER) / "uploads").iterdir()]
print(json.dumps({"rows": rows, "left": left}))
"""


@dataclass
class Upload:
    """One file on its way: sends piece after piece, and remembers what was acknowledged."""

    node: Node
    key: str
    url: str
    data: bytes
    acknowledged: int = 0
    cuts: int = field(default=0)

    @property
    def is_done(self) -> bool:
        return self.acknowledged == len(self.data)

    def send_until_it_dies(self) -> None:
        while not self.is_done:
            try:
                self.acknowledged = self._stands()
                self._send()
            except OSError:
                self.cuts += 1
                return

    def _stands(self) -> int:
        offset = int(self._call("HEAD")["Upload-Offset"])
        assert offset >= self.acknowledged, "what was acknowledged is still there"
        return offset

    def _send(self) -> None:
        piece = self.data[self.acknowledged : self.acknowledged + PIECE]
        if not piece:
            return
        digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            "Upload-Offset": str(self.acknowledged),
            "Upload-Checksum": f"sha256 {digest}",
            "Content-Type": "application/offset+octet-stream",
        }
        self.acknowledged = int(self._call("PATCH", piece, **headers)["Upload-Offset"])

    def _call(self, method: str, data: bytes | None = None, **headers: str):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.node.port}{self.url}",
            method=method,
            data=data,
            headers={"Authorization": f"Bearer {self.key}", **headers},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  loopback only
            return answer.headers


def announced(node: Node, key: str, number: int) -> Upload:
    body = {"kind": "osint_preservation", "content": {"facts": "Kept as it was shown there."}}
    _, made = node.call("POST", "/api/v1/contributions", key=key, body=body)
    data = random.Random(number).randbytes(20 * PIECE + number)
    offer = {
        "form": "file",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "image/jpeg",
        "access": "public",
        "legal_basis": "no_personal_data",
        "shows_minor": False,
    }
    path = f"/api/v1/contributions/{made['id']}/files"
    status, told = node.call("POST", path, key=key, body=offer)
    assert status == 201, told
    return Upload(node, key, str(told["upload_url"]), data)


def serve_until_killed(node: Node, uploads: list[Upload], seconds: float) -> None:
    node.start()
    threads = [threading.Thread(target=each.send_until_it_dies) for each in uploads]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    node.kill()
    for thread in threads:
        thread.join()


def work_until_killed(node: Node, seconds: float) -> None:
    worker = subprocess.Popen(
        [CROSSLIGHT, "custody", "work"],
        env=node.environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        worker.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


@pytest.mark.faults
def test_sigkill_while_files_come_in_and_are_sealed_loses_nothing(tmp_path: Path) -> None:
    node = Node(tmp_path / "data", free_port())
    keys = found(node)
    node.start()
    uploads = [announced(node, keys.contributor, number) for number in range(FILES)]
    node.kill()
    chance = random.Random(7)
    for _ in range(KILLS_OF_UPLOADS):
        serve_until_killed(node, uploads, chance.uniform(0.05, 0.5))
    assert sum(each.cuts for each in uploads) > 0, "the kills hit uploads at work"
    node.start()
    for each in uploads:
        each.send_until_it_dies()
        assert each.is_done
    node.kill()

    for _ in range(KILLS_OF_WORK):
        work_until_killed(node, chance.uniform(0.8, 4))
    worked = node.run("custody", "work")
    assert worked["failed"] == 0

    census = json.loads(node.python(CENSUS))
    assert census["left"] == []
    wanted = {hashlib.sha256(each.data).hexdigest() for each in uploads}
    assert {row["content"] for row in census["rows"].values()} == wanted
    for row in census["rows"].values():
        assert row["state"] == "sealed"
        assert row["holds"]
        assert row["acts"] == [
            "package.announced",
            "package.quarantined",
            "package.collected",
            "package.inspected",
            "package.sealed",
        ]
        assert row["steps"] == ["receive", "intake"]
        assert row["annotations"] == 2
    verified = node.attempt("ledger", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
