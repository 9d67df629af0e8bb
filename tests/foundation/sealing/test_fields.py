"""Sealed columns: open on the object, closed in the table, bound to their row."""

from __future__ import annotations

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from crosslight.contributions.models import Contribution, ContributionVersion, Question
from crosslight.contributions.services import finding, list_own
from crosslight.core.vocabulary.contributions import QuestionForm
from crosslight.foundation.sealing import cache
from crosslight.foundation.sealing.errors import KeyMissing, SealBroken
from crosslight.foundation.sealing.keys import KeyDestroyed, Purpose, destroy_secret
from crosslight.foundation.sealing.models import SubjectKey
from crosslight.review.services import ask_question
from tests.contributions.factories import FACTS, draft, received, red_flag
from tests.factories import World
from tests.review.factories import admitted


def raw(model, column: str, pk: object) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} WHERE id = %s", [pk])  # noqa: S608
        return bytes(cursor.fetchone()[0])


def put(model, column: str, pk: object, value: bytes) -> None:
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, pk])  # noqa: S608


def test_the_table_holds_no_word_of_it(world: World) -> None:
    contribution = received(world.amina)
    stored = raw(Contribution, "content", contribution.pk)
    assert stored[:1] == b"\x01"
    assert stored[1:17].hex() == SubjectKey.objects.get(subject=contribution.pk).pk
    assert b"workshop" not in stored
    assert Contribution.objects.get(pk=contribution.pk).content["facts"] == FACTS
    version = ContributionVersion.objects.get(contribution=contribution)
    assert version.content["facts"] == FACTS
    assert b"workshop" not in raw(ContributionVersion, "content", version.pk)


def test_a_value_moved_to_another_row_or_column_does_not_open(world: World) -> None:
    one, other = received(world.amina), received(world.amina)
    moved = raw(Contribution, "content", one.pk)
    put(Contribution, "content", other.pk, moved)
    with pytest.raises(SealBroken):
        _ = Contribution.objects.get(pk=other.pk).content
    put(Contribution, "return_note", one.pk, moved)
    with pytest.raises(SealBroken):
        _ = Contribution.objects.get(pk=one.pk).return_note
    assert Contribution.objects.get(pk=one.pk).content["facts"] == FACTS


def test_a_row_whose_key_is_gone_opens_no_more_and_says_so(world: World) -> None:
    contribution = received(world.amina)
    destroy_secret(contribution.pk, purpose=Purpose.CONTRIBUTION)
    row = Contribution.objects.get(pk=contribution.pk)
    assert row.state == contribution.state
    with pytest.raises(KeyDestroyed):
        _ = row.content
    row.content = {"facts": "anew"}
    with pytest.raises(KeyDestroyed):
        row.save()


def test_a_value_of_another_key_store_is_missing_not_empty(world: World) -> None:
    contribution = received(world.amina)
    SubjectKey.objects.filter(subject=contribution.pk).delete()
    cache.forget_all()
    with pytest.raises(KeyMissing):
        _ = Contribution.objects.get(pk=contribution.pk).content


def test_nothing_is_written_past_the_row(world: World) -> None:
    contribution = received(world.amina)
    rows = Contribution.objects.filter(pk=contribution.pk)
    with pytest.raises(TypeError), transaction.atomic():
        rows.update(content={"facts": "plain"})
    with pytest.raises(TypeError), transaction.atomic():
        Contribution.objects.bulk_update([contribution], ["content"])
    with pytest.raises(TypeError):
        list(Contribution.objects.filter(content={"facts": FACTS}))
    rows.update(content={})
    assert Contribution.objects.get(pk=contribution.pk).content == {}
    assert raw(Contribution, "content", contribution.pk) == b""


def test_saving_a_part_leaves_the_rest_sealed_as_it_was(world: World) -> None:
    contribution = received(world.amina)
    before = raw(Contribution, "content", contribution.pk)
    cache.forget_all()
    row = Contribution.objects.get(pk=contribution.pk)
    with CaptureQueriesContext(connections["keys"]) as asked:
        row.reminders = 1
        row.save()
    assert raw(Contribution, "content", contribution.pk) == before
    assert len(asked) == 0, "an unopened value needs no key"


def test_a_deferred_value_opens_too(world: World) -> None:
    contribution = received(world.amina)
    row = Contribution.objects.only("state").get(pk=contribution.pk)
    assert row.content["facts"] == FACTS
    row.refresh_from_db(fields=["content"])
    assert row.content["facts"] == FACTS


def test_questions_and_answers_are_sealed(world: World) -> None:
    contribution = admitted(world)
    question = ask_question(
        actor=world.luis,
        contribution_id=contribution.pk,
        form=QuestionForm.IDENTIFIER,
        note="Do you already hold the plate of the van?",
    )
    assert b"plate" not in raw(Question, "note", question.pk)
    assert Question.objects.get(pk=question.pk).note.startswith("Do you already")


def test_a_list_asks_the_key_store_once(world: World) -> None:
    for _ in range(6):
        received(world.amina)
    cache.forget_all()
    with CaptureQueriesContext(connections["keys"]) as asked:
        views = list_own(actor=world.amina)
    assert [view.content.facts for view in views] == [FACTS] * 6
    assert len(asked) == 1
    with CaptureQueriesContext(connections["keys"]) as asked_again:
        list_own(actor=world.amina)
    assert len(asked_again) == 0


def test_the_blind_index_finds_and_tells_nothing(world: World) -> None:
    contribution = received(world.amina)
    other = draft(world.other_reporter, red_flag(identifiers=[]))
    sought = finding.spellings_of("07700 900123", region="GB")
    assert finding.ids_naming(sought) == (contribution.pk,)
    assert finding.ids_naming(finding.spellings_of("07700 900124", region="GB")) == ()
    assert not other.identifier_index.exists()
    (row,) = contribution.identifier_index.all()
    assert len(bytes(row.index)) == 16
    contribution.content = {}
    finding.index_identifiers(contribution, finding.Content())
    assert finding.ids_naming(sought) == ()
