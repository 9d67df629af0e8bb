"""The whole of authority, role by state, against a table that a lawyer can read.

`authority.csv` says who may do what, standing how to the object, in which states. Each rule is
asked about every role, every relation and every state; every answer must be the table's.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.lifecycle.erasure import ErasureState
from crosslight.core.lifecycle.handover import HandoverState
from crosslight.core.lifecycle.investigation import InvestigationState
from crosslight.core.lifecycle.match import HUMAN_MOVES, MatchState, MatchVerb
from crosslight.core.lifecycle.package import PackageState
from crosslight.core.policy import Actor, Denial, Facts, Relation, system_actor
from crosslight.core.policy.rules import EXCLUSIVE_TO_AUTHORITIES, RULES
from crosslight.core.vocabulary.coordination import AppealState, Route
from crosslight.core.vocabulary.people import AUTHORITY_ROLES, CONTRIBUTOR_ROLES, ActorKind, Role

TABLE = Path(__file__).with_name("authority.csv")
ACTOR = Actor(id="usr_me", organisation_id="org_me", unit_id="uni_me", country="XN", has_mfa=True)
# Facts in which exactly one relation holds, and in which none does.
STANDING: dict[Relation | None, Facts] = {
    None: Facts(),
    Relation.AUTHOR: Facts(author_id="usr_me"),
    Relation.OWN_ORGANISATION: Facts(organisation_id="org_me"),
    Relation.OWN_COUNTRY: Facts(country="XN"),
    Relation.OWN_UNIT: Facts(unit_ids=frozenset({"uni_me", "uni_other"})),
    Relation.PARTY_COUNTRY: Facts(countries=frozenset({"XN", "XS"})),
    Relation.RECIPIENT_UNIT: Facts(recipient_unit_ids=frozenset({"uni_me"})),
    Relation.GIVER_UNIT: Facts(giver_unit_id="uni_me"),
    Relation.RECEIVER_UNIT: Facts(receiver_unit_id="uni_me"),
}
# The same shapes, held by somebody else: none of them may open anything.
STRANGERS = (
    Facts(author_id="usr_other", organisation_id="org_other", country="XS"),
    Facts(unit_ids=frozenset({"uni_other"}), countries=frozenset({"XS"})),
    Facts(
        recipient_unit_ids=frozenset({"uni_other"}),
        giver_unit_id="uni_other",
        receiver_unit_id="uni_other",
    ),
)
STATES = sorted(
    {
        state.value
        for states in (
            ContributionState,
            InvestigationState,
            MatchState,
            HandoverState,
            AppealState,
            ErasureState,
            PackageState,
        )
        for state in states
    }
    | {""}
)
# What else may hold of the object, as the conditions of the table see it.
CONDITIONS = {
    "coordination_route": lambda facts: facts.route is Route.COORDINATION,
    "protection_route": lambda facts: facts.route is Route.PROTECTION,
    "handed_in": lambda facts: facts.is_handed_in,
    "not_restricted": lambda facts: not facts.is_restricted,
}
CIRCUMSTANCES = [
    {"route": route, "is_handed_in": is_handed_in, "is_restricted": is_restricted}
    for route, is_handed_in, is_restricted in product((None, *Route), (False, True), (False, True))
]


def read_table() -> dict[tuple[str, str], list[dict[str, str]]]:
    table: dict[tuple[str, str], list[dict[str, str]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault((row["action"], row["role"]), []).append(row)
    return table


EXPECTED = read_table()


def expected(action: str, role: Role, relation: Relation | None, facts: Facts) -> bool:
    for row in EXPECTED.get((action, role.value), []):
        stands = row["relation"] == "anyone" or row["relation"] == (relation and relation.value)
        in_state = row["states"] == "*" or facts.state in row["states"].split()
        holds = all(CONDITIONS[name](facts) for name in row["conditions"].split())
        if stands and in_state and holds:
            return True
    return False


def test_every_rule_is_in_the_table_and_every_row_has_a_rule() -> None:
    assert {action for action, _ in EXPECTED} == set(RULES)


@pytest.mark.parametrize("action", sorted(RULES))
def test_rule_answers_as_the_table_says_for_every_role_relation_state_and_circumstance(
    action,
) -> None:
    rule = RULES[action]
    allowed = 0
    for role, (relation, facts), state, also in product(
        Role, STANDING.items(), STATES, CIRCUMSTANCES
    ):
        actor = replace(ACTOR, roles=frozenset({role}))
        told = replace(facts, state=state, **also)
        decision = rule(actor, told)
        want = expected(action, role, relation, told)
        assert decision.allowed is want, (role, relation, told, decision.reason)
        assert decision.reason
        allowed += want
    assert allowed, "a rule that never says yes is dead"


@pytest.mark.parametrize("action", sorted(RULES))
def test_rule_is_closed_to_strangers_unless_it_needs_no_standing(action) -> None:
    needs_no_standing = {
        role
        for (name, role), rows in EXPECTED.items()
        if name == action and any(row["relation"] == "anyone" for row in rows)
    }
    for role, facts, state, also in product(Role, STRANGERS, STATES, CIRCUMSTANCES):
        if role.value in needs_no_standing:
            continue
        actor = replace(ACTOR, roles=frozenset({role}))
        assert not RULES[action](actor, replace(facts, state=state, **also)).allowed


@pytest.mark.parametrize("action", sorted(RULES))
def test_rule_is_closed_to_an_actor_without_place(action) -> None:
    """None equals None nowhere: an actor without organisation or unit is nobody's colleague."""
    for role, state, also in product(Role, STATES, CIRCUMSTANCES):
        actor = Actor(id="usr_x", roles=frozenset({role}), has_mfa=True)
        decision = RULES[action](actor, Facts(state=state, **also))
        assert decision.allowed is expected(action, role, None, Facts(state=state, **also))


