"""`crosslight init` on a deployment of before: what was plain is sealed, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import PATIENCE, crosslight, variables

BEFORE = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
for app, to in (("ledger", "0003"), ("accounts", None), ("partnerships", None),
                ("contributions", "0001"), ("review", "0001")):
    call_command("migrate", app, *([to] if to else []), verbosity=0)
state = MigrationExecutor(connection).loader.project_state(
    [("contributions", "0001_initial"), ("review", "0001_initial")]
)
get = state.apps.get_model
from crosslight.foundation.clock import now, today
shared = get("partnerships", "Partnership").objects.create(name="P", kind="cop")
land = get("partnerships", "Country").objects.create(code="XN", name="Norland")
house = get("partnerships", "Organisation").objects.create(
    partnership=shared, country=land, name="House", nature="contributor")
user = get("accounts", "User").objects.create(email="a@example.org", name="A")
content = {"facts": "zebrafinch facts", "identifiers": [
    {"kind": "phone", "raw": "07700 900123", "value": "+447700900123", "party_role": "not_sure"}]}
common = dict(organisation=house, country=land, author=user, kind="red_flag_report")
one = get("contributions", "Contribution").objects.create(
    id="con_" + "1" * 26, content=content, state="returned_quality", receipt_code="A",
    return_reasons=[{"code": "INCOMPLETE", "note": "zebrafinch note"}], **common)
get("contributions", "Contribution").objects.create(
    id="con_" + "2" * 26, content={"facts": ""}, state="withdrawn", erased_at=now(), **common)
get("contributions", "ContributionVersion").objects.create(
    contribution=one, version=2, content=content, sha256="0" * 64, sent_at=now(), sent_by=user)
get("contributions", "Question").objects.create(
    id="que_" + "1" * 26, contribution=one, form="place", note="zebrafinch question",
    answer="zebrafinch answer", asked_by=user, due_at=now())
get("review", "Validation").objects.create(
    contribution=one, source_grade="A", information_grade="1", handling_code="H0",
    legal_basis="led_article_8", purpose="zebrafinch purpose", legality_note="zebrafinch legality",
    retention_until=today(), validated_by=user)
get("review", "IntelligenceInput").objects.create(
    id="int_" + "1" * 26, contribution=one, country=land, reference="IN-1",
    title="zebrafinch title", body="zebrafinch body", identifiers=[{"raw": "zebrafinch"}],
    source_grade="A", information_grade="1", handling_code="H0", subject_category="unknown",
    priority="P1", retention_until=today(), created_by=user)
"""
AFTER = """
import django; django.setup()
import json
from crosslight.contributions.models import Contribution
from crosslight.contributions.services.finding import ids_naming
one, two = Contribution.objects.order_by("pk")
sent, asked, made = one.sent_versions.get(), one.questions.get(), one.inputs.get()
print(json.dumps([
    one.content["facts"], one.return_note, one.return_reasons, sent.content["facts"], asked.note,
    asked.answer, one.validation.purpose, one.validation.legality_note, made.title, made.body,
    made.identifiers, made.assessment, two.content, list(ids_naming(["+447700900123"])),
]))
"""


def python(code: str, data: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=variables(
            CROSSLIGHT_DATA=str(data), DJANGO_SETTINGS_MODULE="crosslight.config.settings"
        ),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def holding(data: Path) -> list[str]:
    return [
        path.name
        for path in data.iterdir()
        if path.is_file() and b"zebrafinch" in path.read_bytes()
    ]


def test_what_was_plain_is_sealed_and_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "keys").mkdir(parents=True, mode=0o700)
    data.chmod(0o700)
    python(BEFORE, data)
    assert holding(data)

    done = crosslight("init", data=data)

    assert done.returncode == 0, done.stderr
    assert json.loads(python(AFTER, data)) == [
        "zebrafinch facts",
        "zebrafinch note",
        [{"code": "INCOMPLETE", "note": ""}],
        "zebrafinch facts",
        "zebrafinch question",
        "zebrafinch answer",
        "zebrafinch purpose",
        "zebrafinch legality",
        "zebrafinch title",
        "zebrafinch body",
        [{"raw": "zebrafinch"}],
        [],
        {},
        ["con_" + "1" * 26],
    ]
    assert holding(data) == []
    again = crosslight("init", data=data)
    assert again.returncode == 0, again.stderr
