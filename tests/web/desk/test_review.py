"""D2: the report on one side; on the other only what is possible now, and each decision."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from crosslight.contributions.models import Contribution, Feedback, Question
from crosslight.contributions.services import submit_contribution
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.foundation import clock
from tests.contributions.factories import FACTS, received, risk_indicator
from tests.contributions.factories import draft as drafted
from tests.factories import World
from tests.review.factories import admitted, dropped, in_triage, prioritised
from tests.web.signed_in import browser_of


@pytest.fixture
def luis(world: World) -> Client:
    return browser_of(world.luis)


def address(contribution: Contribution, verb: str = "") -> str:
    return f"/desk/contributions/{contribution.pk}/{verb}"


def state_of(contribution: Contribution) -> str:
    return str(Contribution.objects.get(pk=contribution.pk).state)


def validation(**changes: str) -> dict[str, str]:
    until = clock.today() + timedelta(days=100)
    return {
        "source_grade": "B",
        "information_grade": "2",
        "handling_code": "H1",
        "subject_category": "unknown",
        "legal_basis": "led_article_8",
        "purpose": "Detection of labour exploitation",
        "retention_until_day": str(until.day),
        "retention_until_month": str(until.month),
        "retention_until_year": str(until.year),
        "legality_note": "",
    } | changes


def test_facts_and_views_stand_apart_and_every_sign_has_its_innocent_side(
    world: World, luis: Client
) -> None:
    page = luis.get(address(in_triage(world))).content.decode()

    assert "reported as fact" in page
    assert "assessment, not fact" in page
    assert page.index(FACTS) < page.index("They seem to be controlled by the driver.")
    assert "May be innocent:" in page
    assert "What the signs point towards" in page
    assert "no sign that nothing happened" in page


def test_completeness_and_suggested_priority_are_two_things(world: World, luis: Client) -> None:
    page = luis.get(address(in_triage(world))).content.decode()

    assert "7 of 7" in page
    assert "Says nothing about how urgent it is." in page
    assert "Suggested priority" in page
    assert "By published rules. You decide." in page


def test_a_report_without_persons_can_be_complete(world: World, luis: Client) -> None:
    begun = drafted(
        world.amina,
        risk_indicator(timing="today", is_ongoing="yes"),
        kind=ContributionKind.RISK_INDICATOR,
    )
    submit_contribution(actor=world.amina, contribution_id=begun.pk)

    assert "4 of 4" in luis.get(address(begun)).content.decode()


def test_another_list_can_be_read(world: World, luis: Client) -> None:
    contribution = in_triage(world)

    page = luis.get(address(contribution), {"list": "child_sexual"}).content.decode()
    odd = luis.get(address(contribution), {"list": "no such"}).content.decode()

    assert "Read with the list for children, sexual exploitation" in page
    assert "Read with the list for adults, labour exploitation" in odd


@pytest.mark.parametrize(
    ("step", "possible"),
    [
        (lambda world: received(world.amina), {"take"}),
        (in_triage, {"validate", "return", "refuse"}),
        (admitted, {"prioritise", "ask", "drop"}),
        (prioritised, {"disseminate", "drop"}),
        (dropped, {"feedback", "close"}),
    ],
)
def test_only_what_is_possible_now_is_offered(
    world: World, luis: Client, step: Any, possible: set[str]
) -> None:
    contribution = step(world)
    verbs = {"take", "validate", "return", "refuse", "ask", "prioritise", "disseminate"}
    verbs |= {"drop", "feedback", "close"}

    page = luis.get(address(contribution)).content.decode()

    assert {verb for verb in verbs if address(contribution, f"{verb}/") in page} == possible


def test_validating_keeps_grades_basis_purpose_and_date(world: World, luis: Client) -> None:
    contribution = in_triage(world)

    response = luis.post(address(contribution, "validate/"), validation())

    assert response["Location"] == address(contribution)
    found = Contribution.objects.get(pk=contribution.pk)
    assert found.state == "admitted"
    assert found.validation.source_grade == "B"
    page = luis.get(address(contribution)).content.decode()
    assert "Decided so far" in page
    assert "H1: not in court without permission" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source_grade": ""}, "Grade the source"),
        ({"information_grade": "9"}, "Select a valid choice"),
        ({"handling_code": ""}, "Choose a handling code"),
        ({"purpose": "  "}, "Say what it is kept for"),
        ({"purpose": "x\x08y"}, "cannot be shown or stored"),
        ({"retention_until_month": "13"}, "This is not a date"),
        ({"retention_until_year": "2020"}, "must lie after today"),
        ({"retention_until_year": "2099"}, "within three years"),
    ],
)
def test_a_faulty_validation_is_shown_again_and_nothing_moves(
    world: World, luis: Client, changes: dict[str, str], sentence: str
) -> None:
    contribution = in_triage(world)

    response = luis.post(address(contribution, "validate/"), validation(**changes))

    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert sentence in page
    assert "They seem to be controlled" in page
    assert state_of(contribution) == "triage"


def test_returning_needs_a_code(world: World, luis: Client) -> None:
    contribution = in_triage(world)

    refused = luis.post(address(contribution, "return/"), {"note": "Please."})
    done = luis.post(
        address(contribution, "return/"),
        {"codes": ["MISSING_WHEN", "MISSING_WHERE"], "note": "A month is enough."},
    )

    assert refused.status_code == 422
    assert "Choose at least one reason" in refused.content.decode()
    assert done.status_code == 302
    assert state_of(contribution) == "returned_quality"
    assert "Nothing to do here until" in luis.get(address(contribution)).content.decode()


def test_refusing_needs_a_second_thought_and_erases(world: World, luis: Client) -> None:
    contribution = in_triage(world)

    unsure = luis.post(address(contribution, "refuse/"), {"code": "OUT_OF_SCOPE"})
    luis.post(address(contribution, "refuse/"), {"code": "OUT_OF_SCOPE", "is_sure": "on"})

    assert unsure.status_code == 422
    assert state_of(contribution) == "not_accepted"
    page = luis.get(address(contribution)).content.decode()
    assert "The content was erased." in page
    assert FACTS not in page


def test_a_question_never_sets_a_task(world: World, luis: Client) -> None:
    contribution = admitted(world)

    tasking = luis.post(
        address(contribution, "ask/"),
        {"form": "place", "note": "Please follow the van next week."},
    )
    asked = luis.post(address(contribution, "ask/"), {"form": "place", "note": ""})

    assert tasking.status_code == 422
    assert "sets the contributor a task" in tasking.content.decode()
    assert "Please follow the van next week." in tasking.content.decode()
    assert asked.status_code == 302
    assert Question.objects.get().form == "place"
    assert state_of(contribution) == "question_open"


def test_a_priority_needs_written_reasons_and_a_word_on_deviation(
    world: World, luis: Client
) -> None:
    contribution = admitted(world)

    short = luis.post(address(contribution, "prioritise/"), {"priority": "P2", "reasons": "Yes"})
    other = luis.post(
        address(contribution, "prioritise/"),
        {"priority": "P4", "reasons": "Nothing that can be acted upon."},
    )
    done = luis.post(
        address(contribution, "prioritise/"),
        {
            "priority": "P3",
            "reasons": "Useful, but the driver is known already.",
            "deviation_reason": "The phone was given to us last month.",
        },
    )

    assert short.status_code == other.status_code == 422
    assert done.status_code == 302
    page = luis.get(address(contribution)).content.decode()
    assert "P3: useful context" in page
    assert "The phone was given to us last month." in page


def test_dropping_then_feedback_with_marks_then_closing(world: World, luis: Client) -> None:
    contribution = admitted(world)

    luis.post(address(contribution, "drop/"), {"reason": "A lawful seasonal camp, inspected."})
    faulty = luis.post(address(contribution, "feedback/"), {"code": "", "timeliness": "7"})
    luis.post(address(contribution, "feedback/"), {"code": "NO_SUSPICION_FOUND", "timeliness": "4"})
    offered = luis.get(address(contribution)).content.decode()
    luis.post(address(contribution, "close/"))

    assert faulty.status_code == 422
    assert Feedback.objects.get().axes == {"timeliness": 4}
    assert address(contribution, "feedback/") not in offered
    assert state_of(contribution) == "closed"


@pytest.mark.parametrize("verb", ["validate", "return", "refuse", "ask", "prioritise", "close"])
def test_a_step_out_of_order_is_a_conflict(world: World, luis: Client, verb: str) -> None:
    contribution = received(world.amina)
    data = validation() | {
        "codes": ["MISSING_WHEN"],
        "code": "OUT_OF_SCOPE",
        "is_sure": "on",
        "form": "place",
        "priority": "P2",
        "reasons": "A reason that a colleague can follow.",
        "note": "",
        "deviation_reason": "",
    }

    response = luis.post(address(contribution, f"{verb}/"), data)

    assert response.status_code == 409
    assert state_of(contribution) == "received"


@pytest.mark.parametrize("verb", ["take", "validate", "prioritise", "drop", "close", "feedback"])
def test_a_contributor_can_decide_nothing(world: World, verb: str) -> None:
    contribution = in_triage(world)

    response = browser_of(world.amina).post(address(contribution, f"{verb}/"), validation())

    assert response.status_code == 404
    assert state_of(contribution) == "triage"


def test_every_box_of_the_page_has_an_id_of_its_own(world: World, luis: Client) -> None:
    page = luis.get(address(in_triage(world))).content.decode()

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
