from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from crosslight.core.lifecycle.contribution import (
    CONTRIBUTION,
    ContributionState,
    ContributionVerb,
)
from crosslight.core.policy import Actor, Facts
from crosslight.core.policy.rules import may_validate_contribution
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock, errors
from crosslight.foundation.guard import advance, require
from crosslight.foundation.identifiers import is_id, new_id, new_receipt_code
from crosslight.foundation.transactions import act, own_act, sole_act

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_clock_is_utc_and_can_be_set_for_one_block() -> None:
    assert clock.now().tzinfo is UTC
    with clock.at(MOMENT):
        assert clock.now() == MOMENT
        with clock.later(timedelta(hours=2)):
            assert clock.now() == MOMENT + timedelta(hours=2)
        assert clock.now() == MOMENT
    assert clock.now() > MOMENT


def test_identifiers_are_opaque_ordered_by_time_and_know_their_kind() -> None:
    with clock.at(MOMENT):
        early = new_id("con")
    with clock.at(MOMENT + timedelta(seconds=1)):
        late = new_id("con")
    assert early < late
    assert is_id(early, kind="con")
    assert not is_id(early, kind="mat")
    for bad in ("", "con_", early + "x", early.upper(), f"con_{'u' * 26}", "con_../../etc/passwd"):
        assert not is_id(bad, kind="con")


def test_identifiers_do_not_collide() -> None:
    assert len({new_id("ent") for _ in range(10_000)}) == 10_000


def test_receipt_codes_can_be_copied_by_hand() -> None:
    code = new_receipt_code()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)


def all_errors(kind: type[errors.CrosslightError]) -> list[type[errors.CrosslightError]]:
    return [kind, *(sub for child in kind.__subclasses__() for sub in all_errors(child))]


@pytest.mark.parametrize("kind", all_errors(errors.CrosslightError))
def test_every_error_says_what_happened_what_is_safe_and_what_to_do(kind) -> None:
    assert kind.what.endswith(".")
    assert kind.safe.endswith(".")
    assert kind.remedy.endswith(".")
    assert re.fullmatch(r"[A-Z]-\d{3}", kind.code)


def test_a_refusal_carries_the_policy_s_reason() -> None:
    with pytest.raises(errors.NotAllowed, match="Your role does not include this"):
        require(may_validate_contribution, Actor(id="usr_x", roles=frozenset({Role.REPORTER})))


@pytest.mark.parametrize(
    ("actor", "state", "error"),
    [
        (
            Actor(id="a", expired_roles=frozenset({Role.INTAKE_VALIDATOR})),
            "triage",
            errors.MandateExpired,
        ),
        (Actor(id="a", roles=frozenset({Role.INTAKE_VALIDATOR})), "triage", errors.MfaRequired),
        (
            Actor(id="a", roles=frozenset({Role.INTAKE_VALIDATOR}), has_mfa=True, country="XN"),
            "draft",
            errors.WrongState,
        ),
    ],
)
def test_each_denial_becomes_its_own_error(actor, state, error) -> None:
    with pytest.raises(error):
        require(may_validate_contribution, actor, Facts(state=state, country="XN"))


def test_a_move_outside_the_procedure_is_a_conflict() -> None:
    with pytest.raises(errors.WrongState):
        advance(CONTRIBUTION, ContributionState.DRAFT, ContributionVerb.VALIDATE)


@pytest.mark.django_db(transaction=True)
def test_an_act_inside_an_act_does_not_wait_for_itself() -> None:
    with act(), sole_act(), act():
        assert connection.in_atomic_block
    with own_act():
        assert connection.in_atomic_block
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_a_failed_act_lets_the_next_one_in() -> None:
    with pytest.raises(ZeroDivisionError), act():
        _ = 1 / 0
    with act():
        assert connection.in_atomic_block
