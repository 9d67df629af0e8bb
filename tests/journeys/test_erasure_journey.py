"""O5 in a browser: the data-protection officer finds, asks, looks and confirms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from crosslight.contributions.models import Contribution
from tests.factories import World
from tests.journeys.conftest import PHONE
from tests.review.factories import disseminated

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def check(page: Page, name: str) -> None:
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    page.set_viewport_size(before)


def test_an_officer_erases_a_report(real_world: World, page_of: OpenPage) -> None:
    sent = disseminated(real_world, to=(real_world.unit_a.pk, real_world.unit_b.pk))
    page = page_of(real_world.nuria)
    page.goto("/home/")
    page.get_by_role("link", name="Erase or set aside").first.click()
    page.get_by_label("Phone, e-mail, document or account").fill("+44 7700 900123")
    page.get_by_role("button", name="Look").click()
    found = page.get_by_role("status").get_by_text(sent.contribution_id)
    assert found.is_visible()
    check(page, "found")
    page.get_by_label("Identifier of the report or record").fill(sent.contribution_id)
    page.get_by_text("Erase", exact=True).click()
    page.get_by_label("On which ground?").select_option("led_16_2_unlawful")
    page.get_by_role("button", name="Show what would go").click()
    assert page.get_by_text("Unit B").is_visible()
    check(page, "preview")
    page.get_by_role("button", name="Erase it now").click()
    assert page.get_by_text("Tick the box if you are sure").first.is_visible()
    check(page, "not sure")
    page.get_by_label("I have checked the ground").check()
    page.get_by_role("button", name="Erase it now").click()
    assert page.get_by_text("Done, and on record.").is_visible()
    check(page, "done")
    assert Contribution.objects.get(pk=sent.contribution_id).content == {}
