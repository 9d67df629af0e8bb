"""Journey A in the browser: from the first sign to the receipt, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from crosslight.contributions.models import Contribution
from crosslight.core.vocabulary.contributions import ContributionKind
from tests.contributions.factories import draft, typology
from tests.factories import World
from tests.journeys.conftest import PHONE, OpenPage

pytestmark = pytest.mark.browser

MOST_TAPS = 30
STORY = "Three men live above the workshop and are driven to the fields before dawn."


class Taps:
    """Counts what a thumb does, and does it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def button(self, name: str) -> None:
        self.number += 1
        self.page.get_by_role("button", name=name, exact=True).click()

    def link(self, name: str) -> None:
        self.number += 1
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def choice(self, name: str, *, within: str = "") -> None:
        self.number += 1
        place = self.page.get_by_role("group", name=within) if within else self.page
        place.get_by_label(name).first.check()

    def type(self, label: str, text: str) -> None:
        self.number += 1
        self.page.get_by_label(label).fill(text)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_red_flag_report_from_the_first_sign_to_the_receipt(
    page_of: OpenPage, real_world: World, has_scripts: bool
) -> None:
    page = page_of(real_world.amina, viewport=PHONE, java_script_enabled=has_scripts)
    taps = Taps(page)

    _start(taps)
    _say_what_was_noticed(taps)
    _say_where_and_when(taps)
    _give_a_phone(taps, has_scripts=has_scripts)
    _tell_it(taps)
    _choose_who_may_know(taps)
    _check_and_send(taps)

    expect(page.get_by_role("heading", name="Report received")).to_be_visible()
    code = page.locator("#receipt-code").inner_text()
    taps.type("Last four characters of the code", code[-4:])
    taps.button("Done")

    expect(page.get_by_text("You kept the code.")).to_be_visible()
    expect(page.get_by_text("Received").first).to_be_visible()
    sent = Contribution.objects.get()
    assert sent.receipt_code == code
    assert sent.content["identifiers"][0]["value"] == "+447700900123"
    assert taps.number <= MOST_TAPS


def _start(taps: Taps) -> None:
    taps.page.goto("/home/")
    taps.link("New report")
    expect(taps.page.get_by_text("Call 112").first).to_be_visible()
    taps.choice("Red-flag report")
    taps.button("Continue")


def _say_what_was_noticed(taps: Taps) -> None:
    expect(taps.page.get_by_role("heading", name="What did you notice?")).to_be_visible()
    taps.choice("Papers kept at destination")
    taps.choice("I saw it")
    taps.button("Continue")


def _say_where_and_when(taps: Taps) -> None:
    taps.type("Where was it?", "Norhaven")
    taps.choice("This week")
    taps.choice("Yes", within="Is it still happening?")
    taps.button("Continue")


def _give_a_phone(taps: Taps, *, has_scripts: bool) -> None:
    expect(taps.page.get_by_text("Do not name the possible victim here.")).to_be_visible()
    taps.page.wait_for_load_state()  # a person cannot paste before the script listens
    taps.type("Paste or type what you know", "+44 7700 900123")
    taps.choice("Recruiter or controller")
    if has_scripts:
        expect(taps.page.get_by_text("Read as:")).to_be_visible()
    taps.button("Continue")


def _tell_it(taps: Taps) -> None:
    taps.type("What happened?", STORY)
    taps.choice("I saw it", within="How do you know?")
    taps.choice("Likely")
    taps.button("Continue")


def _choose_who_may_know(taps: Taps) -> None:
    taps.choice("Yes", within="May the desk contact you about this?")
    taps.choice("The desk decides")
    taps.choice("They know and agreed")
    taps.choice("Consent of the person")
    taps.button("Continue")


