"""SIGKILL, again and again, while contributions and entities are being saved.

What was acknowledged is there afterwards, whole; what was not is whole or absent; the ledger
verifies. Repeating an unanswered request under its key does it once.
"""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.faults.node import Keys, Node, found, free_port, kills

KILLS = kills(6)
CONTRIBUTION = {
    "kind": "risk_indicator",
    "content": {
        "observations": [{"indicator_id": "ILO-D1-01", "basis": "told"}],
        "place": "Northport",
        "timing": "this_week",
        "sharing_wish": "desk_decides",
        "victim_awareness": "no_one",
        "legal_basis": "no_personal_data",
    },
}
CENSUS = """
import json
from crosslight.contributions.models import Contribution
from crosslight.coordination.models import MatchProfile
from crosslight.investigations.models import Entity
from crosslight.ledger.models import LedgerObject
contributions = {row.pk: row.sent_versions.count() for row in Contribution.objects.all()}
entities = {row.pk: row.statements.count() for row in Entity.objects.all()}
on_record = set(LedgerObject.objects.values_list("object_id", flat=True))
keyed = set(MatchProfile.objects.filter(keys__isnull=False).values_list("entity_id", flat=True))
half = [pk for pk, count in {**contributions, **entities}.items() if count == 0]
print(json.dumps({
    "contributions": sorted(contributions),
    "entities": sorted(entities),
    "half": half,
    "unrecorded": sorted((set(contributions) | set(entities)) - on_record),
    "unkeyed": sorted(set(entities) - keyed),
}))
"""


@dataclass
class Writer:
    """Posts one after the other until the server is gone; remembers what was acknowledged."""

    node: Node
    key: str
    path: str
    accepted: int
    make_body: object
    acknowledged: set[str] = field(default_factory=set)
    unanswered: list[tuple[str, object]] = field(default_factory=list)
    sent: int = 0

    def write_until_it_dies(self, dead: threading.Event) -> None:
        while not dead.is_set():
            self.sent += 1
            name = f"{self.path}-{self.sent}"
            body = self.make_body(self.sent)
            try:
                self.post(name, body)
            except (OSError, HTTPException):
                # No answer, or one that the kill cut short: it says nothing of what was stored.
                self.unanswered.append((name, body))
                return

    def post(self, name: str, body: object) -> None:
        status, answer = self.node.call("POST", self.path, key=self.key, body=body, repeat_key=name)
        assert status == self.accepted, answer
        self.acknowledged.add(str(answer["id"]))


def entity_body(number: int) -> dict[str, object]:
    statement = {
        "source": "Harbour register",
        "source_grade": "B",
        "information_grade": "2",
        "handling_code": "H0",
    }
    return {
        "schema": "Person",
        "role": "recruiter",
        "subject_category": "suspect",
        "statements": [
            {**statement, "property": "name", "value": f"Invented Person {number}"},
            {**statement, "property": "phone", "value": f"+44 7700 900{number % 1000:03d}"},
        ],
    }


def writers_of(node: Node, keys: Keys) -> list[Writer]:
    entities = f"/api/v1/investigations/{keys.investigation}/entities"
    return [
        Writer(node, keys.contributor, "/api/v1/contributions", 202, lambda _number: CONTRIBUTION),
        Writer(node, keys.unit, entities, 201, entity_body),
    ]


def serve_until_killed(node: Node, writers: list[Writer], seconds: float) -> None:
    node.start()
    dead = threading.Event()
    threads = [
        threading.Thread(target=writer.write_until_it_dies, args=[dead]) for writer in writers
    ]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    node.kill()
    dead.set()
    for thread in threads:
        thread.join()


@pytest.mark.faults
def test_sigkill_loses_nothing_acknowledged_and_leaves_the_ledger_verifying(tmp_path: Path) -> None:
    node = Node(tmp_path / "data", free_port())
    writers = writers_of(node, found(node))
    chance = random.Random(20)
    for _ in range(KILLS):
        serve_until_killed(node, writers, chance.uniform(0.05, 0.6))

    node.start()
    for writer in writers:
        for name, body in writer.unanswered:
            writer.post(name, body)
    node.kill()

    census = json.loads(node.python(CENSUS))
    contributions, entities = (writer.acknowledged for writer in writers)
    assert contributions == set(census["contributions"]), "acknowledged and stored are the same"
    assert entities == set(census["entities"])
    assert census["half"] == []
    assert census["unrecorded"] == []
    assert census["unkeyed"] == []
    assert len(contributions) + len(entities) > KILLS
    assert any(writer.unanswered for writer in writers), "the kills hit writers at work"

    verified = node.attempt("ledger", "verify", "--json")
    assert verified.returncode == 0, verified.stdout
