"""Inputs from desks: read by the units they were sent to, answered by a code."""

from __future__ import annotations

from crosslight.core.vocabulary.contributions import FeedbackCode
from crosslight.review.models import IntelligenceInput
from tests.factories import World
from tests.review.factories import disseminated
from tests.web.unit.asking import body, get, page, post

HIDDEN = "int_" + "0" * 26


def sent_to_a(world: World) -> IntelligenceInput:
    found = disseminated(world)
    assert [copy.unit_id for copy in found.disseminations.all()] == [world.unit_a.pk]
    return found


def test_an_input_is_read_and_begins_a_case(world: World) -> None:
    found = sent_to_a(world)

    assert "New" in page(world.ndeye, "inputs")
    seen = page(world.ndeye, "input", found.pk)

    assert found.title in seen
    assert found.contributor_pseudonym in seen
    assert "Harbour House" not in seen
    assert f"?input={found.pk}" in seen
    assert "Opened" in page(world.ndeye, "inputs")


def test_the_unit_says_once_of_what_use_it_was(world: World) -> None:
    found = sent_to_a(world)

    assert post(world.ndeye, "input_useful", found.pk).status_code == 422
    assert post(world.ndeye, "input_useful", found.pk, code="LOVELY").status_code == 422
    assert (
        post(world.ndeye, "input_useful", found.pk, code=FeedbackCode.USEFUL_NEW).status_code == 302
    )

    after = page(world.colleague, "input", found.pk)
    assert "Useful: it told us something new" in after
    assert "Tell the desk" not in after
    assert "Answered" in page(world.ndeye, "inputs")


def test_an_input_for_another_unit_is_as_absent_as_none(world: World) -> None:
    found = sent_to_a(world)

    for stranger in (world.ousman, world.officer_a2, world.amina, world.nuria):
        hidden, absent = get(stranger, "input", found.pk), get(stranger, "input", HIDDEN)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    refused = post(world.ousman, "input_useful", found.pk, code=FeedbackCode.USEFUL_NEW)
    assert refused.status_code == 404
    assert found.title not in body(refused)
    assert "No input yet." in page(world.ousman, "inputs")