def _check_and_send(taps: Taps) -> None:
    expect(taps.page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(taps.page.get_by_text("Who will see this:")).to_be_visible()
    expect(taps.page.get_by_text(STORY)).to_be_visible()
    taps.button("Send report")


def test_looking_for_another_sign_keeps_what_was_ticked(
    page_of: OpenPage, real_world: World
) -> None:
    page = page_of(real_world.amina, viewport=PHONE)
    begun = draft(real_world.amina)
    page.goto(f"/contributor/contributions/{begun.pk}/pages/noticed/")

    page.get_by_label("Excessive days or hours").check()
    page.get_by_text("More, or something else").click()
    page.get_by_role("searchbox").fill("passport")
    page.get_by_role("searchbox").press("Enter")

    expect(page.get_by_role("checkbox", name="Excessive days or hours")).to_be_checked()
    found = page.locator("#found")
    found.get_by_role("checkbox").first.check()
    expect(found.get_by_text("How do you know?").first).to_be_visible()


def test_what_was_typed_outlives_the_browser(page_of: OpenPage, real_world: World) -> None:
    begun = draft(real_world.amina, {"place": "Norhaven"})
    address = f"/contributor/contributions/{begun.pk}/pages/words/"
    page = page_of(real_world.amina, viewport=PHONE)
    page.clock.install()
    page.goto(address)
    page.get_by_label("What happened?").fill("Three men live above the work")

    with page.expect_response(lambda answer: "/autosave/" in answer.url):
        page.clock.run_for(16_000)
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    page.context.close()

    again = page_of(real_world.amina, viewport=PHONE)
    again.goto("/contributor/")
    again.get_by_role("link", name="Red-flag report: Norhaven").click()
    expect(again.get_by_label("What happened?")).to_have_value("Three men live above the work")


def test_two_browsers_on_one_draft_lose_nothing(page_of: OpenPage, real_world: World) -> None:
    begun = draft(real_world.amina, {"place": "Norhaven"})
    address = f"/contributor/contributions/{begun.pk}/pages/words/"
    first, second = page_of(real_world.amina), page_of(real_world.amina)
    for page in (first, second):
        page.goto(address)
        page.get_by_label("What happened?").fill(
            f"{STORY} {'Mine' if page is second else 'Theirs'}."
        )
        page.get_by_label("I saw it").check()

    first.get_by_role("button", name="Continue").click()
    expect(first.get_by_role("heading", name="Sharing and consent")).to_be_visible()
    second.get_by_role("button", name="Continue").click()

    expect(second.get_by_text(f"{STORY} Mine.")).to_be_visible()
    expect(second.get_by_text(f"{STORY} Theirs.")).to_be_visible()
    second.get_by_role("button", name="Save my version").click()
    expect(second.get_by_role("heading", name="Sharing and consent")).to_be_visible()
    assert Contribution.objects.get().content["facts"] == f"{STORY} Mine."


def test_leaving_at_once_shows_another_site(page_of: OpenPage, real_world: World) -> None:
    page = page_of(real_world.amina, viewport=PHONE, may_leave=True)
    page.route("**/*wikipedia.org/**", lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
    page.goto("/contributor/new/")

    for _ in range(3):
        page.keyboard.press("Shift")

    expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_is_wider_than_its_screen(
    page_of: OpenPage, real_world: World, language: str, width: int
) -> None:
    begun = draft(real_world.amina, {"place": "Norhaven" * 20})
    page = page_of(real_world.amina, viewport={"width": width, "height": 800})
    page.goto("/home/")
    page.locator(f"button[lang={language}]").click()
    parts = ["noticed", "where_when", "identifiers", "words", "sharing"]
    addresses = [f"/contributor/contributions/{begun.pk}/pages/{part}/" for part in parts]
    pattern = draft(real_world.amina, typology(), kind=ContributionKind.TYPOLOGY)
    addresses += [
        f"/contributor/contributions/{pattern.pk}/pages/{part}/"
        for part in ("pattern", "red_flags", "release")
    ]
    addresses += [f"/contributor/contributions/{pattern.pk}/check/", "/typologies/"]
    addresses += ["/contributor/", "/contributor/new/", "/contributor/indicators/"]
    addresses += [f"/contributor/contributions/{begun.pk}/check/"]

    for address in addresses:
        page.goto(address)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, address
        assert page.evaluate("document.documentElement.dir") == (
            "rtl" if language == "ar" else "ltr"
        )
