"""The operator's work: rebuild, resume, list what is common, explain a pair."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import (
    KeyPopulation,
    Match,
    MatchKey,
    MatchProfile,
    ValueCount,
)
from crosslight.coordination.services import entry, index, upkeep
from crosslight.core.entities.states import EntityState
from crosslight.core.matching import MODEL
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.ledger import selectors as ledger
from crosslight.ledger.acts import Act
from tests.coordination.factories import PHONE, draft_a, draft_b, investigations, notified
from tests.investigations.factories import person, said


def rebuilt(**options):
    done = []
    found = upkeep.rebuild_index(
        **{"batch": 10, "resume": False, "progress": done.append, **options}
    )
    return found, done


def tables():
    return (
        sorted(MatchKey.objects.values_list("key", "kind", "profile__entity")),
        sorted(ValueCount.objects.values_list("key", "holders")),
        sorted(MatchProfile.objects.values_list("entity", "unit", "packed")),
        KeyPopulation.objects.get().size,
    )


def emptied():
    """As the migration leaves it: entities, and nothing in the index."""
    for table in (MatchKey, ValueCount, MatchProfile):
        table.objects.all().delete()
    KeyPopulation.objects.update(size=0, release="")


def test_a_rebuild_fills_an_empty_index_as_entering_did(world):
    notified(world)
    before = tables()
    emptied()
    assert upkeep.needs_rebuild()
    steps = upkeep.entities_to_index()
    found, done = rebuilt(batch=1)
    assert tables() == before
    assert not upkeep.needs_rebuild()
    assert sum(done) == steps == 4
    assert (found.entities, found.keys, found.model) == (2, len(before[0]), MODEL)
    assert Match.objects.count() == 1
    (entry_,) = ledger.latest_entries(limit=5, act=Act.MATCH_INDEX_REBUILT.value)
    assert entry_.entry.actor == "system:console"


def test_a_rebuild_of_an_index_in_order_changes_nothing(world):
    notified(world)
    before = tables()
    rebuilt()
    assert tables() == before


def test_a_rebuild_finds_what_was_missed_while_the_index_was_empty(world):
    inv_a, inv_b = investigations(world)
    entry.enter_entity(actor=world.ousman, investigation_id=inv_b.pk, draft=draft_b())
    emptied()
    entry.enter_entity(actor=world.ndeye, investigation_id=inv_a.pk, draft=draft_a())
    assert not Match.objects.exists()
    rebuilt()
    assert Match.objects.count() == 1


def test_a_rebuild_drops_what_is_matched_no_more(world):
    pair = notified(world)
    pair.entity_a.__class__.objects.filter(pk=pair.entity_a.pk).update(
        state=EntityState.WITHDRAWN.value
    )
    rebuilt()
    assert not MatchProfile.objects.filter(entity=pair.entity_a).exists()
    assert KeyPopulation.objects.get().size == 1


def test_a_rebuild_that_broke_off_goes_on_after_its_last_batch(world):
    notified(world)
    before = tables()
    emptied()

    def break_off(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilt(batch=1, progress=break_off)
    assert MatchProfile.objects.count() == 1
    assert upkeep.needs_rebuild()
    _, done = rebuilt(batch=1, resume=True)
    assert sum(done) == 3
    assert tables() == before


def test_without_resume_or_under_another_release_it_begins_anew(world, monkeypatch):
    notified(world)
    emptied()

    def break_off(_done):
        raise KeyboardInterrupt

    for options in ({"resume": False}, {"resume": True}):
        with pytest.raises(KeyboardInterrupt):
            rebuilt(batch=1, progress=break_off)
        monkeypatch.setattr(index, "release", lambda: "another/1")
        _, done = rebuilt(batch=1, **options)
        assert sum(done) == 4
        monkeypatch.undo()


def test_an_index_of_another_release_is_said_to_need_a_rebuild(world, monkeypatch):
    assert not upkeep.needs_rebuild()
    notified(world)
    assert not upkeep.needs_rebuild()
    monkeypatch.setattr(index, "release", lambda: "another/1")
    assert upkeep.needs_rebuild()


def test_the_console_lists_common_values(world):
    _, inv = investigations(world)
    for number in range(21):
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=inv.pk,
            draft=person(said("name", f"Guesto{number}"), said("phone", PHONE)),
        )
    (found,) = upkeep.common_values()
    assert (found.kind, found.value, found.holders) == ("phone", "+447700900123", 21)
    assert found.since is not None


def test_a_pair_is_explained_by_ids_or_by_its_match_and_that_is_on_record(world):
    pair = notified(world)
    by_match = upkeep.explained_pair(left=pair.match.reference, right="")
    by_ids = upkeep.explained_pair(left=pair.entity_a.pk, right=pair.entity_b.pk)
    assert {by_match.left.id, by_match.right.id} == {pair.entity_a.pk, pair.entity_b.pk}
    assert by_ids.left.id == pair.entity_a.pk
    assert by_match.result.weight == pytest.approx(by_ids.result.weight)
    assert by_ids.result.band == pair.match.band
    assert "Momodou Jallow" in " ".join(item.sentence for item in by_ids.result.evidence)
    found = ledger.latest_entries(limit=5, act=Act.MATCH_EXPLAINED.value)
    assert [set(each.entry.objects) for each in found] == [{pair.entity_a.pk, pair.entity_b.pk}] * 2


@pytest.mark.parametrize(("left", "right"), [("M-9999", ""), ("ent_x", "ent_y")])
def test_what_is_not_there_cannot_be_explained(world, left, right):
    with pytest.raises(NotFoundOrHidden):
        upkeep.explained_pair(left=left, right=right)
