from __future__ import annotations

from random import Random

import pytest

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import save_page, submit_contribution
from crosslight.core.indicators import AssessmentList
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import may_answer_input, may_view_input
from crosslight.core.vocabulary.contributions import ReturnCode
from crosslight.core.vocabulary.people import Role
from crosslight.foundation.scoping import scope
from crosslight.review.models import Dissemination, IntelligenceInput
from crosslight.review.selectors import (
    INPUT_COLUMNS,
    QueueView,
    assessment_of,
    facts_of_input,
    queue,
    usual_list,
)
from crosslight.review.services import consult_contribution, list_queue, return_contribution
from tests.contributions.factories import draft, received, red_flag
from tests.factories import World
from tests.review.factories import admitted, disseminated, in_triage


def inputs_to_every_set_of_units(world: World) -> list[IntelligenceInput]:
    first = disseminated(world)
    units = [world.unit_a, world.unit_a2, world.unit_b, world.unit_c]
    rows = [first]
    for number in range(16):
        row = IntelligenceInput.objects.get(pk=first.pk)
        row.pk, row.reference = f"int_{number:026d}", f"IN-0000-{number:04d}"
        row.country_id = ("XN", "XS")[number % 2]
        row.save(force_insert=True)
        for bit, unit in enumerate(units):
            if number >> bit & 1:
                Dissemination.objects.create(input=row, unit=unit)
        rows.append(row)
    return rows


def random_actor(world: World, chance: Random) -> Actor:
    known = [*world.actors.values()]
    return Actor(
        id=chance.choice(known).id,
        roles=frozenset(chance.sample(sorted(Role), chance.randint(0, 5))),
        organisation_id=chance.choice(known).organisation_id,
        unit_id=chance.choice([None, *(each.unit_id for each in known)]),
        country=chance.choice([None, "XN", "XS", "XO"]),
        has_mfa=chance.random() < 0.7,
    )


@pytest.mark.parametrize("rule", [may_view_input, may_answer_input], ids=lambda rule: rule.name)
def test_the_queryset_and_the_rule_say_the_same(world: World, rule: Rule) -> None:
    rows = inputs_to_every_set_of_units(world)
    facts = {row.pk: facts_of_input(row) for row in rows}
    chance = Random(rule.name)
    actors = [*world.actors.values(), *(random_actor(world, chance) for _ in range(60))]
    granted = 0
    for actor in actors:
        expected = {key for key, known in facts.items() if rule(actor, known).allowed}
        found = IntelligenceInput.objects.filter(scope(rule, actor, INPUT_COLUMNS))
        assert sorted(found.values_list("pk", flat=True)) == sorted(expected)
        granted += len(expected)
    assert granted > 0


def ids(rows: object) -> list[str]:
    return [row.pk for row in rows]


def test_each_view_of_the_queue_shows_its_part(world: World) -> None:
    draft(world.amina, red_flag())
    new = received(world.amina)
    danger = received(world.amina, danger=["child"])
    mine = in_triage(world)
    assert ids(queue(world.luis, QueueView.NEW)) == [danger.pk, new.pk]
    assert ids(queue(world.luis, QueueView.MINE)) == [mine.pk]
    assert ids(queue(world.luis, QueueView.DANGER)) == [danger.pk]
    assert ids(queue(world.luis, QueueView.WAITING)) == []
    assert ids(queue(world.luis)) == [danger.pk, new.pk, mine.pk]


def test_the_queue_of_another_country_is_empty(world: World) -> None:
    received(world.amina)
    assert list_queue(actor=world.foreign_desk) == ()


def test_the_queue_costs_the_same_for_few_and_many(world: World, django_assert_num_queries) -> None:
    for _ in range(3):
        received(world.amina)
    in_triage(world)
    with django_assert_num_queries(1):
        for row in queue(world.luis):
            assert row.organisation.country.name
            assert not hasattr(row, "triage") or row.triage.taken_by.name


def test_the_usual_list_follows_what_was_observed(world: World) -> None:
    def list_of(*indicator_ids: str, **changes: object) -> AssessmentList:
        observations = [{"indicator_id": each, "basis": "seen"} for each in indicator_ids]
        return usual_list(draft(world.amina, red_flag(observations=observations, **changes)))

    assert list_of("ILO-D1-02") is AssessmentList.ADULT_LABOUR
    assert list_of("ILO-D1-02", "ILO-D1-11") is AssessmentList.ADULT_SEXUAL
    assert list_of("ILO-D1-03", "ILO-D1-11") is AssessmentList.ADULT_LABOUR
    assert list_of("ILO-D1-02", danger=["child"]) is AssessmentList.CHILD_LABOUR


def test_an_assessment_reads_any_list_and_says_which(world: World) -> None:
    contribution = admitted(world)
    for list_name in AssessmentList:
        found = assessment_of(contribution, list_name=list_name)
        assert found.list_name is list_name
        assert found.sentences()


def test_an_erased_contribution_has_an_empty_assessment(world: World) -> None:
    contribution = Contribution(content={}, catalogue_version="0.1.0")
    assert not assessment_of(contribution).not_counted


def test_what_is_being_corrected_is_not_read_before_it_is_sent(world: World) -> None:
    contribution = in_triage(world, place="Harbour")
    return_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        codes=[ReturnCode.INCOHERENT],
        note="",
    )
    contribution.refresh_from_db()
    save_page(
        actor=world.amina,
        contribution_id=contribution.pk,
        version=contribution.version,
        page="where_when",
        values={"place": "canary-unsent"},
    )

    def read_at_the_desk() -> set[str]:
        [row] = list_queue(actor=world.luis)
        one = consult_contribution(
            actor=world.luis, contribution_id=contribution.pk, purpose="review"
        )
        return {row.content["place"], one.content["place"]}

    assert read_at_the_desk() == {"Harbour"}
    submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert read_at_the_desk() == {"canary-unsent"}
