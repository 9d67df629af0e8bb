"""Each rule's queryset twin gives exactly the rows that the rule allows."""

from __future__ import annotations

import random

from crosslight.coordination.services import entry
from crosslight.core.policy import Actor, rules
from crosslight.core.vocabulary.people import ActorKind, Role
from crosslight.investigations.models import Entity, Investigation
from crosslight.investigations.selectors import entities_for, facts_of, investigations_for
from tests.investigations.factories import person, registered, started

RULES = [
    rule for name, rule in rules.RULES.items() if name.startswith(("investigation.", "entity."))
]
RANDOM_ACTORS = 150
SEED = 20251122


def test_each_rule_and_its_queryset_agree(world):
    units = {
        world.unit_a.pk: (world.ndeye, world.fatou),
        world.unit_a2.pk: (world.officer_a2, world.head_a2),
        world.unit_b.pk: (world.ousman, world.lamin),
    }
    for officer, head in units.values():
        draft = started(officer)
        entry.enter_entity(actor=officer, investigation_id=draft.pk, draft=person())
        open_one = registered(officer, head)
        entry.enter_entity(actor=officer, investigation_id=open_one.pk, draft=person())
        closed = registered(officer, head)
        entry.close_investigation(actor=head, investigation_id=closed.pk)
    investigations = {row.pk: facts_of(row) for row in Investigation.objects.all()}
    entities = {row.pk: facts_of(row.investigation) for row in Entity.objects.all()}
    assert (len(investigations), len(entities)) == (9, 6)

    for actor in (*world.actors.values(), *random_actors([*units, world.unit_c.pk])):
        for rule in RULES:
            allowed = {pk for pk, facts in investigations.items() if rule(actor, facts)}
            assert {row.pk for row in investigations_for(actor, rule=rule)} == allowed
            seen = {pk for pk, facts in entities.items() if rule(actor, facts)}
            assert {row.pk for row in entities_for(actor, rule=rule)} == seen


def random_actors(units):
    chance = random.Random(SEED)
    for number in range(RANDOM_ACTORS):
        roles = frozenset(chance.sample(list(Role), k=chance.randint(0, 3)))
        yield Actor(
            id=f"usr_{number}",
            kind=chance.choice(list(ActorKind)),
            roles=roles,
            unit_id=chance.choice([None, *units]),
            country=chance.choice([None, "XN", "XS"]),
            has_mfa=chance.random() < 0.8,
        )
