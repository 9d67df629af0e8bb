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

from tests.faults.node import Node, found, free_port
from tests.faults.test_sigkill import CONTRIBUTION

KILLS = 12
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
print("ready", flush=True)
for pk in list(Contribution.objects.exclude(state="erased").values_list("pk", flat=True)):
    made = Erasure.objects.filter(object_id=pk, state="requested").first()
    made = made or services.request_erasure(
        actor=officer, object_id=pk, kind=ErasureKind.ERASE, ground=ErasureGround.DUTY
    )
    services.confirm_erasure(actor=officer, erasure_id=made.pk)
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


def kill_while_erasing(node: Node, seconds: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ERASE],
        env={**node.environment, "DJANGO_SETTINGS_MODULE": "crosslight.config.settings"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.faults
def test_sigkill_while_erasing_leaves_nothing_half_done(tmp_path: Path) -> None:
    node = Node(tmp_path / "data", free_port())
    found(node)
    officer = node.run("unit", "add", "Desk", "--country", "XN", "--duty", "D", "--phone", "1")
    node.run("person", "add", "dpo@example.org", "Officer")
    node.run(
        *("mandate", "grant", "dpo@example.org", "data_protection"),
        *("--organisation", officer["organisation"], "--basis", "Act 1", "--until", "2099-12-31"),
    )
    chance = random.Random(16)
    erased, was_due = 0, 0
    for _ in range(KILLS):
        node.python(SEND % 4)
        kill_while_erasing(node, chance.uniform(0.0, 0.15))
        census = json.loads(node.python(CENSUS))
        assert census["half"] == []
        erased = census["erased"]
        was_due += census["due"]
    assert erased > 0, "some were erased"
    assert census["left"] > 0, "some were cut off"
    swept = node.run("clocks", "run")
    census = json.loads(node.python(CENSUS))
    assert (census["half"], census["due"], census["open"]) == ([], 0, 0)
    assert swept["keys_destroyed"] <= was_due
    assert node.attempt("ledger", "verify").returncode == 0
