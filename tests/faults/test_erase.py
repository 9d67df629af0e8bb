"""SIGKILL while erasing: either nothing happened, or all content is gone and a sweep ends it."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.node import Node, found, free_port, kills
from tests.faults.test_sigkill import CONTRIBUTION

KILLS = kills(4)
# Moments that chance would seldom hit: the last step before the commit, the first after it, and
# the key destroyed with its note still there.
POINTS = {
    "before the commit": "services._record_decision = die",
    "after the commit": "destruction.destroy_secret = die",
    "note still there": "DueDestruction.delete = die",
}
OFFICER = """
from crosslight.accounts.selectors import user_by_email
from crosslight.partnerships.selectors import actor_of
officer = actor_of(user_by_email("dpo@example.org"), has_mfa=True)
"""
ERASE = f"""
import django; django.setup()
{OFFICER}
from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.erasure import ErasureGround, ErasureKind
from crosslight.oversight.erasure import services
from crosslight.oversight.erasure.models import Erasure
from crosslight.foundation.sealing import destruction
from crosslight.foundation.sealing.models import DueDestruction
import os, signal
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
# patch
print("ready", flush=True)
for pk in list(Contribution.objects.exclude(state="erased").values_list("pk", flat=True)):
    made = Erasure.objects.filter(object_id=pk, state="requested").first()
    made = made or services.request_erasure(
        actor=officer, object_id=pk, kind=ErasureKind.ERASE, ground=ErasureGround.DUTY
    )
    services.confirm_erasure(actor=officer, erasure_id=made.pk)
    print("erased", flush=True)
"""
SEND = f"""
from crosslight.accounts.selectors import user_by_email
from crosslight.contributions import services
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.partnerships.selectors import actor_of
reporter = actor_of(user_by_email("intake@example.org"), has_mfa=True)
body = {CONTRIBUTION!r}
for _ in range(%d):
    draft = services.start_contribution(actor=reporter, kind=ContributionKind.RISK_INDICATOR)
    services.save_content(
        actor=reporter, contribution_id=draft.pk, version=draft.version, content=body["content"]
    )
    services.submit_contribution(actor=reporter, contribution_id=draft.pk)
"""
CENSUS = """
import json
from crosslight.contributions.models import Contribution
from crosslight.foundation.sealing.models import DueDestruction, SubjectKey
from crosslight.ledger.models import LedgerEntry, LedgerObject
from crosslight.oversight.erasure.models import Erasure
due = set(DueDestruction.objects.values_list("subject", flat=True))
gone = set(SubjectKey.objects.exclude(destroyed_at=None).values_list("subject", flat=True))
noted = {}
for pk in LedgerEntry.objects.filter(act="contribution.erased").values_list("index", flat=True):
    for name in LedgerObject.objects.filter(entry_index=pk).values_list("object_id", flat=True):
        noted[name] = True
half = []
for row in Contribution.objects.all():
    is_erased = row.state == "erased"
    parts = [row.erased_at is not None, noted.get(row.pk, False), row.content == {},
             row.sent_versions.get().content == {},
             Erasure.objects.filter(object_id=row.pk, state="erased").exists()]
    if set(parts) != {is_erased}:
        half.append([row.pk, parts])
    if is_erased != (row.pk in due | gone):
        half.append([row.pk, "key"])
print(json.dumps({
    "half": half, "due": len(due),
    "erased": Contribution.objects.filter(state="erased").count(),
    "left": Contribution.objects.exclude(state="erased").count(),
    "open": SubjectKey.objects.filter(
        subject__in=[row.pk for row in Contribution.objects.filter(state="erased")],
        destroyed_at=None).count(),
}))
"""


def eraser(node: Node, *, patch: str = "") -> subprocess.Popen[bytes]:
    """A process that is about to erase all that is left, one after the other."""
    process = subprocess.Popen(
        [sys.executable, "-c", ERASE.replace("# patch", patch)],
        env={**node.environment, "DJANGO_SETTINGS_MODULE": "crosslight.config.settings"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def end(process: subprocess.Popen[bytes]) -> int:
    status = process.wait()
    assert process.stdout is not None
    process.stdout.close()
    return status


def seconds_for_one(node: Node) -> float:
    """How long one erasure takes here and now, so that kills fall into it on any machine."""
    process = eraser(node)
    assert process.stdout is not None
    begun = time.monotonic()
    assert process.stdout.readline() == b"erased\n"
    taken = time.monotonic() - begun
    assert end(process) == 0
    return taken


def kill_while_erasing(node: Node, *, after: int, seconds: float) -> None:
    process = eraser(node)
    assert process.stdout is not None
    for _ in range(after):
        process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    end(process)


def census(node: Node) -> dict[str, object]:
    return json.loads(node.python(CENSUS))


@pytest.fixture
def node(tmp_path: Path) -> Node:
    made = Node(tmp_path / "data", free_port())
    found(made)
    desk = made.run("unit", "add", "Desk", "--country", "XN", "--duty", "D", "--phone", "1")
    made.run("person", "add", "dpo@example.org", "Officer")
    made.run(
        *("mandate", "grant", "dpo@example.org", "data_protection"),
        *("--organisation", desk["organisation"], "--basis", "Act 1", "--until", "2099-12-31"),
    )
    return made


@pytest.mark.faults
def test_sigkill_while_erasing_leaves_nothing_half_done(node: Node) -> None:
    chance = random.Random(16)
    node.python(SEND % 1)
    one = seconds_for_one(node)
    before = 1
    for number in range(KILLS):
        node.python(SEND % 3)
        kill_while_erasing(node, after=number % 3, seconds=chance.uniform(0, one))
        seen = census(node)
        assert seen["half"] == []
        assert seen["erased"] >= before + number % 3, "what was acknowledged is erased"
        before = seen["erased"]
    assert before > 1, "some were erased"
    assert seen["left"] > 0, "some were cut off"
    _is_finished_by_a_sweep(node)


@pytest.mark.faults
def test_sigkill_around_the_commit_is_finished_by_a_sweep(node: Node) -> None:
    for point, patch in POINTS.items():
        node.python(SEND % 1)
        was = census(node)
        process = eraser(node, patch=patch)
        assert end(process) == -signal.SIGKILL, point
        seen = census(node)
        assert seen["half"] == [], point
        is_done = point != "before the commit"
        assert (seen["erased"] > was["erased"]) is is_done, point
        assert (seen["due"] > 0) is is_done, point
        assert (seen["open"] > 0) is (point == "after the commit"), point
        _is_finished_by_a_sweep(node)


def _is_finished_by_a_sweep(node: Node) -> None:
    waiting = census(node)["due"]
    assert node.run("clocks", "run")["keys_destroyed"] == waiting
    seen = census(node)
    assert (seen["half"], seen["due"], seen["open"]) == ([], 0, 0)
    assert node.attempt("ledger", "verify").returncode == 0
