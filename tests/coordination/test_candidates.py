"""The online check: whom an entity's keys bring up, in bounded reads that never scan a table."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crosslight.coordination.models import KeyPopulation, MatchKey, MatchProfile, ValueCount
from crosslight.coordination.services import candidates, entry, index, statements, value_counts
from crosslight.core.matching import (
    COMMON_VALUE_HOLDERS,
    KEY_KINDS,
    Record,
    key_of,
    pack,
    prepare,
)
from crosslight.core.matching.model import Band
from tests.coordination.factories import PHONE, investigations, notified
from tests.investigations.factories import person, said

DIALLO = said("name", "Mamadou Saliou Diallo")
JALLOW = said("name", "Momodou Saliou Jallow")
SOW = said("name", "Binta Sow")
BORN = said("birthDate", "1987-03-14")


@pytest.fixture
def enter(world):
    """Enters a record for unit B, which the tests then look for as unit A."""
    _, inv = investigations(world)

    def entering(*statements):
        return entry.enter_entity(
            actor=world.ousman, investigation_id=inv.pk, draft=person(*statements)
        )

    return entering


def sought(world, *statements):
    inv, _ = investigations(world)
    entity = entry.enter_entity(
        actor=world.ndeye, investigation_id=inv.pk, draft=person(*statements)
    )
    return index.prepared_of(entity)


def test_candidates_come_heaviest_first_and_never_from_the_own_unit(world, enter):
    same = enter(JALLOW, BORN, said("phone", PHONE))
    namesake = enter(JALLOW)
    prepared = sought(world, DIALLO, BORN, said("phone", PHONE))
    found = candidates.ranked(prepared, unit=world.unit_a.pk)
    assert [line[0] for line in found] == [same.pk, namesake.pk]
    assert found[0][1] > found[1][1]
    assert found[0][2] in (Band.PROBABLE, Band.STRONG)
    assert found[1][2] in (Band.WEAK, Band.NONE)
    assert candidates.ranked(prepared, unit=world.unit_b.pk)[0][0] not in {same.pk, namesake.pk}
    assert len(candidates.ranked(prepared, limit=1)) == 1


def test_a_record_without_keys_brings_nobody_up(world, enter):
    enter(JALLOW)
    assert candidates.ranked(prepare(Record("r", "Person", {}))) == []


def test_who_shares_an_identifier_is_weighed_however_many_share_a_name(world, enter, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_CANDIDATES", 3)
    monkeypatch.setattr(candidates, "_LOOKED_AT", 2)
    for _ in range(6):
        enter(JALLOW, BORN)
    holder = enter(SOW, said("phone", PHONE))
    found = candidates.ranked(sought(world, DIALLO, BORN, said("phone", PHONE)))
    assert len(found) == 3
    assert holder.pk in {line[0] for line in found}


def test_own_records_do_not_crowd_out_those_of_others(world, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_CANDIDATES", 2)
    monkeypatch.setattr(candidates, "_LOOKED_AT", 2)
    inv_a, inv_b = investigations(world)
    for _ in range(5):
        entry.enter_entity(actor=world.ndeye, investigation_id=inv_a.pk, draft=person(DIALLO, BORN))
    other = entry.enter_entity(
        actor=world.ousman, investigation_id=inv_b.pk, draft=person(JALLOW, BORN)
    )
    found = candidates.ranked(sought(world, DIALLO, BORN), unit=world.unit_a.pk)
    assert [line[0] for line in found] == [other.pk]


def test_the_reads_do_not_grow_with_the_index(world, enter):
    prepared = sought(world, DIALLO, BORN, said("phone", PHONE))

    def reads():
        with CaptureQueriesContext(connection) as seen:
            candidates.ranked(prepared, unit=world.unit_a.pk)
        return len(seen)

    enter(JALLOW, BORN)
    few = reads()
    for number in range(12):
        enter(JALLOW, said("birthDate", f"19{60 + number}-01-02"))
    assert reads() == few
    assert few <= 6


def test_a_key_that_many_hold_is_read_no_further_than_its_limit(world, enter):
    for number in range(COMMON_VALUE_HOLDERS + 5):
        enter(said("name", f"Passenger{number}a Number{number}b"), said("phone", PHONE))
    kinds = {key_of("phone:+447700900123"): index.EXACT}
    held = index.holding(kinds)
    assert held.common == set(kinds)
    assert held.usable == {}
    assert held.holders == dict.fromkeys(kinds, COMMON_VALUE_HOLDERS + 1)


def test_more_keys_than_one_statement_takes_are_read_in_several(world, enter, monkeypatch):
    monkeypatch.setattr(statements, "_MOST_BRANCHES", 2)
    holder = enter(JALLOW, BORN, said("phone", PHONE))
    found = candidates.ranked(sought(world, DIALLO, BORN, said("phone", PHONE)))
    assert holder.pk in {line[0] for line in found}


def test_every_read_searches_an_index(world, enter):
    for number in range(5):
        enter(JALLOW, BORN, said("phone", f"+44 7700 90010{number}"))
    prepared = sought(world, DIALLO, BORN, said("phone", PHONE))
    with CaptureQueriesContext(connection) as seen:
        candidates.ranked(prepared, unit=world.unit_a.pk)
    asked = [query["sql"] for query in seen if "coordination_" in query["sql"]]
    assert any("coordination_matchkey" in sql for sql in asked)
    assert any("coordination_matchprofile" in sql for sql in asked)
    assert any("coordination_valuecount" in sql for sql in asked)
    for sql in asked:
        assert not scans(sql), sql


def scans(sql):
    """What the database would read from end to end."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            lines = [str(row[-1]) for row in cursor.fetchall()]
            return [line for line in lines if line.startswith("SCAN coordination")]
        # A table this small is quicker to scan: would an index serve, if it were large?
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        return [row[0] for row in cursor.fetchall() if "Seq Scan" in row[0]]


