"""Invariant I13 of procedures A.3 and A.6: who is protected."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.coordination.errors import ProtectedRecord
from crosslight.coordination.models import ReleasedValue
from crosslight.coordination.services import (
    entry,
    handovers,
    procedure,
    protection,
    reading,
)
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import (
    Audience,
    DecisionKind,
    EntityRole,
    ProtectionStep,
    Verdict,
    Visibility,
)
from crosslight.core.vocabulary.law import DataSubjectCategory
from crosslight.foundation import clock
from crosslight.foundation.errors import NotFoundOrHidden, WrongState
from crosslight.investigations.services import EntityChange
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from tests.coordination.factories import (
    acknowledged,
    closed,
    decided,
    draft_a,
    draft_b,
    in_protection,
    notified,
)
from tests.investigations.factories import person, said


def consulted(reader, pair):
    return reading.consult_match(actor=reader, match_id=pair.match.pk, purpose="coordination")


# --- I13 -------------------------------------------------------------------------------------

PROTECTED = {
    "by category": {"subject_category": DataSubjectCategory.POSSIBLE_VICTIM},
    "by role": {"role": EntityRole.POSSIBLE_VICTIM},
    "a witness": {"role": EntityRole.WITNESS},
    "said to be a child": {"is_minor": True},
    "by visibility": {"visibility": Visibility.VICTIM},
}


@pytest.mark.parametrize("why", PROTECTED)
@pytest.mark.parametrize("side", ["a", "b"])
def test_I13_a_protected_match_goes_to_protection_officers_and_national_points_only(
    world, why, side
):
    said_so = {**PROTECTED[why], "audience": Audience.MATCH_ONLY}
    drafts = {"a": draft_a, "b": draft_b}
    pair = notified(world, **{side: drafts[side](**said_so)})
    assert pair.match.state == MatchState.IN_PROTECTION
    assert pair.match.evidence == []
    notices = Notice.objects.filter(object_id=pair.match.pk)
    assert set(notices.values_list("user_id", flat=True)) == {
        actor.id for actor in (world.vpo_a, world.vpo_b, world.ncp_a, world.ncp_b)
    }
    assert set(notices.values_list("kind", flat=True)) == {NoticeKind.PROTECTION_NEEDED}
    assert notices.values("created_at").distinct().count() == 1


def test_I13_a_protected_match_never_takes_a_step_of_the_investigators_procedure(world):
    pair = in_protection(world)
    match_id = pair.match.pk
    for reader in (world.ndeye, world.fatou, world.ousman, world.lamin):
        steps = (
            lambda who: procedure.acknowledge_match(actor=who, match_id=match_id),
            lambda who: procedure.answer_match(
                actor=who, match_id=match_id, verdict=Verdict.SAME, reason="x"
            ),
            lambda who: consulted(who, pair),
        )
        for step in steps:
            with pytest.raises(NotFoundOrHidden):
                step(reader)
    assert pair.match.state == MatchState.IN_PROTECTION
    assert ReleasedValue.objects.count() == 0


def test_I13_officers_learn_no_case_data_and_no_unit_of_the_other_country(world):
    pair = in_protection(world)
    view = reading.consult_protection(
        actor=world.vpo_a, match_id=pair.match.pk, purpose="protection"
    )
    text = str(asdict(view))
    assert view.own_units == ("Unit A",)
    assert "Unit B" not in text
    for mark in ("canary", "Diallo", "Jallow", "1987", "…"):
        assert mark not in text
    assert view.countries == ("XN", "XS")
    assert view.has_role_conflict


def test_I13_who_turns_out_to_be_protected_leaves_the_investigators_screens_at_once(world):
    pair = acknowledged(world)
    open_match = pair.match
    entry.change_entity(
        actor=world.ousman,
        entity_id=pair.entity_b.pk,
        version=pair.entity_b.version,
        change=EntityChange(role=EntityRole.POSSIBLE_VICTIM),
    )
    open_match.refresh_from_db()
    assert open_match.state == MatchState.ANNULLED
    assert open_match.evidence == []
    assert ReleasedValue.objects.count() == 0
    assert (pair.match.state, pair.match.occurrence) == (MatchState.IN_PROTECTION, 2)
    told = Notice.objects.filter(object_id=pair.match.pk).values_list("user_id", flat=True)
    assert world.ndeye.id not in told
    assert world.vpo_a.id in told
    view = reading.consult_match(actor=world.ndeye, match_id=open_match.pk, purpose="coordination")
    assert (view.pointers, view.verification) == ((), ())
    assert "victim" not in str(asdict(view)).lower()


def test_I13_neither_does_a_closed_match_show_who_turns_out_to_be_protected(world):
    pair = closed(world)
    over = pair.match
    pair.entity_b.refresh_from_db()
    entry.change_entity(
        actor=world.ousman,
        entity_id=pair.entity_b.pk,
        version=pair.entity_b.version,
        change=EntityChange(role=EntityRole.POSSIBLE_VICTIM),
    )
    view = reading.consult_match(actor=world.ndeye, match_id=over.pk, purpose="coordination")
    assert view.state == MatchState.CLOSED
    assert not any(row.other for row in view.verification)
    last = read_entries(object_id=over.pk, act=Act.MATCH_SET_ERASED)[-1].entry
    assert last.actor == world.ousman.id


def test_I13_a_birth_date_entered_later_can_protect(world):
    pair = notified(world)
    entry.add_statements(
        actor=world.ndeye,
        entity_id=pair.entity_a.pk,
        version=pair.entity_a.version,
        statements=[said("birthDate", f"{clock.today().year - 12}-05-05")],
    )
    assert pair.match.state == MatchState.IN_PROTECTION


def test_I13_a_protected_record_enters_neither_handover_nor_room(world):
    victim = person(said("name", "Possible Victim"), role=EntityRole.POSSIBLE_VICTIM)
    pair = decided(world, DecisionKind.HANDOVER)
    other = entry.enter_entity(actor=world.ousman, investigation_id=pair.inv_b.pk, draft=victim)
    with pytest.raises(ProtectedRecord):
        handovers.add_item(actor=world.lamin, handover_id=pair.handover.pk, entity_id=other.pk)


def test_I13_the_officer_of_one_country_does_not_decide_for_the_other(world):
    pair = in_protection(world)
    step = {
        "match_id": pair.match.pk,
        "step": ProtectionStep.SAFETY_ACTION,
        "reason": "Safe house",
    }
    protection.decide_protection(actor=world.vpo_a, **step)
    assert pair.match.state == MatchState.IN_PROTECTION
    with pytest.raises(WrongState):
        protection.decide_protection(actor=world.vpo_a, **step)
    protection.decide_protection(actor=world.vpo_b, **step)
    assert pair.match.state == MatchState.PROTECTION_DECIDED
