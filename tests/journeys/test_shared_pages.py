"""The pages that everyone has, in the browser: accessible, within the screen, left at once."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from crosslight.web.shared.context import NEUTRAL_SITE
from tests.factories import World
from tests.journeys.conftest import DESKTOP, PHONE, OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.gallery"),
    pytest.mark.django_db(transaction=True),
]

ADDRESSES = [
    "/",
    "/account/",
    "/notices/",
    "/account/sign-out/",
    "/help/",
    "/no/such/",
    "/gallery/",
]


def open_in(page: Page, address: str, language: str) -> None:
    page.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}]
    )
    page.goto(address)


def faults_of(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_accessible_and_fit_the_screen(
    page_of: OpenPage, real_world: World, language: str, viewport: dict[str, int]
) -> None:
    page = page_of(real_world.amina, viewport=viewport)
    page.goto("/")

    for address in ADDRESSES:
        open_in(page, address, language)
        assert faults_of(page) == [], address
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, address


@pytest.mark.parametrize("way", ["button", "keys"])
def test_the_page_is_left_at_once(page_of: OpenPage, real_world: World, way: str) -> None:
    """The page is covered before any network: here the other site answers with nothing."""
    page = page_of(real_world.amina)
    page.goto("/account/")
    aims: list[str] = []
    page.evaluate(
        "(site) => { document.querySelector('#quick-exit').href = '/help/?left=' + site }",
        NEUTRAL_SITE,
    )

    def answer_with_nothing(route: Route) -> None:
        aims.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/help/**", answer_with_nothing)

    if way == "button":
        page.click("#quick-exit", no_wait_after=True)
    else:
        for _ in range(3):
            page.keyboard.press("Shift")

    expect(page.locator("main")).to_be_hidden()
    assert [NEUTRAL_SITE in aim for aim in aims] == [True]


def test_the_way_out_stays_in_reach_when_the_page_is_scrolled(
    page_of: OpenPage, real_world: World
) -> None:
    page = page_of(real_world.amina, viewport=PHONE)
    page.goto("/gallery/")

    page.evaluate("scrollTo(0, 1500)")

    assert page.locator(".exitbar").bounding_box()["y"] == pytest.approx(0, abs=1)


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(
    page_of: OpenPage, real_world: World
) -> None:
    page = page_of(real_world.luis)
    page.goto("/gallery/")

    page.click("text=Continue")
    expect(page.locator(".fault-summary")).to_be_focused()
    page.click(".fault-summary a >> nth=0")

    expect(page.locator("#id_name")).to_be_focused()


def test_a_form_is_sent_once(page_of: OpenPage, real_world: World) -> None:
    page = page_of(real_world.luis)
    page.goto("/gallery/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    page.evaluate(
        "() => { const b = document.querySelector('main .btn-main'); b.click(); b.click(); }"
    )
    expect(page.locator(".fault-summary")).to_be_visible()

    assert sent.count("POST") == 1
