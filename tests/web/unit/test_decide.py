"""K8: two heads decide; each page says to each side what its state allows, and no more."""

from __future__ import annotations

import pytest

from crosslight.coordination.models import Decision, Proposal
from crosslight.coordination.services import decisions
from crosslight.core.lifecycle.match import HEADER_IS_OPEN, MatchState
from crosslight.core.vocabulary.coordination import DecisionKind, OutcomeCode
from crosslight.foundation import clock
from tests.coordination.factories import (
    IN_STATE,
    acknowledged,
    confirmed,
    decided,
    in_state,
    proposed,
    terms,
)
from tests.factories import World
from tests.web.unit.asking import HIDDEN_MATCH, body, get, in_three, page, post

NEXT_YEAR = f"{clock.today().year + 1}-06-30"
COORDINATED = sorted(set(IN_STATE) - {MatchState.IN_PROTECTION, MatchState.PROTECTION_DECIDED})


def test_the_heads_decide_from_the_sheet_to_the_record(world: World) -> None:
    pair = confirmed(world)
    match = pair.match.pk
    separate = {"kind": "SEPARATE", "boundary": "A: quay. B: road.", **in_three("until", NEXT_YEAR)}

    assert post(world.fatou, "criteria", match, delay="Six weeks at most").status_code == 302
    sent = post(world.fatou, "propose", match, reason="Only the phone is shared", **separate)
    assert sent.status_code == 302
    assert "Waiting for Unit B." in page(world.fatou, "decide", match)
    seen = page(world.lamin, "decide", match)
    assert "Your turn." in seen
    assert "Six weeks at most" in seen
    assert "A: quay. B: road." in seen

    counter = {"kind": "HANDOVER", "giver": world.unit_b.pk, "gives": "The sighting of the van"}
    post(world.lamin, "propose", match, reason="Our file is one plate", **counter)
    assert "Hand over: Unit B gives to Unit A" in page(world.fatou, "decide", match)
    theirs = Proposal.objects.get(unit=world.unit_b, superseded_at=None)
    assert post(world.fatou, "agree", match, theirs.pk, reason="Yes").status_code == 302

    decision = Decision.objects.get()
    for head in (world.fatou, world.lamin):
        record = page(head, "decide", match)
        assert decision.reference in record
        assert "Fatou Example" in record
        assert "Lamin Example" in record
        assert "Open the handover" in record


def test_the_other_column_of_the_sheet_opens_with_the_first_proposal(world: World) -> None:
    pair = confirmed(world)
    before = page(world.fatou, "decide", pair.match.pk) + page(
        world.fatou, "criteria", pair.match.pk
    )
    decisions.propose_decision(
        actor=world.lamin,
        match_id=pair.match.pk,
        kind=DecisionKind.SEPARATE,
        terms=terms(pair, DecisionKind.SEPARATE),
        reason="column-b",
    )
    after = page(world.fatou, "criteria", pair.match.pk)

    assert "sheet-a" in before
    assert "sheet-b" not in before
    assert "sheet-b" in after


def test_each_kind_of_decision_has_its_own_terms(world: World) -> None:
    pair = confirmed(world)

    joint = body(get(world.fatou, "propose", pair.match.pk, query="?kind=JOINT"))
    handover = body(get(world.fatou, "propose", pair.match.pk, query="?kind=HANDOVER"))

    assert "Lead unit" in joint
    assert "Who gives to whom?" not in joint
    assert "Unit B gives to Unit A" in handover
    assert get(world.fatou, "propose", pair.match.pk, query="?kind=MERGE").status_code == 302


def test_a_counter_proposal_begins_from_what_stands_but_not_from_their_reason(
    world: World,
) -> None:
    pair = proposed(world)

    form = body(get(world.lamin, "propose", pair.match.pk, query="?kind=SEPARATE"))

    assert "Unit A covers the quay, unit B the road" in form
    assert f'value="{clock.today().year + 1}"' in form
    assert "column-a" not in form


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(world: World) -> None:
    pair = confirmed(world)
    late = in_three("until", "2020-01-31")

    empty = post(world.fatou, "propose", pair.match.pk, kind="SEPARATE", boundary="A: quay.")
    past = post(
        world.fatou, "propose", pair.match.pk, kind="SEPARATE", boundary="A", reason="r", **late
    )
    nobody = post(
        world.fatou, "propose", pair.match.pk, kind="HANDOVER", giver="uni_x", gives="g", reason="r"
    )

    assert empty.status_code == past.status_code == nobody.status_code == 422
    assert "Until: fill this in" in body(empty)
    assert "Say why you propose this" in body(empty)
    assert "A: quay." in body(empty)
    assert "This is not a date to come." in body(past)
    assert not Proposal.objects.exists()


