"""The whole story, played once for this module: what it leaves, counted by other ways."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crosslight.contributions.models import Contribution, Feedback
from crosslight.coordination.models import Decision, Handover, HandoverItem, Match
from crosslight.core.lifecycle.handover import HandoverState, ItemState
from crosslight.core.lifecycle.match import MatchState
from crosslight.core.vocabulary.coordination import DecisionKind
from crosslight.exercises.checklist import walked_steps
from crosslight.exercises.counting import tally
from crosslight.exercises.story import NothingRefused, play_story
from crosslight.exercises.timeline import Stage
from crosslight.exercises.worlds import Chapter
from crosslight.investigations.models import Entity
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries


@pytest.fixture(scope="module")
def before(stage: Stage) -> tuple[bool, ...]:
    """The ticks of the checklist before anything is played."""
    return tuple(step.is_done for step in walked_steps())


@pytest.fixture(scope="module")
def played(stage: Stage, before: tuple[bool, ...]) -> Any:
    titles = list(play_story(stage))
    assert titles == [chapter.title for chapter in stage.world.story]
    return tally()


def test_every_count_is_that_of_the_tables(played: Any, stage: Stage) -> None:
    assert played["contributions"]["submitted"] == (
        Contribution.objects.filter(submitted_at__isnull=False).count()
    )
    assert played["contributions"]["feedback"] == Feedback.objects.count()
    assert played["entities"] == Entity.objects.count() > len(stage.world.entities)
    assert played["matches"]["notified"] == Match.objects.count() == len(stage.world.planted) + 1
    assert played["ledger"]["verified"] is True
    assert played["ledger"]["entries"] > 800


def test_every_decision_was_taken_and_every_verdict_given(played: Any) -> None:
    assert set(Decision.objects.values_list("kind", flat=True)) == {
        kind.value for kind in DecisionKind
    }
    assert all(played["decisions"][kind.value] >= 1 for kind in DecisionKind)
    assert played["matches"]["same"] >= 1
    assert played["matches"]["not_same"] >= 1
    assert played["matches"]["cannot_tell"] >= 1


def test_handovers_were_answered_item_by_item(played: Any) -> None:
    states = set(HandoverItem.objects.values_list("state", flat=True))

    assert states == {ItemState.ACCEPTED.value, ItemState.REFUSED.value}
    assert set(Handover.objects.values_list("state", flat=True)) == {HandoverState.COMPLETED.value}


def test_protection_was_decided_without_a_word_to_investigators(played: Any) -> None:
    match = Match.objects.get(state=MatchState.PROTECTION_DECIDED.value)

    assert match.protection_choices.count() == 2


def test_refusals_are_on_record_with_their_codes(played: Any) -> None:
    refused = [item.entry for item in read_entries(act=Act.ACT_REFUSED.value)]

    assert len(refused) == played["refusals"] >= 5
    assert {entry.outcome for entry in refused} == {
        "denied:P-403",
        "denied:P-003",
        "denied:E-410",
    }
    assert all(entry.objects and entry.actor for entry in refused)


def test_the_story_ticks_what_a_visitor_would_tick(played: Any, before: tuple[bool, ...]) -> None:
    assert before == (False,) * 6
    assert [step.is_done for step in walked_steps()] == [True, True, True, True, True, False]


def test_a_refusal_that_does_not_happen_stops_the_story(played: Any, stage: Stage) -> None:
    allowed = {"do": "refused", "by": "luis", "act": "contribution.review", "key": "r-09"}
    story = (Chapter(title="Luis opens what he may open", acts=(allowed,)),)
    other = Stage(
        world=replace(stage.world, story=story), calendar=stage.calendar, ids=dict(stage.ids)
    )

    with pytest.raises(NothingRefused, match="luis"):
        list(play_story(other))
