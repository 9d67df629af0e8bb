from __future__ import annotations

from dataclasses import replace

import pytest

from crosslight.coordination.services import protection, reading
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import ProtectionStep
from crosslight.core.vocabulary.people import ActorKind
from crosslight.foundation.errors import FieldErrors, NotAllowed, NotFoundOrHidden
from tests.coordination.factories import in_protection, notified


def decide(actor, pair, step=ProtectionStep.SAFETY_ACTION, **rest):
    said = {"reason": "Safe house", **rest}
    return protection.decide_protection(actor=actor, match_id=pair.match.pk, step=step, **said)


@pytest.mark.parametrize("step", [ProtectionStep.INFORM_WITH_CONSENT, ProtectionStep.INFORM_BY_LAW])
def test_to_inform_needs_a_consent_or_an_exception_on_record(world, step):
    pair = in_protection(world)
    with pytest.raises(FieldErrors) as refused:
        decide(world.vpo_a, pair, step)
    assert [fault.field for fault in refused.value.errors] == ["ground"]
    decide(world.vpo_a, pair, step, ground="Consent C-17")
    (choice,) = reading.consult_protection(
        actor=world.vpo_a, match_id=pair.match.pk, purpose="protection"
    ).choices
    assert (choice.step, choice.ground) == (step, "Consent C-17")


def test_an_officer_reads_the_step_of_the_other_country_and_not_its_reasons(world):
    pair = in_protection(world)
    decide(world.vpo_b, pair, ProtectionStep.INFORM_BY_LAW, reason="canary", ground="canary")
    view = reading.consult_protection(
        actor=world.vpo_a, match_id=pair.match.pk, purpose="protection"
    )
    assert view.choices[0].step == ProtectionStep.INFORM_BY_LAW
    assert "canary" not in str(view)
    assert view.actions == {"match.decide_protection"}


def test_national_points_read_and_do_not_decide(world):
    pair = in_protection(world)
    (view,) = reading.list_protection(actor=world.ncp_a)
    assert (view.id, view.actions) == (pair.match.pk, frozenset())
    with pytest.raises(NotAllowed):
        decide(world.ncp_a, pair)


def test_no_machine_decides(world):
    pair = in_protection(world)
    with pytest.raises(NotAllowed):
        decide(replace(world.vpo_a, kind=ActorKind.MACHINE), pair)


def test_an_ordinary_match_is_no_matter_of_protection(world):
    pair = notified(world)
    assert pair.match.state == MatchState.NOTIFIED
    with pytest.raises(NotFoundOrHidden):
        decide(world.vpo_a, pair)
    assert reading.list_protection(actor=world.vpo_a) == []


def test_a_reason_is_owed(world):
    pair = in_protection(world)
    with pytest.raises(FieldErrors):
        decide(world.vpo_a, pair, reason="")
