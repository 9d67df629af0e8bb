"""The whole of authority, role by state, against a table that a lawyer can read.

`authority.csv` says who may do what, standing how to the object, in which states. Each rule is
asked about every role, every relation and every state; every answer must be the table's.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest

from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.lifecycle.erasure import ErasureState
from crosslight.core.lifecycle.handover import HandoverState
from crosslight.core.lifecycle.importing import ImportState
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
            ImportState,
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


# Each standing in each state under each circumstance, made once for all rules and roles.
TOLD = [
    (relation, replace(facts, state=state, **also))
    for (relation, facts), state, also in product(STANDING.items(), STATES, CIRCUMSTANCES)
]
ACTORS = {role: replace(ACTOR, roles=frozenset({role})) for role in Role}


@dataclass(frozen=True)
class Row:
    """`states` empty: any."""

    relation: str
    states: frozenset[str]
    conditions: tuple[Callable[[Facts], bool], ...]

    def allows(self, relation: Relation | None, facts: Facts) -> bool:
        stands = self.relation in {"anyone", relation}
        in_state = not self.states or facts.state in self.states
        return stands and in_state and all(holds(facts) for holds in self.conditions)


def read_table() -> dict[tuple[str, str], list[Row]]:
    table: dict[tuple[str, str], list[Row]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            states = frozenset() if row["states"] == "*" else frozenset(row["states"].split())
            conditions = tuple(CONDITIONS[name] for name in row["conditions"].split())
            found = Row(row["relation"], states, conditions)
            table.setdefault((row["action"], row["role"]), []).append(found)
    return table


EXPECTED = read_table()


def expected(action: str, role: Role, relation: Relation | None, facts: Facts) -> bool:
    return any(row.allows(relation, facts) for row in EXPECTED.get((action, role.value), ()))


def test_every_rule_is_in_the_table_and_every_row_has_a_rule() -> None:
    assert {action for action, _ in EXPECTED} == set(RULES)


@pytest.mark.parametrize("action", sorted(RULES))
def test_rule_answers_as_the_table_says_for_every_role_relation_state_and_circumstance(
    action,
) -> None:
    rule = RULES[action]
    allowed = 0
    for role, actor in ACTORS.items():
        rows = EXPECTED.get((action, role.value), [])
        for relation, told in TOLD:
            decision = rule(actor, told)
            want = bool(rows) and any(row.allows(relation, told) for row in rows)
            assert decision.allowed is want, (role, relation, told, decision.reason)
            assert decision.reason
            allowed += want
    assert allowed, "a rule that never says yes is dead"


@pytest.mark.parametrize("action", sorted(RULES))
def test_rule_is_closed_to_strangers_unless_it_needs_no_standing(action) -> None:
    needs_no_standing = {
        role
        for (name, role), rows in EXPECTED.items()
        if name == action and any(row.relation == "anyone" for row in rows)
    }
    told = [
        replace(facts, state=state, **also)
        for facts, state, also in product(STRANGERS, STATES, CIRCUMSTANCES)
    ]
    for role, actor in ACTORS.items():
        if role.value not in needs_no_standing:
            assert not any(RULES[action](actor, facts).allowed for facts in told)


@pytest.mark.parametrize("action", sorted(RULES))
def test_rule_is_closed_to_an_actor_without_place(action) -> None:
    """None equals None nowhere: an actor without organisation or unit is nobody's colleague."""
    without_standing = [told for relation, told in TOLD if relation is None]
    for role in Role:
        actor = Actor(id="usr_x", roles=frozenset({role}), has_mfa=True)
        for told in without_standing:
            decision = RULES[action](actor, told)
            assert decision.allowed is expected(action, role, None, told)


def test_contributors_hold_no_power_of_an_authority() -> None:
    actor = replace(ACTOR, roles=CONTRIBUTOR_ROLES)
    for action in EXCLUSIVE_TO_AUTHORITIES:
        assert all(RULES[action](actor, told).denial is Denial.ROLE for _, told in TOLD)


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
    """Whatever the table allows; without a factor nothing can be allowed that it does not."""
    for action, role in EXPECTED:
        actor = replace(ACTORS[Role(role)], has_mfa=False)
        for relation, told in TOLD:
            if expected(action, Role(role), relation, told):
                assert RULES[action](actor, told).allowed is (Role(role) not in AUTHORITY_ROLES)


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
