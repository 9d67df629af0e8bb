"""A typology at the desk: read whole, taken into the library, taken out of it."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from crosslight.contributions.models import Typology
from crosslight.core.vocabulary.contributions import Priority
from crosslight.review.services import prioritise_contribution, take_contribution
from tests.contributions.factories import received_typology
from tests.factories import World
from tests.review.factories import admitted, admitted_typology, in_library
from tests.web.desk.test_review import address, state_of
from tests.web.signed_in import browser_of


@pytest.fixture
def luis(world: World) -> Client:
    return browser_of(world.luis)


def test_the_desk_reads_the_pattern_and_not_a_person(world: World, luis: Client) -> None:
    contribution = received_typology(world.amina)
    take_contribution(actor=world.luis, contribution_id=contribution.pk)
    page = unescape(luis.get(address(contribution)).content.decode())

    assert "Deck hands who owe their fare" in page
    assert "as a debt that the wage never pays off" in page
    assert "6 of 6" in page
    assert "What the signs point towards" not in page
    assert "Possible victim knows" not in page


def test_it_is_taken_in_once_an_officer_said_that_nobody_is_in_it(
    world: World, luis: Client
) -> None:
    contribution = admitted_typology(world)
    unsaid = luis.post(address(contribution, "take-in/"), {})
    assert unsaid.status_code == 422
    assert "Confirm that nobody can be recognised in it" in unsaid.content.decode()
    assert not Typology.objects.exists()

    luis.post(address(contribution, "take-in/"), {"names_nobody": "on"})
    assert state_of(contribution) == "closed"
    page = luis.get(address(contribution)).content.decode()
    assert "In the library" in page
    assert "Take it out of the library" in page


def test_it_is_taken_out_with_a_written_reason(world: World, luis: Client) -> None:
    contribution = in_library(world).contribution
    assert luis.post(address(contribution, "take-out/"), {"reason": ""}).status_code == 422

    luis.post(address(contribution, "take-out/"), {"reason": "A village can be recognised."})
    page = luis.get(address(contribution)).content.decode()
    assert "In the library" not in page
    assert "Take it out of the library" not in page


def test_a_report_is_not_offered_the_library(world: World, luis: Client) -> None:
    contribution = admitted(world)
    assert "library" not in luis.get(address(contribution)).content.decode()
    refused = luis.post(address(contribution, "take-in/"), {"names_nobody": "on"})
    assert refused.status_code == 422
    assert "Only a typology goes into the library." in refused.content.decode()


def test_for_units_a_first_text_is_made_of_the_pattern(world: World, luis: Client) -> None:
    contribution = admitted_typology(world)
    prioritise_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        priority=Priority.P4,
        reasons="A pattern for the units of the coast.",
    )
    page = unescape(luis.get(address(contribution, "disseminate/")).content.decode())
    assert "How it works: Recruiters promise work on deck" in page
