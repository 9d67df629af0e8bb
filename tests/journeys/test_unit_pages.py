"""What only a browser shows of the units' pages: reading while typing, keys, width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.coordination.factories import acknowledged
from tests.factories import World
from tests.investigations.factories import registered
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
PASTED = "DIALLO-NKEMBA Mamadou Saliou 03/04/1987 +44 7700 900123 passport X0000000"


def test_a_record_from_paste_to_saved(page_of: OpenPage, real_world: World) -> None:
    case = registered(real_world.ndeye, real_world.fatou)
    page = page_of(real_world.ndeye)
    page.goto(f"/unit/investigations/{case.pk}/")
    page.get_by_role("link", name="Add record").click()
    page.wait_for_load_state()  # a person cannot paste before the script listens

    page.get_by_label("Paste anything").fill(PASTED)
    expect(page.locator("#read")).to_contain_text("+44 7700 900123")
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("4 March 1987").check(force=True)
    page.locator("#id_source").fill("Interview note 7")
    page.get_by_role("button", name="Save record").last.click()

    expect(page.get_by_role("status")).to_contain_text("Matching runs now")
    expect(page.locator("main")).to_contain_text("1987-03-04")


def test_the_strip_follows_what_is_typed(page_of: OpenPage, real_world: World) -> None:
    pair = acknowledged(real_world)
    page = page_of(real_world.ndeye)
    page.goto(f"/unit/investigations/{pair.inv_a.pk}/records/new/?kind=UserAccount")

    page.get_by_label("Phone number").fill("07700 900123")
    page.get_by_label("Phone number").press("Tab")

    expect(page.locator("#held")).to_contain_text("Momodou Jallow")


def test_keys_choose_an_answer_unless_typing_or_switched_off(
    page_of: OpenPage, real_world: World
) -> None:
    pair = acknowledged(real_world)
    page = page_of(real_world.ndeye)
    page.goto(f"/unit/matches/{pair.match.pk}/")

    page.keyboard.press("3")
    expect(page.get_by_label("Cannot tell")).to_be_checked()

    page.get_by_label("Why?").press("1")
    expect(page.get_by_label("Cannot tell")).to_be_checked()
    expect(page.get_by_label("Why?")).to_have_value("1")

    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("2")
    expect(page.get_by_label("Cannot tell")).to_be_checked()
    page.reload()
    expect(page.get_by_role("button", name="Turn the keys on")).to_be_visible()


def test_no_page_is_wider_than_a_phone(page_of: OpenPage, real_world: World) -> None:
    pair = acknowledged(real_world)
    page = page_of(real_world.ndeye, viewport=PHONE)
    case = f"/unit/investigations/{pair.inv_a.pk}/"
    for address in (
        "/unit/",
        "/unit/matches/",
        f"/unit/matches/{pair.match.pk}/",
        "/unit/investigations/",
        case,
        f"{case}records/new/",
        f"{case}records/new/?kind=Person",
        f"/unit/investigations/records/{pair.entity_a.pk}/",
    ):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address
