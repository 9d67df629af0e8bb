"""Two units at the same instant, in two processes, on the database of this run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db.models import Count

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.coordination.models import Decision, KeyPopulation, Match, ReleasedValue
from crosslight.coordination.services import entry
from crosslight.core.lifecycle.match import MatchState
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.ledger.services import verify_database
from tests.coordination.factories import investigations
from tests.factories import build_world
from tests.investigations.factories import person
from tests.ledger.test_concurrency import url_of_test_database

REPOSITORY = Path(__file__).resolve().parents[2]
PAIRS = 8
ADDED = 15


@pytest.fixture
def data(settings: LazySettings, tmp_path: Path) -> Path:
    """The folder of the ledger's key, shared with the processes."""
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.ed25519"
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_two_units_at_once_make_one_match_a_pair_and_lose_no_step(data: Path):
    world = build_world()
    a, b = investigations(world)
    heads = [start(world.fatou.id, data), start(world.lamin.id, data)]
    for head in heads:
        assert head.stdout.readline() == "ready\n"

    at_once(heads, f"enter {a.pk} {PAIRS}", f"enter {b.pk} {PAIRS}")
    matches = Match.objects.all()
    assert matches.count() == PAIRS
    assert matches.values("low_entity", "high_entity").distinct().count() == PAIRS
    assert sorted(match.number for match in matches) == list(range(1, PAIRS + 1))
    sides = matches.annotate(sides_count=Count("sides")).values_list("sides_count", flat=True)
    assert set(sides) == {2}
    assert KeyPopulation.objects.get().size == 2 * PAIRS
    told = Notice.objects.filter(kind=NoticeKind.MATCH_ACKNOWLEDGE)
    assert told.count() == PAIRS * 5  # three of unit A, two of unit B

    at_once(heads, "acknowledge", "acknowledge")
    assert set(matches.values_list("state", flat=True)) == {MatchState.ACKNOWLEDGED}
    assert len(read_entries(act=Act.MATCH_SET_RELEASED)) == PAIRS
    assert ReleasedValue.objects.count() == 0  # these entities hold nothing of the set

    at_once(heads, "answer", "answer")
    assert set(matches.values_list("state", flat=True)) == {MatchState.CONFIRMED_SAME}
    assert len(read_entries(act=Act.MATCH_CONFIRMED)) == PAIRS

    at_once(heads, "propose", "propose")
    assert set(matches.values_list("state", flat=True)) == {MatchState.SEPARATE}
    assert Decision.objects.count() == PAIRS
    assert verify_database().holds
    for head in heads:
        _, errors = head.communicate(timeout=60)
        assert (head.returncode, errors) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_overwrite_nothing(data: Path):
    world = build_world()
    a, _ = investigations(world)
    entity = entry.enter_entity(actor=world.ndeye, investigation_id=a.pk, draft=person())
    colleagues = [start(world.ndeye.id, data), start(world.colleague.id, data)]
    for colleague in colleagues:
        assert colleague.stdout.readline() == "ready\n"
    at_once(colleagues, f"add {entity.pk} {ADDED}", f"add {entity.pk} {ADDED}")
    entity.refresh_from_db()
    assert entity.version == 1 + 2 * ADDED
    assert entity.statements.filter(property="alias", is_current=True).count() == 2 * ADDED
    for colleague in colleagues:
        _, errors = colleague.communicate(timeout=60)
        assert (colleague.returncode, errors) == (0, "")


def at_once(processes: list[subprocess.Popen[str]], *commands: str) -> None:
    for process, command in zip(processes, commands, strict=True):
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
    for process in processes:
        answer = process.stdout.readline()
        assert answer == "done\n", answer or process.stderr.read()


def start(user_id: str, data: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "CROSSLIGHT_TEST_DATA": str(data),
        "CROSSLIGHT_DATABASE_URL": url_of_test_database(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.coordination.writer", user_id],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
