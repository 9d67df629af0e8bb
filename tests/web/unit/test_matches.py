"""K6 and K7: the inbox and a match, and invariant I1 on every page in every state."""

from __future__ import annotations

import pytest
from django.test import Client

from crosslight.coordination.models import Match
from crosslight.core.lifecycle.match import SET_IS_OPEN, MatchState
from crosslight.core.matching.model import Band
from crosslight.ledger.acts import Act
from tests.coordination.factories import Pair, acknowledged, in_state, notified
from tests.factories import World
from tests.web.signed_in import browser_of
from tests.web.unit.ledger import acts_on

_S = MatchState
PROTECTED = {_S.IN_PROTECTION, _S.PROTECTION_DECIDED}
# What the factories gave each side: never for the other, or only with the verification set.
NEVER = {
    "a": ("Momodou Jallow", "canary-a", "7788990011", "…011", "X0012345"),
    "b": ("Mamadou Diallo", "canary-b", "5566778800", "…800", "X0067890"),
}
IN_THE_SET = {"a": ("1987-03-14", "Seta A", "…345"), "b": ("Setb B", "…890")}


def match_address(pair: Pair, act: str = "") -> str:
    return f"/unit/matches/{pair.match.pk}/{act}"


@pytest.fixture
def ndeye(world: World) -> Client:
    return browser_of(world.ndeye)


@pytest.fixture
def ousman(world: World) -> Client:
    return browser_of(world.ousman)


@pytest.mark.parametrize("state", [state for state in _S if state not in PROTECTED])
def test_I1_no_page_shows_more_of_the_other_side_than_the_state_opens(
    world: World, ndeye: Client, ousman: Client, state: MatchState
) -> None:
    pair = in_state(world, state)
    sides = ((ndeye, "b", pair.inv_a, pair.entity_a), (ousman, "a", pair.inv_b, pair.entity_b))
    for browser, theirs, case, entity in sides:
        around = (
            "/unit/",
            "/unit/matches/?view=ours&weak=1",
            "/unit/matches/?view=theirs",
            "/unit/matches/?view=decided",
            "/unit/matches/?view=closed",
            f"/unit/investigations/{case.pk}/",
            f"/unit/investigations/records/{entity.pk}/",
            "/notices/",
        )
        for address in around:
            text = browser.get(address).content.decode()
            for mark in (*NEVER[theirs], *IN_THE_SET[theirs]):
                assert mark not in text, f"{mark} on {address} in {state}"
        response = browser.get(match_address(pair))
        text = response.content.decode()
        assert response.status_code == 200
        for mark in NEVER[theirs]:
            assert mark not in text, f"{mark} in {state}"
        for mark in IN_THE_SET[theirs]:
            assert (mark in text) is (state in SET_IS_OPEN), f"{mark} in {state}"


@pytest.mark.parametrize("state", sorted(PROTECTED))
def test_a_match_in_protection_is_no_page_of_a_unit(
    world: World, ndeye: Client, state: MatchState
) -> None:
    pair = in_state(world, state)

    hidden = ndeye.get(match_address(pair))
    missing = ndeye.get("/unit/matches/mat_01J0000000000000000000000A/")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert pair.match.pk not in ndeye.get("/unit/matches/").content.decode()


def test_third_units_and_contributors_find_no_match(world: World) -> None:
    pair = notified(world)
    for name in ("officer_c", "head_a2", "amina", "luis", "rco", "vpo_a"):
        browser = browser_of(world.actors[name])
        hidden = browser.get(match_address(pair))
        missing = browser.get("/unit/matches/mat_01J0000000000000000000000A/")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
        for act in ("acknowledge/", "answer/"):
            assert browser.post(match_address(pair, act)).status_code == 404


# --- C1 ---------------------------------------------------------------------------------------


def test_a_new_match_says_what_agrees_and_whom_to_call(world: World, ndeye: Client) -> None:
    pair = notified(world)

    page = ndeye.get(match_address(pair)).content.decode()

    assert "match with Unit B, Suderland" in page
    assert "The same phone number, and few others have it." in page
    assert "What differs, or what only one side holds, is not listed yet." in page
    assert "Duty officer of Unit B" in page
    assert "+44 7700 900100" in page
    assert "English, French" in page
    assert "Smuggling of migrants" in page
    assert page.count("btn-main") == 1
    assert Act.MATCH_CONSULTED in acts_on(pair.match.pk)


def test_the_set_opens_for_both_with_the_second_acknowledgement(
    world: World, ndeye: Client, ousman: Client
) -> None:
    pair = notified(world)

    waiting = ndeye.post(match_address(pair, "acknowledge/"), follow=True).content.decode()
    ousman.post(match_address(pair, "acknowledge/"))

    assert "You have acknowledged." in waiting
    assert "Side by side" not in waiting
    for browser, mark in ((ndeye, "Setb B"), (ousman, "Seta A")):
        page = browser.get(match_address(pair)).content.decode()
        assert "Side by side" in page
        assert mark in page


