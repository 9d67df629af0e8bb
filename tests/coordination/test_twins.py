"""Each rule's queryset twin gives exactly the rows that the rule allows."""

from __future__ import annotations

import random

import pytest

from crosslight.coordination.models import Handover, JointRoom, Match, MatchKey
from crosslight.coordination.selectors.scopes import (
    facts_of_handover,
    facts_of_match,
    facts_of_room,
    handovers_for,
    matches_for,
    rooms_for,
)
from crosslight.coordination.services import handovers
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.policy import Actor, rules
from crosslight.core.vocabulary.coordination import DecisionKind, Verdict
from crosslight.core.vocabulary.people import ActorKind, Role
from tests.coordination.factories import (
    PHONE,
    answered,
    decided,
    in_protection,
    in_state,
    protection_decided,
)
from tests.investigations.factories import person, said

MATCH_RULES = [rule for name, rule in rules.RULES.items() if name.startswith("match.")]
HANDOVER_RULES = [rule for name, rule in rules.RULES.items() if name.startswith("handover.")]
ROOM_RULES = [rule for name, rule in rules.RULES.items() if name.startswith("room.")]
RANDOM_ACTORS = 120
SEED = 20251121


@pytest.fixture
def rows(world):
    """Matches in many states between the same two units, handovers and a room among them."""
    for state in (
        MatchState.NOTIFIED,
        MatchState.ACKNOWLEDGED,
        MatchState.CONFIRMED_SAME,
        MatchState.DELIBERATION,
        MatchState.ANNULLED,
    ):
        in_state(world, state)
        forget_keys()
    answered(world, Verdict.NOT_SAME, Verdict.NOT_SAME)
    forget_keys()
    for kind in DecisionKind:
        decided(world, kind)
        forget_keys()
    plain = person(said("name", "Mamadou Diallo"), said("phone", PHONE))
    offered = decided(world, DecisionKind.HANDOVER, b=plain)
    forget_keys()
    handovers.add_item(
        actor=world.lamin, handover_id=offered.handover.pk, entity_id=offered.entity_b.pk
    )
    handovers.offer_handover(
        actor=world.lamin, handover_id=offered.handover.pk, receiver_typed="Unit A"
    )
    in_protection(world)
    forget_keys()
    protection_decided(world)
    return world


def forget_keys():
    """So that the next pair finds only each other."""
    MatchKey.objects.all().delete()


def random_actors(world):
    chance = random.Random(SEED)
    units = [unit.pk for unit in (world.unit_a, world.unit_a2, world.unit_b, world.unit_c)]
    for number in range(RANDOM_ACTORS):
        roles = frozenset(chance.sample(list(Role), k=chance.randint(0, 3)))
        yield Actor(
            id=f"usr_{number}",
            kind=chance.choice(list(ActorKind)),
            roles=roles,
            expired_roles=frozenset(chance.sample(list(Role), k=1)) - roles,
            unit_id=chance.choice([None, *units]),
            country=chance.choice([None, "XN", "XS", "XO"]),
            has_mfa=chance.random() < 0.8,
        )


def assert_twins(actors, *, rules_of_rows, queryset, all_rows, facts_of):
    facts = {row.pk: facts_of(row) for row in all_rows}
    assert facts
    for actor in actors:
        for rule in rules_of_rows:
            allowed = {pk for pk, known in facts.items() if rule(actor, known)}
            found = [row.pk for row in queryset(actor, rule=rule)]
            assert sorted(found) == sorted(allowed), (rule.name, actor)


def test_each_rule_and_its_queryset_agree(rows):
    actors = [*rows.actors.values(), *random_actors(rows)]
    assert {match.state for match in Match.objects.all()} >= {
        "notified",
        "acknowledged",
        "not_same",
        "confirmed_same",
        "deliberation",
        "separate",
        "handover",
        "joint",
        "annulled",
        "in_protection",
        "protection_decided",
    }
    assert_twins(
        actors,
        rules_of_rows=MATCH_RULES,
        queryset=matches_for,
        all_rows=Match.objects.all(),
        facts_of=facts_of_match,
    )
    assert_twins(
        actors,
        rules_of_rows=HANDOVER_RULES,
        queryset=handovers_for,
        all_rows=Handover.objects.all(),
        facts_of=facts_of_handover,
    )
    assert_twins(
        actors,
        rules_of_rows=ROOM_RULES,
        queryset=rooms_for,
        all_rows=JointRoom.objects.all(),
        facts_of=facts_of_room,
    )
