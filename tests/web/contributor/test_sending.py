"""Check your answers, send, receipt (C4), one contribution (C5), withdraw."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import FeedbackCode, QuestionForm, ReturnCode
from crosslight.review.services import (
    ask_question,
    give_feedback,
    refuse_contribution,
    return_contribution,
)
from tests.contributions.factories import draft, received, red_flag
from tests.factories import World
from tests.review.factories import admitted, disseminated, dropped, in_triage, prioritised
from tests.web.signed_in import browser_of


@pytest.fixture
def amina(world: World) -> Client:
    return browser_of(world.amina)


def address(contribution: Contribution, part: str = "") -> str:
    return f"/contributor/contributions/{contribution.pk}/{part}"


def test_sending_says_who_will_see_it_and_gives_a_receipt(world: World, amina: Client) -> None:
    begun = draft(world.amina, red_flag())
    check = amina.get(address(begun, "check/")).content.decode()
    assert "Who will see this:" in check
    assert "the desk of Norland" in check
    assert "investigation units, other organisations" in check
    assert "Call 112" in check

    response = amina.post(address(begun, "send/"), {"version": begun.version})

    sent = Contribution.objects.get()
    assert response["Location"] == address(begun, "receipt/")
    assert sent.state == "received"
    receipt = amina.get(address(begun, "receipt/")).content.decode()
    assert str(sent.receipt_code) in receipt
    assert sent.received_hash in receipt


def test_the_last_four_characters_prove_that_the_code_was_kept(world: World, amina: Client) -> None:
    sent = received(world.amina)
    code = str(sent.receipt_code)
    wrong = "ZZZZ" if code[-4:] != "ZZZZ" else "YYYY"

    refused = amina.post(address(sent, "receipt/"), {"last_four": wrong})
    kept = amina.post(address(sent, "receipt/"), {"last_four": code[-4:].lower()})

    assert refused.status_code == 422
    assert "These are not the last four characters" in refused.content.decode()
    assert kept["Location"] == "/contributor/"


def test_faults_of_form_are_told_before_sending_with_the_way_to_them(
    world: World, amina: Client
) -> None:
    begun = draft(world.amina, red_flag(facts="short", legal_basis=None))

    page = amina.get(address(begun, "check/")).content.decode()

    assert "F-106" in page
    assert address(begun, "pages/words/#id_facts") in page
    assert address(begun, "pages/sharing/#id_legal_basis_0") in page
    assert "Send report" not in page


def test_sent_all_the_same_it_comes_back_with_its_faults(world: World, amina: Client) -> None:
    begun = draft(world.amina, red_flag(facts="short"))

    response = amina.post(address(begun, "send/"), {"version": begun.version})

    assert response["Location"] == address(begun, "check/")
    page = amina.get(address(begun)).content.decode()
    assert "Needs a correction" in page
    assert "F-106" in page


def test_a_page_older_than_the_draft_is_shown_anew_and_nothing_is_sent(
    world: World, amina: Client
) -> None:
    begun = draft(world.amina, red_flag())

    response = amina.post(address(begun, "send/"), {"version": begun.version - 1})

    assert response.status_code == 409
    assert "Nothing was sent" in response.content.decode()
    assert Contribution.objects.get().state == "draft"


def test_a_preparer_writes_and_only_a_reporter_sends(world: World) -> None:
    begun = draft(world.preparer, red_flag())
    petra = browser_of(world.preparer)

    page = petra.get(address(begun, "check/")).content.decode()
    refused = petra.post(address(begun, "send/"), {"version": begun.version})

    assert "Only a reporter of your organisation can send it" in page
    assert refused.status_code == 404
    assert browser_of(world.amina).post(address(begun, "send/"), {"version": begun.version})[
        "Location"
    ] == address(begun, "receipt/")


def test_the_same_words_whatever_an_authority_does_behind_them(world: World) -> None:
    """J1: the page of one that is validated, prioritised or passed on differs in nothing."""
    pages = {
        _without_own_marks(world, admitted(world)),
        _without_own_marks(world, prioritised(world)),
        _without_own_marks(world, disseminated(world).contribution),
    }

    assert len(pages) == 1
    assert "Received" in pages.pop()


def _without_own_marks(world: World, contribution: Contribution) -> str:
    page = browser_of(world.amina).get(address(contribution)).content.decode()
    found = Contribution.objects.get(pk=contribution.pk)
    page = page[page.index("<main") : page.index("</main>")]
    time = page[page.index("<time") : page.index("</time>")]
    for mark in (contribution.pk, str(found.receipt_code), time):
        page = page.replace(mark, "…")
    # The token of a form is another one each time it is shown.
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_question_is_answered_on_its_page(world: World, amina: Client) -> None:
    contribution = admitted(world)
    question = ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.PLACE, note=""
    )
    page = amina.get(address(contribution)).content.decode()
    assert "Do you already hold where this happened?" in page
    assert "Question for you" in amina.get("/contributor/").content.decode()

    empty = amina.post(address(contribution, f"answers/{question.pk}/"), {"answer": ""})
    sent = amina.post(
        address(contribution, f"answers/{question.pk}/"), {"answer": "By the old harbour."}
    )

    assert empty.status_code == 422
    assert sent["Location"] == address(contribution)
    after = amina.get(address(contribution)).content.decode()
    assert "By the old harbour." in after
    assert "A question for you" not in after


def test_a_question_of_another_organisation_is_not_there(world: World) -> None:
    contribution = admitted(world)
    question = ask_question(
        actor=world.luis, contribution_id=contribution.pk, form=QuestionForm.PLACE, note=""
    )
    otto = browser_of(world.other_reporter)

    response = otto.post(
        address(contribution, f"answers/{question.pk}/"), {"answer": "Not mine to say."}
    )

    assert response.status_code == 404


def test_what_is_missing_is_told_and_can_be_added(world: World, amina: Client) -> None:
    contribution = in_triage(world)
    return_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        codes=[ReturnCode.MISSING_WHEN],
        note="A month is enough.",
    )

    page = amina.get(address(contribution)).content.decode()

    assert "Needs more from you" in page
    assert "When it happened is missing" in page
    assert "A month is enough." in page
    assert address(contribution, "pages/") in page


def test_feedback_is_shown_with_its_marks_and_then_read(world: World, amina: Client) -> None:
    contribution = dropped(world)
    give_feedback(
        actor=world.luis,
        contribution_id=contribution.pk,
        code=FeedbackCode.KNOWN_ALREADY,
        axes={"timeliness": 4},
    )
    assert "Waiting for you" in amina.get("/contributor/").content.decode()

    page = amina.get(address(contribution)).content.decode()

    assert "Known to us already" in page
    assert "4 of 5" in page
    assert "Waiting for you" not in amina.get("/contributor/").content.decode()


def test_withdrawing_asks_first_and_erases(world: World, amina: Client) -> None:
    contribution = in_triage(world)
    assert (
        "This cannot be undone." in amina.get(address(contribution, "withdraw/")).content.decode()
    )

    response = amina.post(address(contribution, "withdraw/"))

    found = Contribution.objects.get()
    assert response["Location"] == "/contributor/"
    assert found.state == "withdrawn"
    assert found.content == {}
    assert "The content was erased" in amina.get(address(contribution)).content.decode()


def test_after_validation_it_can_no_longer_be_withdrawn(world: World, amina: Client) -> None:
    contribution = admitted(world)

    assert "Withdraw" not in amina.get(address(contribution)).content.decode()
    assert amina.post(address(contribution, "withdraw/")).status_code == 409


def test_a_refused_one_says_the_class_of_the_reason_only(world: World, amina: Client) -> None:
    contribution = in_triage(world)
    refuse_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        code=ReturnCode.UNLAWFUL_COLLECTION,
        note="canary note of the desk",
    )

    page = amina.get(address(contribution)).content.decode()

    assert "Not accepted" in page
    assert "It was not lawfully collected" in page
    assert "canary" not in page


@pytest.mark.parametrize("part", ["", "check/", "receipt/", "withdraw/"])
def test_hidden_and_absent_are_the_same_bytes(world: World, part: str) -> None:
    sent = received(world.amina)
    otto = browser_of(world.other_reporter)

    hidden = otto.get(address(sent, part))
    absent = otto.get(f"/contributor/contributions/con_00000000000000000000000000/{part}")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_the_home_of_one_who_sent_nothing_says_what_to_do(amina: Client) -> None:
    page = amina.get("/contributor/").content.decode()

    assert "No reports yet." in page
    assert "New report" in page


@pytest.mark.parametrize("path", ["/desk/", "/desk/inputs/", "/desk/contributions/{}/"])
def test_a_contributor_finds_nothing_at_the_desk(world: World, amina: Client, path: str) -> None:
    sent = received(world.amina)

    response = amina.get(path.format(sent.pk))

    assert response.status_code == 404
    assert response.content == amina.get("/nothing/here/").content


def test_an_authority_finds_nothing_among_the_contributors(world: World) -> None:
    sent = received(world.amina)

    assert browser_of(world.luis).get(address(sent)).status_code == 404
