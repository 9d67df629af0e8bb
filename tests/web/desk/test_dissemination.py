"""D8: the text for units, seen as they will see it, then signed and sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from crosslight.contributions.models import Contribution
from crosslight.review.models import IntelligenceInput
from tests.contributions.factories import FACTS
from tests.factories import World
from tests.review.factories import admitted, disseminated, prioritised
from tests.web.signed_in import browser_of

TITLE = "Men driven from a workshop to the fields"


@pytest.fixture
def luis(world: World) -> Client:
    return browser_of(world.luis)


def address(contribution: Contribution) -> str:
    return f"/desk/contributions/{contribution.pk}/disseminate/"


def text(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "unit_ids": [world.unit_a.pk],
        "title": TITLE,
        "body": "Three men are driven to work before dawn.",
        "identifiers": ["+44 7700 900123"],
        "step": "preview",
    } | changes


def test_a_first_text_is_made_of_the_answers(world: World, luis: Client) -> None:
    page = luis.get(address(prioritised(world))).content.decode()

    assert "Where: Norhaven" in page
    assert "(told to the contributor)" in page
    assert FACTS in page
    assert "The desk decides" in page


def test_the_preview_shows_all_that_units_receive_and_sends_nothing(
    world: World, luis: Client
) -> None:
    page = luis.post(address(prioritised(world)), text(world)).content.decode()

    assert "Exactly what the units will receive" in page
    assert TITLE in page
    assert "+44 7700 900123" in page
    assert "Support organisation" in page
    assert "B: mostly reliable so far" in page
    assert "Unit A (Norland)" in page
    assert world.shelter.name not in page
    assert not IntelligenceInput.objects.exists()


def test_signing_sends_it_and_the_input_can_be_read(world: World, luis: Client) -> None:
    contribution = prioritised(world)

    response = luis.post(address(contribution), text(world, step="send"))

    sent = IntelligenceInput.objects.get()
    assert response["Location"] == f"/desk/contributions/{contribution.pk}/"
    assert Contribution.objects.get().state == "disseminated"
    listed = luis.get("/desk/inputs/").content.decode()
    page = luis.get(f"/desk/inputs/{sent.pk}/").content.decode()
    assert sent.reference in listed
    assert TITLE in page
    assert "Not opened yet" in page


def test_changing_goes_back_with_the_text_kept(world: World, luis: Client) -> None:
    page = luis.post(
        address(prioritised(world)), text(world, change="1", title="Another title")
    ).content.decode()

    assert 'value="Another title"' in page
    assert "There is a problem" not in page


@pytest.mark.parametrize("step", ["preview", "send"])
def test_a_text_that_names_the_contributor_does_not_go(
    world: World, luis: Client, step: str
) -> None:
    response = luis.post(
        address(prioritised(world)),
        text(world, step=step, body=f"{world.shelter.name} reports three men."),
    )

    assert response.status_code == 422
    assert "This text names the contributor" in response.content.decode()
    assert not IntelligenceInput.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit_ids": []}, "Choose at least one unit"),
        ({"unit_ids": ["uni_0"]}, "Select a valid choice"),
        ({"title": ""}, "Write a title"),
        ({"body": "x\x00"}, "Null characters are not allowed"),
        ({"identifiers": ["+44 7700 900999"]}, "Select a valid choice"),
    ],
)
def test_bad_input_is_told_and_kept(
    world: World, luis: Client, changes: dict[str, Any], sentence: str
) -> None:
    response = luis.post(address(prioritised(world)), text(world, **changes))

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_the_contributor_s_wish_on_other_countries_is_kept(world: World, luis: Client) -> None:
    contribution = prioritised(world, sharing_wish="no")

    response = luis.post(
        address(contribution), text(world, unit_ids=[world.unit_b.pk], step="send")
    )

    assert response.status_code == 422
    assert "has not agreed to pass this to another country" in response.content.decode()


def test_before_it_is_prioritised_there_is_nothing_to_send(world: World, luis: Client) -> None:
    assert luis.get(address(admitted(world))).status_code == 409


def test_an_input_of_another_country_is_not_there(world: World) -> None:
    sent = disseminated(world)
    doris = browser_of(world.foreign_desk)

    hidden = doris.get(f"/desk/inputs/{sent.pk}/")
    absent = doris.get("/desk/inputs/int_00000000000000000000000000/")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_an_empty_list_says_what_will_come(luis: Client) -> None:
    assert "No input was sent yet." in luis.get("/desk/inputs/").content.decode()
