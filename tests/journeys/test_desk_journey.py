"""Journey B in the browser: from the queue to the units, and the other ways out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from crosslight.contributions.models import Contribution
from crosslight.review.models import IntelligenceInput
from tests.contributions.factories import received
from tests.factories import World
from tests.journeys.conftest import OpenPage
from tests.review.factories import admitted, in_triage, prioritised

pytestmark = pytest.mark.browser


def test_from_the_queue_to_the_units(page_of: OpenPage, real_world: World) -> None:
    sent = received(real_world.amina)
    page = page_of(real_world.luis)

    page.goto("/home/")
    page.get_by_role("button", name="Take next").click()
    expect(page.get_by_text("reported as fact")).to_be_visible()

    decision = page.locator(".review-decision")
    decision.get_by_label("B: mostly reliable so far").check()
    decision.get_by_label("2: known to the source").check()
    decision.get_by_label("Handling code").select_option("H1")
    decision.get_by_role("button", name="Validate").click()
    expect(page.get_by_text("Validated.")).to_be_visible()

    decision.get_by_label("Your reasons").fill("A phone that leads to one driver; it goes on.")
    decision.get_by_role("button", name="Record the priority").click()
    expect(page.get_by_text("The priority was recorded.")).to_be_visible()

    page.get_by_role("link", name="Prepare the input").click()
    page.get_by_label("Unit A, Norland").check()
    page.get_by_label("Title").fill("Men driven from a workshop to the fields")
    page.get_by_label("+44 7700 900123").check()
    page.get_by_role("button", name="See it as the units will").click()

    expect(page.get_by_role("heading", name="Exactly what the units will receive")).to_be_visible()
    expect(page.get_by_text("Harbour House")).to_have_count(0)
    page.get_by_role("button", name="Sign and send to 1 unit").click()

    expect(page.get_by_text("Sent to the units.")).to_be_visible()
    assert Contribution.objects.get(pk=sent.pk).state == "disseminated"
    assert IntelligenceInput.objects.get().disseminations.count() == 1


def test_a_fault_leads_to_its_field_and_keeps_the_rest(
    page_of: OpenPage, real_world: World
) -> None:
    contribution = in_triage(real_world)
    page = page_of(real_world.luis)
    page.goto(f"/desk/contributions/{contribution.pk}/")

    page.get_by_label("Purpose").fill("Labour exploitation in harvest work")
    page.get_by_role("button", name="Validate", exact=True).click()

    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Purpose")).to_have_value("Labour exploitation in harvest work")
    page.get_by_role("link", name="Choose a handling code").click()
    expect(page.get_by_label("Handling code")).to_be_focused()


def test_a_question_that_sets_a_task_does_not_leave_the_desk(
    page_of: OpenPage, real_world: World
) -> None:
    contribution = admitted(real_world)
    page = page_of(real_world.luis)
    page.goto(f"/desk/contributions/{contribution.pk}/")

    page.get_by_text("Ask the contributor").click()
    page.get_by_label("Do you already hold where this happened?").check()
    page.get_by_label("Details").fill("Please follow the van next week.")
    page.get_by_role("button", name="Send question").click()

    expect(page.get_by_text("sets the contributor a task").first).to_be_visible()
    page.get_by_label("Details").fill("")
    page.get_by_role("button", name="Send question").click()
    expect(page.get_by_text("The question was sent.")).to_be_visible()
    expect(page.get_by_text("Nothing to do here until the contributor answers.")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_is_wider_than_its_screen(
    page_of: OpenPage, real_world: World, language: str, width: int
) -> None:
    steps = (in_triage(real_world), admitted(real_world), prioritised(real_world))
    page = page_of(real_world.luis, viewport={"width": width, "height": 800})
    page.goto("/home/")
    page.locator(f"button[lang={language}]").click()
    addresses = [f"/desk/contributions/{each.pk}/" for each in steps]
    addresses += ["/desk/?view=all", f"{addresses[-1]}disseminate/", "/desk/inputs/"]

    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