def test_acknowledging_again_changes_nothing(world: World, ndeye: Client) -> None:
    pair = notified(world)

    answers = [ndeye.post(match_address(pair, "acknowledge/")) for _ in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert pair.match.state == _S.NOTIFIED


def test_nothing_is_acknowledged_by_opening(world: World, ndeye: Client) -> None:
    pair = notified(world)

    assert ndeye.get(match_address(pair, "acknowledge/")).status_code == 405
    assert not pair.match.sides.exclude(acknowledged_at=None).exists()


# --- C2 ---------------------------------------------------------------------------------------


def test_both_sets_stand_side_by_side_in_words(world: World, ndeye: Client) -> None:
    page = ndeye.get(match_address(acknowledged(world))).content.decode()

    assert "Agrees as far as it is known" in page
    assert "Different as written" in page
    assert "Withheld by you" in page
    assert "Withheld by Unit B" in page
    assert "1987 (H1)" in page
    assert "H1: not in court without permission." in page
    assert "Record my answer" in page
    assert 'role="rowheader"' in page


def test_an_answer_is_blind_until_both_are_in(world: World, ndeye: Client, ousman: Client) -> None:
    pair = acknowledged(world)
    answer = {"verdict": "cannot_tell", "reason": "canary-why-a"}

    own = ndeye.post(match_address(pair, "answer/"), answer, follow=True).content.decode()
    before = ousman.get(match_address(pair)).content.decode()
    ousman.post(match_address(pair, "answer/"), {"verdict": "same", "reason": "canary-why-b"})
    after = ousman.get(match_address(pair)).content.decode()

    assert "canary-why-a" in own
    assert "Unit B has not answered yet." in own
    assert "Record my answer" not in own
    assert "Cannot tell</dd>" not in before.replace("<bdi", "").replace("</bdi>", "")
    assert '<h2 id="verdicts-title">' not in before
    assert "Cannot tell" in after
    assert "With the national points" in after
    assert "canary-why-a" not in after


def test_an_answer_needs_a_verdict_and_a_reason(world: World, ndeye: Client) -> None:
    pair = acknowledged(world)

    for data, sentence in (
        ({"reason": "the same scar"}, "Choose your answer"),
        ({"verdict": "same", "reason": " "}, "Say in one line why"),
        ({"verdict": "maybe", "reason": "x"}, "Select a valid choice"),
        ({"verdict": "same", "reason": "x" * 501}, "at most 500 characters"),
    ):
        response = ndeye.post(match_address(pair, "answer/"), data)
        assert response.status_code == 422
        assert sentence in response.content.decode()
    assert not pair.match.sides.exclude(verdict="").exists()


def test_an_answer_before_its_time_or_twice_is_refused(world: World, ndeye: Client) -> None:
    early = notified(world)
    answer = {"verdict": "same", "reason": "the same phone"}

    too_early = ndeye.post(match_address(early, "answer/"), answer)
    for name in ("ndeye", "ousman"):
        browser_of(world.actors[name]).post(match_address(early, "acknowledge/"))
    first = ndeye.post(match_address(early, "answer/"), answer)
    second = ndeye.post(match_address(early, "answer/"), answer | {"verdict": "not_same"})

    assert too_early.status_code == 409
    assert first.status_code == 302
    assert second.status_code == 409
    assert early.match.sides.get(unit=world.unit_a).verdict == "same"


def test_after_both_say_the_same_the_page_leads_to_the_decision(
    world: World, ndeye: Client
) -> None:
    pair = in_state(world, _S.CONFIRMED_SAME)

    page = ndeye.get(match_address(pair)).content.decode()

    assert f"/unit/matches/{pair.match.pk}/decide/" in page
    assert "The case of Unit B" in page
    assert "Suspected transporter" in page
    assert page.count("btn-main") == 1


# --- the inbox --------------------------------------------------------------------------------


def test_the_inbox_groups_by_whose_turn_it_is(world: World, ndeye: Client) -> None:
    pair = notified(world)

    ours = ndeye.get("/unit/matches/").content.decode()
    ndeye.post(match_address(pair, "acknowledge/"))
    empty = ndeye.get("/unit/matches/").content.decode()
    theirs = ndeye.get("/unit/matches/?view=theirs").content.decode()

    assert pair.match.reference in ours
    assert "Nothing to answer." in empty
    assert pair.match.reference in theirs
    assert "Unit B has not answered yet" in theirs


def test_weak_matches_are_counted_and_kept_back(world: World, ndeye: Client) -> None:
    pair = notified(world)
    Match.objects.filter(pk=pair.match.pk).update(band=Band.WEAK)

    hidden = ndeye.get("/unit/matches/").content.decode()
    shown = ndeye.get("/unit/matches/?weak=1").content.decode()

    assert "1 weak match is not shown." in hidden
    assert pair.match.reference not in hidden
    assert pair.match.reference in shown


@pytest.mark.parametrize("query", ["view=nowhere", "page=999", "page=-1", "view=%00"])
def test_odd_addresses_of_the_inbox_are_its_first_page(ndeye: Client, query: str) -> None:
    assert ndeye.get(f"/unit/matches/?{query}").status_code == 200


def test_an_overdue_match_says_so_in_words(world: World, ndeye: Client) -> None:
    pair = notified(world)
    match = pair.match
    match.acknowledge_by = match.notified_at.replace(year=match.notified_at.year - 1)
    match.save()

    assert "overdue by" in ndeye.get("/unit/matches/").content.decode()
    assert "overdue by" in ndeye.get(match_address(pair)).content.decode()
