from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings

from crosslight.accounts.models import Notice
from crosslight.config.environment import Mode
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import list_typologies
from crosslight.coordination.models import Handover, Match, RoomItem
from crosslight.core.lifecycle.handover import HandoverState
from crosslight.core.lifecycle.match import MatchState
from crosslight.custody.models import Package
from crosslight.custody.selectors import packages_at_desk
from crosslight.exercises.folders import FolderInUse
from crosslight.exercises.making import NotInPractice, has_world, make_world
from crosslight.exercises.timeline import Stage
from crosslight.foundation import clock
from crosslight.ledger.selectors import read_entries
from crosslight.ledger.verification import verify_database
from crosslight.partnerships.models import Partnership
from crosslight.review.selectors import QueueView, queue
from tests.exercises.test_worlds import PRACTISED

ANY_NUMBER = 100_000


def notified(stage: Stage) -> dict[frozenset[str], str]:
    """Keys of each matched pair, with the route that it took."""
    keys = {made: key for key, made in stage.ids.items()}
    return {
        frozenset({keys[match.low_entity_id], keys[match.high_entity_id]}): match.route
        for match in Match.objects.all()
    }


def test_exactly_the_planted_pairs_were_notified(stage: Stage) -> None:
    planted = {pair.keys: pair.route for pair in stage.world.planted}

    assert notified(stage) == planted


def test_no_look_alike_was_taken_for_a_match(stage: Stage) -> None:
    found = notified(stage)

    assert [pair.why for pair in stage.world.look_alikes if pair.keys in found] == []


def test_every_contribution_is_left_where_the_data_says(stage: Stage) -> None:
    states = dict(Contribution.objects.values_list("pk", "state"))

    assert {row.key: states[stage.id(row.key)] for row in stage.world.contributions} == {
        row.key: row.end for row in stage.world.contributions
    }
    assert set(states.values()) == PRACTISED


def test_a_match_waits_in_every_state_of_the_main_path(stage: Stage) -> None:
    states = Counter(Match.objects.values_list("state", flat=True))

    assert set(states) == {state.value for state in MatchState} - {
        MatchState.ANNULLED.value,
        MatchState.PROTECTION_DECIDED.value,
    }


def test_one_typology_is_in_the_library_and_one_waits_for_the_desk(stage: Stage) -> None:
    seen = list_typologies(actor=stage.actor("amina"))
    assert [each.content.title for each in seen] == ["Wages of a whole crew paid into one account"]
    assert queue(stage.actor("luis"), QueueView.NEW).filter(kind="typology").count() == 1


def test_there_is_open_work_for_everyone(stage: Stage) -> None:
    luis = stage.actor("luis")
    waiting = list(queue(luis, QueueView.DANGER))

    assert waiting
    assert queue(luis, QueueView.NEW).count() > len(waiting)
    assert Contribution.objects.filter(author_id=stage.id("amina"), state="draft").exists()
    assert Handover.objects.get().state == HandoverState.OFFERED
    assert RoomItem.objects.count() == 2
    for key in ("amina", "luis", "ndeye", "ousman", "fatou", "lamin", "nils", "vera", "awa"):
        assert Notice.objects.filter(user_id=stage.id(key), read_at=None).exists(), key


def test_files_wait_were_released_and_do_not_hold(stage: Stage) -> None:
    files = Package.objects.filter(handed_in_at__isnull=False)
    assert sorted(files.values_list("state", flat=True)) == ["released", "sealed", "sealed_failed"]
    released = files.get(state="released")
    steps = list(released.steps.values_list("step", flat=True))
    assert steps == ["capture", "intake", "transfer"]
    verification = released.annotations.get(kind="verification").body
    assert verification["signers"][0]["is_known"]
    assert set(packages_at_desk(stage.actor("luis"))) == set(files)


def test_only_protection_officers_and_national_points_know_of_a_possible_victim(
    stage: Stage,
) -> None:
    match = Match.objects.get(state=MatchState.IN_PROTECTION.value)
    told = set(Notice.objects.filter(object_id=match.pk).values_list("user_id", flat=True))

    assert told == {stage.id(key) for key in ("nils", "nafi", "vera", "awa")}


def test_its_past_lies_in_the_past_and_its_ledger_verifies(stage: Stage) -> None:
    entries = [item.entry.at for item in read_entries(limit=ANY_NUMBER)]

    assert verify_database().holds
    assert entries == sorted(entries)
    assert entries[-1] <= f"{clock.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    assert has_world()


def test_it_is_marked_as_an_exercise(stage: Stage) -> None:
    assert Partnership.objects.get().kind == Partnership.Kind.EXERCISE


def test_it_is_made_once(stage: Stage) -> None:
    with pytest.raises(FolderInUse):
        make_world()


def test_it_is_never_made_where_real_work_is_done(db: None) -> None:
    production = replace(settings.ENVIRONMENT, mode=Mode.PRODUCTION)

    with override_settings(ENVIRONMENT=production), pytest.raises(NotInPractice):
        make_world()

    assert not Partnership.objects.exists()


def test_it_is_never_made_beside_anything_else(world: object) -> None:
    with pytest.raises(FolderInUse):
        make_world()

    assert not has_world()