def test_contributors_hold_no_power_of_an_authority() -> None:
    for action in EXCLUSIVE_TO_AUTHORITIES:
        for facts, state, also in product(STANDING.values(), STATES, CIRCUMSTANCES):
            actor = replace(ACTOR, roles=CONTRIBUTOR_ROLES)
            decision = RULES[action](actor, replace(facts, state=state, **also))
            assert decision.denial is Denial.ROLE


def test_the_powers_that_the_field_reserves_are_exclusive() -> None:
    reserved = {
        "contribution.validate",
        "contribution.prioritise",
        "contribution.disseminate",
        "investigation.approve",
        "entity.enter",
        "match.view",
        "match.answer",
        "match.agree",
        "handover.offer",
        "room.publish",
        "ledger.view",
        "erasure.confirm",
        "restriction.lift",
    }
    assert reserved <= EXCLUSIVE_TO_AUTHORITIES


def test_authority_roles_need_a_second_factor_and_contributors_do_not() -> None:
    for action, rule in RULES.items():
        for role, (relation, facts), state, also in product(
            Role, STANDING.items(), STATES, CIRCUMSTANCES
        ):
            actor = replace(ACTOR, roles=frozenset({role}), has_mfa=False)
            told = replace(facts, state=state, **also)
            decision = rule(actor, told)
            if role in AUTHORITY_ROLES:
                assert not decision.allowed
            else:
                assert decision.allowed is expected(action, role, relation, told)


def test_a_machine_needs_no_second_factor() -> None:
    machine = replace(
        ACTOR, kind=ActorKind.MACHINE, has_mfa=False, roles=frozenset({Role.UNIT_OFFICER})
    )
    facts = Facts(state="registered", unit_ids=frozenset({"uni_me"}))
    assert RULES["entity.enter"](machine, facts).allowed


def test_an_expired_mandate_is_said_to_be_expired() -> None:
    actor = replace(ACTOR, roles=frozenset(), expired_roles=frozenset({Role.INTAKE_VALIDATOR}))
    decision = RULES["contribution.validate"](actor, Facts(state="triage", country="XN"))
    assert decision.denial is Denial.MANDATE_EXPIRED


def test_the_nearest_miss_is_the_reason_given() -> None:
    actor = replace(ACTOR, roles=frozenset({Role.REPORTER}))
    own = Facts(organisation_id="org_me", state="received")
    assert RULES["contribution.edit"](actor, own).denial is Denial.STATE


def test_I4_the_system_itself_may_make_no_move_that_needs_a_human() -> None:
    rules = {
        MatchVerb.BOTH_SAME: "match.answer",
        MatchVerb.DECIDE_SEPARATE: "match.agree",
        MatchVerb.DECIDE_HANDOVER: "match.agree",
        MatchVerb.DECIDE_JOINT: "match.agree",
        MatchVerb.DECIDE_PROTECTION: "match.decide_protection",
    }
    assert set(rules) == HUMAN_MOVES
    for action in rules.values():
        for facts, state, also in product(STANDING.values(), STATES, CIRCUMSTANCES):
            assert not RULES[action](
                system_actor("clocks"), replace(facts, state=state, **also)
            ).allowed
