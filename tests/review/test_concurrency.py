"""Two people, one contribution, the same moment: one act, one refusal, nothing done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from crosslight.contributions.models import Contribution
from crosslight.contributions.services import save_page, submit_contribution
from crosslight.foundation.errors import Conflict
from crosslight.review.models import IntelligenceInput
from crosslight.review.services import disseminate, take_contribution
from tests.contributions.factories import draft, received, red_flag
from tests.factories import DESK_ROLES, World, add_actor
from tests.review.factories import prioritised

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or raised, all started together, each on its own connection."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=30)
            return act()
        except Conflict as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refused(outcomes: list[object]) -> int:
    return sum(isinstance(outcome, Conflict) for outcome in outcomes)


def test_two_officers_take_one_contribution(world: World) -> None:
    colleague = add_actor("Maren Example", roles=DESK_ROLES, organisation=world.desk)
    contribution = received(world.amina)
    outcomes = at_once(
        lambda: take_contribution(actor=world.luis, contribution_id=contribution.pk),
        lambda: take_contribution(actor=colleague, contribution_id=contribution.pk),
    )
    assert refused(outcomes) == 1


def test_a_report_sent_twice_is_received_once(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    outcomes = at_once(
        *[
            lambda: submit_contribution(actor=world.amina, contribution_id=contribution.pk)
            for _ in range(3)
        ]
    )
    assert refused(outcomes) == 2
    assert contribution.sent_versions.count() == 1


def test_of_two_saves_of_one_version_one_is_kept_and_one_is_told(world: World) -> None:
    contribution = draft(world.amina)

    def save(text: str) -> Callable[[], object]:
        return lambda: save_page(
            actor=world.amina,
            contribution_id=contribution.pk,
            version=1,
            page="words",
            values={"facts": text},
        )

    assert refused(at_once(save("First text"), save("Second text"))) == 1
    assert Contribution.objects.get(pk=contribution.pk).version == 2


def test_two_inputs_at_once_get_two_references(world: World) -> None:
    contributions = [prioritised(world), prioritised(world)]

    def send(contribution: Contribution) -> Callable[[], object]:
        return lambda: disseminate(
            actor=world.luis,
            contribution_id=contribution.pk,
            unit_ids=[world.unit_a.pk],
            title="Title",
            body="Body",
        )

    assert refused(at_once(*map(send, contributions))) == 0
    references = IntelligenceInput.objects.values_list("reference", flat=True)
    assert len(set(references)) == 2