def test_to_agree_needs_a_reason(world: World) -> None:
    pair = proposed(world)
    standing = pair.match.proposals.get()

    answer = post(world.lamin, "agree", pair.match.pk, standing.pk, reason=" ")

    assert answer.status_code == 422
    assert "Say why you agree" in body(answer)
    assert not Decision.objects.exists()


def test_a_proposal_that_was_replaced_cannot_be_agreed_to(world: World) -> None:
    pair = proposed(world)
    old = pair.match.proposals.get()
    decisions.propose_decision(
        actor=world.fatou,
        match_id=pair.match.pk,
        kind=DecisionKind.JOINT,
        terms=terms(pair, DecisionKind.JOINT),
        reason="better",
    )

    answer = post(world.lamin, "agree", pair.match.pk, old.pk, reason="Yes")

    assert answer.status_code == 409
    assert not Decision.objects.exists()


def test_officers_read_along_and_cannot_decide(world: World) -> None:
    pair = proposed(world)
    standing = pair.match.proposals.get()

    seen = page(world.ousman, "decide", pair.match.pk)

    assert "The heads of both units decide." in seen
    assert "<textarea" not in seen
    for name, ids in (("propose", ()), ("criteria", ()), ("agree", (standing.pk,))):
        assert post(world.ousman, name, pair.match.pk, *ids, reason="r").status_code == 404


def test_the_second_word_on_the_outcome_closes_the_match(world: World) -> None:
    pair = decided(world, DecisionKind.SEPARATE)
    match = pair.match.pk

    assert post(world.fatou, "outcome", match, note="n").status_code == 422
    post(world.fatou, "outcome", match, code=OutcomeCode.ARREST, note="note-of-a")
    assert "Arrest" in page(world.fatou, "decide", match)
    half = page(world.lamin, "decide", match)
    post(world.lamin, "outcome", match, code=OutcomeCode.NO_EFFECT)
    whole = page(world.lamin, "decide", match)

    assert '<dt>Unit A</dt><dd><bdi dir="auto">Arrest' not in half
    assert '<dt>Unit A</dt><dd><bdi dir="auto">Arrest' in whole
    assert "note-of-a" not in half + whole
    assert pair.match.state == MatchState.CLOSED


@pytest.mark.parametrize("state", COORDINATED)
def test_I1_the_page_of_the_decision_shows_no_value_of_the_other_side(
    world: World, state: MatchState
) -> None:
    pair = in_state(world, state)
    of_a = body(get(world.fatou, "decide", pair.match.pk))
    of_b = body(get(world.lamin, "decide", pair.match.pk))

    assert "canary-b" not in of_a
    assert "canary-a" not in of_b
    assert "canary-note" not in of_a + of_b
    is_open = state in HEADER_IS_OPEN
    assert ("The case of Unit B" in of_a) is is_open


def test_before_both_verdicts_there_is_nothing_to_decide(world: World) -> None:
    pair = acknowledged(world)

    answer = get(world.fatou, "decide", pair.match.pk)

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/matches/{pair.match.pk}/")


def test_the_decision_of_others_is_as_absent_as_none(world: World) -> None:
    pair = proposed(world)
    standing = pair.match.proposals.get()

    for stranger in (world.head_c, world.head_a2, world.amina, world.luis, world.nuria):
        hidden = get(stranger, "decide", pair.match.pk)
        absent = get(stranger, "decide", HIDDEN_MATCH)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    for name, ids in (("agree", (standing.pk,)), ("propose", ()), ("outcome", ())):
        refused = post(world.head_c, name, pair.match.pk, *ids, reason="r", kind="JOINT")
        assert refused.status_code in {404, 422}
        assert "column-a" not in body(refused)
    assert not Decision.objects.exists()
