"""What both units called "not the same" is not asked again, but for a new strong value."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import Match, NotSamePair
from crosslight.coordination.services import entry, index, matching, upkeep
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.matching import COMMON_VALUE_HOLDERS
from crosslight.core.vocabulary.coordination import Verdict
from tests.coordination.factories import answered
from tests.investigations.factories import person, said

PASSPORT = said("passportNumber", "X7654321")


@pytest.fixture
def different(world):
    return answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME)


def add(pair, side, *statements):
    entity = getattr(pair, f"entity_{side}")
    entity.refresh_from_db()
    officer = {"a": pair.world.ndeye, "b": pair.world.ousman}[side]
    entry.add_statements(
        actor=officer, entity_id=entity.pk, version=entity.version, statements=list(statements)
    )


def test_to_save_it_again_asks_nothing(world, different):
    for entity in (different.entity_a, different.entity_b):
        matching.match_entity(entity)
    assert Match.objects.count() == 1


def test_weak_values_ask_nothing(world, different):
    weak = (
        said("alias", "Mamadou Diallo"),
        said("nationality", "gm"),
        said("address", "Quay road, Northport"),
    )
    add(different, "a", *weak)
    add(different, "b", *weak)
    assert Match.objects.count() == 1


def test_a_correction_of_what_was_known_asks_nothing(world, different):
    phone = different.entity_a.statements.get(property="phone")
    different.entity_a.refresh_from_db()
    entry.correct_statement(
        actor=world.ndeye,
        statement_id=phone.pk,
        version=different.entity_a.version,
        draft=said("phone", "07700 900123"),
    )
    assert Match.objects.count() == 1


def test_a_rebuild_asks_nothing(world, different):
    upkeep.rebuild_index(batch=1, resume=False, progress=lambda _done: None)
    assert Match.objects.count() == 1


def test_a_release_that_reads_the_same_values_otherwise_asks_nothing(world, different):
    """The numbers remembered are of no use to it; what was told by then is."""
    NotSamePair.objects.update(exact_keys=[1, 2, 3])
    upkeep.rebuild_index(batch=10, resume=False, progress=lambda _done: None)
    assert Match.objects.count() == 1


def test_a_new_shared_passport_asks_again(world, different):
    add(different, "a", PASSPORT)
    assert Match.objects.count() == 1
    add(different, "b", PASSPORT)
    assert Match.objects.count() == 2
    assert (different.match.state, different.match.occurrence) == (MatchState.NOTIFIED, 2)


def test_a_value_that_one_side_held_and_the_other_adds_asks_again(world, different):
    """Unit A had told of its passport; that unit B has the same one is news."""
    add(different, "b", said("passportNumber", "X0012345"))
    assert Match.objects.count() == 2


def test_a_new_value_that_very_many_hold_asks_nothing(world, different):
    shelter = said("phone", "+44 7700 900999")
    for number in range(COMMON_VALUE_HOLDERS + 1):
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=different.inv_b.pk,
            draft=person(said("name", f"Guesto{number}"), shelter),
        )
    before = Match.objects.count()
    add(different, "a", shelter)
    add(different, "b", shelter)
    assert Match.objects.count() == before


def test_what_is_remembered_are_numbers_and_no_values(world, different):
    (number,) = NotSamePair.objects.get().exact_keys
    assert number in index.keys_of(index.prepared_of(different.entity_a))
    assert isinstance(number, int)