# --- what is written --------------------------------------------------------------------------


def counted(word_of):
    """The counted holders of the words that a record's name is indexed by."""
    kinds = index.keys_of(index.prepared_of(word_of))
    words = [key for key, kind in kinds.items() if KEY_KINDS[kind] == "word"]
    return sorted(ValueCount.objects.filter(key__in=words).values_list("holders", flat=True))


def test_words_are_counted_up_and_down_and_forgotten_at_none(world):
    pair = notified(world, a=person(DIALLO, BORN), b=person(JALLOW, BORN))
    assert counted(pair.entity_a) == [2, 2, 2]
    index.drop_keys(pair.entity_b)
    assert counted(pair.entity_a) == [1, 1, 1]
    index.drop_keys(pair.entity_a)
    assert not ValueCount.objects.exists()
    assert not MatchKey.objects.exists()
    assert not MatchProfile.objects.exists()
    assert KeyPopulation.objects.get().size == 0


def test_to_save_again_writes_no_key_anew(world):
    pair = notified(world)
    before = set(MatchKey.objects.values_list("pk", flat=True))
    counts = dict(ValueCount.objects.values_list("key", "holders"))
    index.write_keys(pair.entity_a, index.prepared_of(pair.entity_a))
    assert set(MatchKey.objects.values_list("pk", flat=True)) == before
    assert dict(ValueCount.objects.values_list("key", "holders")) == counts


def test_many_at_once_are_indexed_as_one_by_one(world):
    pair = notified(world)
    both = [(entity, index.prepared_of(entity)) for entity in (pair.entity_a, pair.entity_b)]

    def tables():
        return (
            sorted(MatchKey.objects.values_list("key", "kind", "profile__entity")),
            sorted(ValueCount.objects.values_list("key", "holders")),
            KeyPopulation.objects.get().size,
        )

    one_by_one = tables()
    for entity, _ in both:
        index.drop_keys(entity)
    index.write_many(both)
    assert tables() == one_by_one


def test_a_profile_holds_what_is_compared_and_no_sources_or_notes(world):
    pair = notified(world)
    packed = MatchProfile.objects.get(entity=pair.entity_a).packed
    assert packed == pack(index.prepared_of(pair.entity_a))
    assert "canary-a-notes" not in packed
    assert "canary-a-source" not in packed


@pytest.mark.django_db
def test_counts_take_different_steps_at_once():
    value_counts.change({1: 3, 2: 1, 3: 0})
    value_counts.change({1: -1, 2: -1, 4: 2})
    assert value_counts.holders([1, 2, 3, 4]) == {1: 2, 4: 2}
