"""Erase, then search everywhere: canaries in every field are afterwards in no table, file or log.

The search is for bytes, in the files of the database and of its journal, whatever their pages are
used for. The ledger's root stays, it verifies, and so does an export made before.
"""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from crosslight.cli.exported import ExportedFiles
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import answer_question
from crosslight.coordination.services import rooms
from crosslight.core.evidence.export import Known, verify_export
from crosslight.core.evidence.notes import verifier_key
from crosslight.core.vocabulary.contributions import Priority, QuestionForm
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.core.vocabulary.erasure import ErasureGround, ErasureKind
from crosslight.exchange.backups import create_backup
from crosslight.foundation.sealing.destruction import waiting
from crosslight.foundation.sealing.keys import KeyDestroyed, Purpose, open_for
from crosslight.investigations.services import search_entities
from crosslight.ledger import services as ledger
from crosslight.ledger.keys import existing_key
from crosslight.ledger.selectors import entry_bytes, signed_head
from crosslight.ledger.verification import verify_database
from crosslight.oversight.erasure import services
from crosslight.review.services import (
    ask_question,
    disseminate,
    prioritise_contribution,
    validate_contribution,
)
from tests.contributions.factories import red_flag
from tests.coordination.factories import decided, draft_a
from tests.factories import World, build_world
from tests.investigations.factories import said
from tests.review.factories import grading, in_triage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the files of SQLite"),
]
CANARY = b"zebrafinch"
FACTS = "zebrafinch facts of what was seen at the quay"


@pytest.fixture
def busy() -> World:
    return build_world()


def canary(where: str) -> str:
    return f"zebrafinch {where}"


def files() -> list[Path]:
    """Every file of the test's data folder: databases, journals, keys, whatever else lies there."""
    connections.close_all()
    return [path for path in Path(settings.LEDGER_KEY_FILE).parents[1].rglob("*") if path.is_file()]


def holding(token: bytes) -> list[str]:
    return [path.name for path in files() if token in path.read_bytes().lower()]


def holding_exactly(token: bytes) -> list[str]:
    return [path.name for path in files() if token in path.read_bytes()]


def in_tables(token: bytes) -> list[str]:
    """Every column of every row of every table, read as the database gives it."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows = cursor.fetchall()
        if any(token in str(value).lower().encode() for row in rows for value in row):
            found.append(table)
    return found


def erase(world: World, object_id: str) -> None:
    made = services.request_erasure(
        actor=world.nuria,
        object_id=object_id,
        kind=ErasureKind.ERASE,
        ground=ErasureGround.SUBJECT_REQUEST,
    )
    services.preview_erasure(actor=world.nuria, erasure_id=made.pk)
    services.confirm_erasure(actor=world.nuria, erasure_id=made.pk)


def a_full_contribution(world: World) -> Contribution:
    """A canary in each field that takes a text, on its whole way to a unit."""
    content = red_flag(
        place=canary("place"),
        facts=FACTS,
        assessment=canary("assessment"),
        identifiers=[{"kind": "other", "raw": canary("raw"), "party_role": "recruiter"}],
        reference_of_fiu=canary("fiu"),
        campaign_tag=canary("tag"),
    )
    contribution = in_triage(world, **content)
    validate_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        grading=grading(purpose=canary("purpose"), legality_note=canary("legality")),
    )
    question = ask_question(
        actor=world.luis,
        contribution_id=contribution.pk,
        form=QuestionForm.IDENTIFIER,
        note=canary("note"),
    )
    answer_question(actor=world.amina, question_id=question.pk, answer=canary("answer"))
    prioritise_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        priority=Priority.P1,
        reasons=canary("reasons for it"),
        deviation_reason=canary("deviation"),
    )
    disseminate(
        actor=world.luis,
        contribution_id=contribution.pk,
        unit_ids=[world.unit_a.pk],
        title=canary("title"),
        body=canary("body"),
        identifiers=[canary("raw")],
    )
    return Contribution.objects.get(pk=contribution.pk)


def test_nothing_of_a_contribution_was_ever_plain_and_nothing_is_left(
    busy: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    contribution = a_full_contribution(busy)
    assert contribution.content["facts"] == FACTS
    assert holding(CANARY) == []
    assert in_tables(CANARY) == []
    before = create_backup(tmp_path / "before.zip", data=Path(settings.LEDGER_KEY_FILE).parents[1])
    assert before.ledger_size
    assert CANARY not in (tmp_path / "before.zip").read_bytes().lower()
    sealed = Contribution.objects.values_list("content", flat=True).get(pk=contribution.pk).data
    # Its beginning: key id, nonce and some text, which no page of the file cuts through.
    sealed = sealed[:48]
    assert holding_exactly(sealed)

    erase(busy, contribution.pk)

    assert waiting() == 0
    assert holding_exactly(sealed) == [], "not even the sealed bytes"
    assert holding(CANARY) == []
    assert CANARY.decode() not in caplog.text.lower()
    with pytest.raises(KeyDestroyed):
        open_for(contribution.pk, purpose=Purpose.CONTRIBUTION)


def test_nothing_of_a_record_is_left_in_any_table_or_file(
    busy: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pair = decided(
        busy,
        DecisionKind.JOINT,
        a=draft_a(
            said("name", canary("Quokka"), source=canary("source")),
            said("alias", canary("alias"), observed_on="2026-01"),
            said("notes", canary("notes")),
        ),
    )
    busy_heads = {"a": busy.fatou, "b": busy.lamin}
    named = pair.entity_a.statements.filter(property__in=("name", "notes", "alias"))
    rooms.publish_item(
        actor=busy_heads["a"],
        room_id=pair.room.pk,
        entity_id=pair.entity_a.pk,
        statement_ids=list(named.values_list("pk", flat=True)),
    )
    rooms.post_message(actor=busy_heads["b"], room_id=pair.room.pk, text=canary("message"))
    rooms.plan_room(actor=busy_heads["a"], room_id=pair.room.pk, version=1, text=canary("plan"))
    found = search_entities(
        actor=busy.ndeye, investigation_id=pair.inv_a.pk, text="zebrafinch", purpose="check"
    )
    assert found
    exported = tmp_path / "export"
    ledger.export(exported)
    assert in_tables(CANARY), "the canaries were there"
    assert holding(CANARY)
    before = signed_head()
    entries = [entry_bytes(index) for index in range(before.size)]

    erase(busy, pair.entity_a.pk)

    assert in_tables(CANARY) == []
    assert holding(CANARY) == []
    assert holding(b"canary-a-why") == []
    assert CANARY.decode() not in caplog.text.lower()
    after = create_backup(tmp_path / "after.zip", data=Path(settings.LEDGER_KEY_FILE).parents[1])
    assert after.ledger_size > before.size
    assert CANARY not in (tmp_path / "after.zip").read_bytes().lower()

    assert [entry_bytes(index) for index in range(before.size)] == entries
    assert verify_database().holds
    key = verifier_key(name=before.origin, key=existing_key())
    export = verify_export(ExportedFiles(exported), known=Known(key=key, policy=None, kept=()))
    assert export.holds
    assert export.root == before.root.hex()
