from __future__ import annotations

from random import Random

import pytest

from crosslight.contributions.models import Contribution, ContributionImport
from crosslight.contributions.selectors import (
    contribution_for,
    contributions_for,
    facts_of,
    facts_of_import,
    imports_for,
    own_contributions,
)
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.lifecycle.importing import ImportState
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy import rules as all_rules
from crosslight.core.vocabulary.people import ActorKind, Role
from crosslight.foundation.errors import NotFoundOrHidden
from tests.factories import World

RULES = (
    all_rules.may_view_own_contribution,
    all_rules.may_edit_contribution,
    all_rules.may_submit_contribution,
    all_rules.may_answer_question,
    all_rules.may_withdraw_contribution,
    all_rules.may_review_contribution,
    all_rules.may_take_contribution,
    all_rules.may_return_contribution,
    all_rules.may_refuse_contribution,
    all_rules.may_validate_contribution,
    all_rules.may_ask_question,
    all_rules.may_prioritise_contribution,
    all_rules.may_drop_contribution,
    all_rules.may_disseminate_contribution,
    all_rules.may_close_contribution,
    all_rules.may_give_feedback,
)
RANDOM_ACTORS = 60


def rows_in_every_state(world: World) -> list[Contribution]:
    authors = (
        (world.shelter, world.amina),
        (world.shelter, world.preparer),
        (world.union, world.other_reporter),
        (world.bank, world.banker),
    )
    return Contribution.objects.bulk_create(
        Contribution(
            organisation=organisation,
            country_id=organisation.country_id,
            author_id=author.id,
            kind="red_flag_report",
            state=state.value,
            catalogue_version="0.1.0",
        )
        for organisation, author in authors
        for state in ContributionState
    )


def random_actor(world: World, chance: Random) -> Actor:
    known = [*world.actors.values()]
    return Actor(
        id=chance.choice(known).id,
        kind=chance.choice([ActorKind.PERSON, ActorKind.MACHINE]),
        roles=frozenset(chance.sample(sorted(Role), chance.randint(0, 5))),
        expired_roles=frozenset(chance.sample(sorted(Role), 2)),
        organisation_id=chance.choice([None, *(each.organisation_id for each in known)]),
        unit_id=chance.choice([None, *(each.unit_id for each in known)]),
        country=chance.choice([None, "XN", "XS", "XO"]),
        has_mfa=chance.random() < 0.7,
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_queryset_and_the_rule_say_the_same(world: World, rule: Rule) -> None:
    rows = rows_in_every_state(world)
    chance = Random(rule.name)
    actors = [*world.actors.values()]
    actors += [random_actor(world, chance) for _ in range(RANDOM_ACTORS)]
    granted = 0
    for actor in actors:
        expected = {row.pk for row in rows if rule(actor, facts_of(row)).allowed}
        assert set(contributions_for(rule, actor).values_list("pk", flat=True)) == expected
        granted += len(expected)
    assert granted > 0


@pytest.mark.parametrize("name", ["ndeye", "fatou", "ncp_a", "rco", "nuria", "auditor", "vpo_a"])
def test_units_and_overseers_read_no_contribution(world: World, name: str) -> None:
    rows_in_every_state(world)
    for rule in RULES:
        assert not contributions_for(rule, world.actors[name]).exists()


@pytest.mark.parametrize("contribution_id", ["", "con_", "con_\0", "1; drop", "x" * 5000])
def test_what_is_no_identifier_is_not_found(world: World, contribution_id: str) -> None:
    with pytest.raises(NotFoundOrHidden):
        contribution_for(all_rules.may_view_own_contribution, world.amina, contribution_id)


def test_the_newest_comes_first(world: World) -> None:
    rows = rows_in_every_state(world)
    own = [each for each in rows if each.organisation_id == world.shelter.pk]
    assert {each.pk for each in own_contributions(world.lead)} == {each.pk for each in own}
    times = [each.created_at for each in own_contributions(world.lead)]
    assert times == sorted(times, reverse=True)


IMPORT_RULES = (
    all_rules.may_view_import,
    all_rules.may_match_columns,
    all_rules.may_accept_import,
    all_rules.may_continue_import,
    all_rules.may_take_bad_rows,
    all_rules.may_end_import,
)


def imports_in_every_state(world: World) -> list[ContributionImport]:
    return ContributionImport.objects.bulk_create(
        ContributionImport(
            organisation=organisation,
            author_id=author.id,
            kind="red_flag_report",
            state=state.value,
            form="csv",
            size=1,
            sha256="0" * 64,
            row_count=1,
        )
        for organisation, author in (
            (world.shelter, world.amina),
            (world.union, world.other_reporter),
        )
        for state in ImportState
    )


@pytest.mark.parametrize("rule", IMPORT_RULES, ids=lambda rule: rule.name)
def test_the_queryset_of_imports_and_the_rule_say_the_same(world: World, rule: Rule) -> None:
    rows = imports_in_every_state(world)
    chance = Random(rule.name)
    actors = [*world.actors.values()]
    actors += [random_actor(world, chance) for _ in range(RANDOM_ACTORS)]
    granted = 0
    for actor in actors:
        expected = {row.pk for row in rows if rule(actor, facts_of_import(row)).allowed}
        assert set(imports_for(rule, actor).values_list("pk", flat=True)) == expected
        granted += len(expected)
    assert granted > 0
