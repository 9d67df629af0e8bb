"""A typology, page by page: what is asked, what comes back, and what the start page says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import ContributionKind
from tests.contributions.factories import draft, received_typology, typology
from tests.custody.factories import home_of
from tests.factories import World
from tests.web.contributor.test_files import ANSWERS
from tests.web.contributor.test_writing import address, post, stored
from tests.web.signed_in import browser_of

PHONE = "07700 900123"


@pytest.fixture
def amina(world: World) -> Client:
    return browser_of(world.amina)


def begun(world: World, **changes: object) -> Contribution:
    return draft(world.amina, typology(**changes), kind=ContributionKind.TYPOLOGY)


def words_of(response: Any) -> str:
    """The page without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", response.content.decode()))


def check_page(client: Client, contribution: Contribution) -> Any:
    return client.get(f"/contributor/contributions/{contribution.pk}/check/")


def test_it_is_written_on_three_pages_and_sent(world: World, amina: Client) -> None:
    response = amina.post("/contributor/new/", {"kind": "typology"})
    contribution = Contribution.objects.get()
    assert response["Location"] == address(contribution, "pattern")

    wanted: dict[str, Any] = typology()
    answers: dict[str, dict[str, Any]] = {
        "pattern": {
            name: wanted[name]
            for name in ("title", "sector", "route", "how_it_works", "mitigations")
        },
        "red_flags": {
            "indicator": ["SEA-01", "ILO-D5-03"],
            "seen_by_SEA-01": ["port", "union"],
            "seen_by_ILO-D5-03": ["shelter"],
        },
        "release": {
            "may_contact": "yes",
            "sharing_wish": "desk_decides",
            "legal_basis": "no_personal_data",
        },
    }
    for page, fields in answers.items():
        response = post(amina, contribution, page, **fields)
        assert response.status_code == 302, response.content.decode()[:2000]
    assert response["Location"].endswith("/check/")
    # In the order of the list of kinds, whatever order they were ticked in.
    flags = stored(contribution).content["red_flags"]
    assert {flag["indicator_id"]: flag["seen_by"] for flag in flags} == {
        "SEA-01": ["union", "port"],
        "ILO-D5-03": ["shelter"],
    }

    version = stored(contribution).version
    amina.post(f"/contributor/contributions/{contribution.pk}/send/", {"version": version})
    assert stored(contribution).state == "received"


def test_each_page_says_what_is_missing_and_keeps_what_was_typed(
    world: World, amina: Client
) -> None:
    contribution = draft(world.amina, kind=ContributionKind.TYPOLOGY)
    short = post(amina, contribution, "pattern", how_it_works="A debt is made.", sector="fishing")
    none = post(amina, contribution, "red_flags")
    nobody = post(amina, contribution, "red_flags", indicator=["SEA-01"])

    assert {each.status_code for each in (short, none, nobody)} == {422}
    page = short.content.decode()
    assert "Name the pattern in a few words" in page
    assert "A debt is made." in page
    assert "Choose at least one sign of the pattern" in none.content.decode()
    assert "Say for each sign who can notice it" in nobody.content.decode()
    assert 'value="SEA-01" checked' in nobody.content.decode()


def test_a_sign_is_offered_with_who_can_come_across_it(world: World, amina: Client) -> None:
    contribution = begun(world)
    page = amina.get(address(contribution, "red_flags")).content.decode()

    assert "Who can notice it?" in page
    assert "How do you know?" not in page
    assert 'name="seen_by_SEA-01" value="port" checked' in page
    assert 'name="seen_by_SEA-01" value="shelter"' in page  # one's own kind is always offered


def test_a_number_comes_back_by_its_question_and_by_what_it_reads_as(
    world: World, amina: Client
) -> None:
    words = f"Men are told to call {PHONE} once they are ashore, and to say nothing to anyone."
    contribution = begun(world, how_it_works=words)

    page = check_page(amina, contribution)
    assert f"How does it work? {PHONE}. This reads as a phone number." in words_of(page)
    assert "pages/pattern/#id_how_it_works" in page.content.decode()
    assert "Send report" not in page.content.decode()

    amina.post(
        f"/contributor/contributions/{contribution.pk}/send/",
        {"version": stored(contribution).version},
    )
    assert stored(contribution).state == "returned_format"
    told = words_of(amina.get(f"/contributor/contributions/{contribution.pk}/"))
    assert f"How does it work? {PHONE}. This reads as a phone number." in told
    assert words in stored(contribution).content["how_it_works"]  # nothing was lost


def test_it_takes_no_files(world: World, amina: Client) -> None:
    contribution = begun(world)
    assert "/files/" not in check_page(amina, contribution).content.decode()
    sent = received_typology(world.amina)
    assert "Add a file" not in amina.get(f"/contributor/contributions/{sent.pk}/").content.decode()

    announced = amina.post(
        f"/contributor/contributions/{sent.pk}/files/announce/", {**ANSWERS, "size": "9"}
    )
    other = amina.post(
        f"/contributor/contributions/{home_of(world.amina).pk}/files/announce/",
        {**ANSWERS, "size": "9"},
    )
    assert announced.status_code >= 400
    assert other.status_code == 201


def test_the_start_page_says_on_which_basis_each_kind_may_be_sent(
    world: World, amina: Client
) -> None:
    page = unescape(amina.get("/contributor/new/").content.decode())
    assert "You may send it on this basis: No personal data in it." in page
    assert "Consent of the person (GDPR 6(1)(a))" in page
    bank = unescape(browser_of(world.banker).get("/contributor/new/").content.decode())
    assert "You may send it on this basis: No personal data in it." in bank
    assert "Consent of the person" not in bank
