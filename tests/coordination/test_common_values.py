"""A shelter's phone: found common, said to be, asked about, kept or lifted."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import CommonValue, Match, ValueAppeal
from crosslight.coordination.services import common_values, entry
from crosslight.coordination.services.common_values import (
    answer_appeal,
    appeal_common_value,
    common_values_held,
    list_common_values,
)
from crosslight.core.matching import COMMON_VALUE_HOLDERS, key_of
from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.coordination import AppealState
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.errors import (
    FieldErrors,
    NotAllowed,
    NotFoundOrHidden,
    WrongState,
)
from crosslight.ledger import selectors as ledger
from crosslight.ledger.acts import Act
from tests.coordination.factories import investigations
from tests.investigations.factories import person, said

SHELTER = "+44 7700 900999"


@pytest.fixture
def shelter(world, monkeypatch):
    """Unit B has entered as many guests as may share a phone; the next holder is one too many."""
    monkeypatch.setattr(common_values, "MOST_ROWS", 10)
    inv_a, inv_b = investigations(world)
    for number in range(COMMON_VALUE_HOLDERS):
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=inv_b.pk,
            draft=guest(f"Guesto{number} Ndurel{number}"),
        )
    return lambda name="Binta Sow": entry.enter_entity(
        actor=world.ndeye, investigation_id=inv_a.pk, draft=guest(name)
    )


def guest(name):
    return person(said("name", name), said("phone", SHELTER))


def acts_of(kind):
    return ledger.latest_entries(limit=50, act=kind.value)


def test_the_holder_too_many_makes_it_common_once_and_no_match_by_it(world, shelter):
    assert not CommonValue.objects.exists()
    entity = shelter()
    assert not Match.objects.exists()
    value = CommonValue.objects.get()
    assert value.key == key_of("phone:+447700900999")
    (found,) = acts_of(Act.VALUE_FOUND_COMMON)
    assert set(found.entry.objects) == {value.pk, entity.pk}
    shelter("Aliou Sow")
    assert len(acts_of(Act.VALUE_FOUND_COMMON)) == 1


def test_the_unit_is_told_that_its_value_makes_no_matches_and_no_number(world, shelter):
    entity = shelter()
    (held,) = common_values_held(entity)
    assert held.value == "+447700900999"
    assert not held.is_asked
    assert not hasattr(held, "holders")


def test_a_value_that_few_hold_is_not_said_to_be_common(world):
    inv_a, _ = investigations(world)
    entity = entry.enter_entity(
        actor=world.ndeye, investigation_id=inv_a.pk, draft=guest("Binta Sow")
    )
    assert common_values_held(entity) == ()


def test_oversight_and_the_regional_office_see_the_list_and_that_they_saw_it(world, shelter):
    shelter()
    for name in ("rco", "nuria", "auditor"):
        (row,) = list_common_values(actor=world.actors[name])
        assert (row.kind, row.value) == ("phone", "+447700900999")
        assert row.holders == COMMON_VALUE_HOLDERS + 1
        assert row.is_common
    assert len(acts_of(Act.VALUE_LISTED)) == 3


@pytest.mark.parametrize("name", ["ndeye", "fatou", "luis", "amina", "vpo_a"])
def test_nobody_else_sees_the_list(world, name):
    with pytest.raises(NotAllowed):
        list_common_values(actor=world.actors[name])


def test_a_value_that_fewer_hold_again_leaves_the_list(world, shelter):
    entity = shelter()
    with_entry = list_common_values(actor=world.rco)
    from crosslight.core.entities.states import WithdrawalReason

    entry.withdraw_entity(
        actor=world.ndeye, entity_id=entity.pk, reason=WithdrawalReason.ENTRY_ERROR
    )
    assert len(with_entry) == 1
    assert list_common_values(actor=world.rco) == []


# --- the appeal -------------------------------------------------------------------------------


def appealed(world, entity):
    (held,) = common_values_held(entity)
    return appeal_common_value(
        actor=world.fatou,
        entity_id=entity.pk,
        value_id=held.id,
        reason="The rank closed; one driver has the number now",
    )


def test_a_unit_head_asks_and_the_regional_office_reads_why(world, shelter):
    entity = shelter()
    appeal = appealed(world, entity)
    (row,) = list_common_values(actor=world.rco)
    assert row.appeal_id == appeal.pk
    assert row.appeal_unit == "Unit A"
    assert "one driver" in row.appeal_reason
    assert common_values_held(entity)[0].is_asked
    assert len(acts_of(Act.VALUE_APPEALED)) == 1


def test_it_is_asked_once_at_a_time(world, shelter):
    entity = shelter()
    appealed(world, entity)
    with pytest.raises(WrongState):
        appealed(world, entity)


def test_an_appeal_needs_a_reason(world, shelter):
    entity = shelter()
    (held,) = common_values_held(entity)
    with pytest.raises(FieldErrors):
        appeal_common_value(actor=world.fatou, entity_id=entity.pk, value_id=held.id, reason=" ")


@pytest.mark.parametrize(
    ("name", "error"),
    [("ndeye", NotAllowed), ("lamin", NotFoundOrHidden), ("rco", NotAllowed)],
    ids=["an officer", "another unit's head", "the office itself"],
)
def test_nobody_but_a_head_of_the_own_unit_asks(world, shelter, name, error):
    entity = shelter()
    (held,) = common_values_held(entity)
    with pytest.raises(error):
        appeal_common_value(
            actor=world.actors[name], entity_id=entity.pk, value_id=held.id, reason="Why"
        )
    assert not ValueAppeal.objects.exists()


def test_a_head_cannot_ask_about_what_the_record_does_not_hold(world, shelter):
    entity = shelter()
    for value_id in ("val_01J0000000000000000000000A", "nonsense"):
        with pytest.raises(NotFoundOrHidden):
            appeal_common_value(
                actor=world.fatou, entity_id=entity.pk, value_id=value_id, reason="Why"
            )


def test_a_value_that_is_lifted_makes_matches_again(world, shelter):
    entity = shelter("Guesto3 Ndurel3")
    appeal = appealed(world, entity)
    answer_appeal(
        actor=world.rco, appeal_id=appeal.pk, answer=AppealState.LIFTED, reason="Shown closed"
    )
    assert common_values_held(entity) == ()
    (row,) = list_common_values(actor=world.rco)
    assert row.lifted_at is not None
    assert not row.is_common
    again = shelter("Guesto4 Ndurel4")
    assert Match.objects.filter(sides__entity=again).exists()
    assert len(acts_of(Act.VALUE_LIFTED)) == 1


def test_a_lifted_value_is_common_again_past_ten_times_the_number(world, shelter, monkeypatch):
    entity = shelter()
    appeal = appealed(world, entity)
    answer_appeal(actor=world.rco, appeal_id=appeal.pk, answer=AppealState.LIFTED, reason="Yes")
    assert common_values_held(entity) == ()
    monkeypatch.setattr("crosslight.coordination.services.index.LIFTED_FACTOR", 1)
    assert len(common_values_held(entity)) == 1


def test_a_value_that_is_kept_stays_common_and_may_be_asked_about_again(world, shelter):
    entity = shelter()
    appeal = appealed(world, entity)
    kept = answer_appeal(
        actor=world.rco, appeal_id=appeal.pk, answer=AppealState.KEPT, reason="Still a rank"
    )
    assert (kept.state, kept.answer) == (AppealState.KEPT, "Still a rank")
    assert len(common_values_held(entity)) == 1
    assert len(acts_of(Act.VALUE_KEPT_COMMON)) == 1
    with pytest.raises(WrongState):
        answer_appeal(
            actor=world.rco, appeal_id=appeal.pk, answer=AppealState.LIFTED, reason="Or not"
        )
    appealed(world, entity)


@pytest.mark.parametrize("name", ["fatou", "nuria", "auditor", "ncp_a"])
def test_nobody_but_the_regional_office_answers(world, shelter, name):
    appeal = appealed(world, shelter())
    with pytest.raises(NotAllowed):
        answer_appeal(
            actor=world.actors[name], appeal_id=appeal.pk, answer=AppealState.LIFTED, reason="Me"
        )


def test_no_machine_answers_an_appeal(world, shelter):
    appeal = appealed(world, shelter())
    with pytest.raises(NotAllowed):
        answer_appeal(
            actor=system_actor("office", Role.REGIONAL_OFFICE),
            appeal_id=appeal.pk,
            answer=AppealState.LIFTED,
            reason="By itself",
        )
