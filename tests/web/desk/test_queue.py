"""D1: what is on the desk, and for whom."""

from __future__ import annotations

import pytest

from crosslight.contributions.models import Contribution
from tests.contributions.factories import draft, received, risk_indicator
from tests.factories import World
from tests.review.factories import in_triage
from tests.web.signed_in import browser_of


def test_new_ones_are_shown_danger_first_with_class_and_pseudonym(world: World) -> None:
    plain = received(world.amina)
    danger = received(world.amina, danger=["child"])

    page = browser_of(world.luis).get("/desk/").content.decode()

    assert page.index(danger.pk) < page.index(plain.pk, page.index("<table"))
    assert "Support organisation" in page
    assert "Contributor " in page
    assert "Danger" in page
    assert "7 of 7" in page


def test_no_name_of_a_contributor_is_on_any_page_of_the_desk(world: World) -> None:
    contribution = in_triage(world)
    luis = browser_of(world.luis)

    pages = [luis.get(path).content.decode() for path in ("/desk/?view=all", "/desk/?view=mine")]
    pages.append(luis.get(f"/desk/contributions/{contribution.pk}/").content.decode())

    for page in pages:
        assert world.shelter.name not in page
        assert "Amina" not in page
        assert world.amina.id not in page


def test_take_next_takes_the_most_urgent(world: World) -> None:
    received(world.amina)
    danger = received(world.amina, danger=["child"])
    luis = browser_of(world.luis)
    assert f"/desk/contributions/{danger.pk}/take/" in luis.get("/desk/").content.decode()

    response = luis.post(f"/desk/contributions/{danger.pk}/take/")

    assert response["Location"] == f"/desk/contributions/{danger.pk}/"
    assert Contribution.objects.get(pk=danger.pk).state == "triage"


def test_what_a_colleague_took_first_is_a_conflict(world: World) -> None:
    contribution = in_triage(world)

    response = browser_of(world.luis).post(f"/desk/contributions/{contribution.pk}/take/")

    assert response.status_code == 409
    assert "E-410" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "is_there"),
    [("new", False), ("mine", True), ("danger", False), ("waiting", False), ("all", True)],
)
def test_each_view_holds_its_own(world: World, view: str, is_there: bool) -> None:
    contribution = in_triage(world)

    page = browser_of(world.luis).get("/desk/", {"view": view}).content.decode()

    assert (contribution.pk in page) is is_there


def test_an_empty_queue_says_so(world: World) -> None:
    assert "Queue clear." in browser_of(world.luis).get("/desk/").content.decode()


def test_drafts_and_other_countries_are_not_on_the_desk(world: World) -> None:
    unsent = draft(world.amina, risk_indicator())
    sent = received(world.amina)

    assert unsent.pk not in browser_of(world.luis).get("/desk/?view=all").content.decode()
    assert sent.pk not in browser_of(world.foreign_desk).get("/desk/?view=all").content.decode()


@pytest.mark.parametrize("path", ["", "validate/", "disseminate/"])
def test_hidden_and_absent_are_the_same_bytes(world: World, path: str) -> None:
    sent = received(world.amina)
    unsent = draft(world.amina)
    doris = browser_of(world.foreign_desk)
    luis = browser_of(world.luis)
    nowhere = f"/desk/contributions/con_00000000000000000000000000/{path}"
    call = {"": "get", "disseminate/": "get", "validate/": "post"}[path]

    of_other_country = getattr(doris, call)(f"/desk/contributions/{sent.pk}/{path}")
    of_nobody_yet = getattr(luis, call)(f"/desk/contributions/{unsent.pk}/{path}")
    absent = getattr(doris, call)(nowhere)

    assert of_other_country.status_code == of_nobody_yet.status_code == absent.status_code == 404
    assert of_other_country.content == absent.content
    assert of_nobody_yet.content == getattr(luis, call)(nowhere).content
