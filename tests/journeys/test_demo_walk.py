"""The six steps of /demo, walked as a visitor does: the command serves, one browser is everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cli.demo_server import served
from tests.journeys.conftest import DESKTOP, PATIENCE, PHONE, REPORT_VIOLATIONS, Watch

pytestmark = pytest.mark.browser

PORT = "18360"
TOWN = "Norhaven"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("walk") / "world"
    with served("--port", PORT, CROSSLIGHT_DATA=str(folder)) as (said, _):
        found = re.search(r"http://[\d.:]+(?=/demo)", said)
        assert found is not None, said
        yield found[0]


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    watch = Watch(host=urlsplit(address).netloc)
    context = chromium.new_context(base_url=address, viewport=DESKTOP, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.on("console", watch.hear)
    page.on("pageerror", watch.fail)
    page.on("request", watch.see)
    yield page
    context.close()
    assert watch.complaints == []


def become(page: Page, name: str) -> None:
    page.goto("/demo/")
    page.locator("details.more-people").evaluate("details => details.open = true")
    card = page.locator(".persona-name", has_text=re.compile(f"^{name}$"))
    page.locator(".persona", has=card).click()


def expect_ticks(page: Page, number: int) -> None:
    page.goto("/demo/")
    expect(page.locator(".walk-steps .is-done")).to_have_count(number)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_fits_its_screen(page: Page, viewport: dict[str, int], language: str) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(f"/demo?language={language}")

    direction = "rtl" if language == "ar" else "ltr"
    expect(page.locator("html")).to_have_attribute("dir", direction)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    small = page.locator(".persona").evaluate_all(
        "cards => cards.filter(card => card.checkVisibility() && card.offsetHeight < 44).length"
    )
    assert small == 0


def test_six_steps_from_a_weak_signal_to_an_agreed_handover(page: Page) -> None:
    expect_ticks(page, 0)
    _send_a_red_flag(page)
    expect_ticks(page, 1)
    _validate_it(page)
    expect_ticks(page, 2)
    match = _enter_what_the_page_says(page)
    expect_ticks(page, 3)
    _acknowledge_and_answer(page, match)
    expect_ticks(page, 4)
    _agree_a_handover(page, match)
    expect_ticks(page, 5)
    become(page, "Nuria")
    expect(page.get_by_role("cell", name=re.compile("match.agreed")).first).to_be_visible()
    expect_ticks(page, 6)


def _send_a_red_flag(page: Page) -> None:
    become(page, "Amina")
    page.get_by_role("link", name="New report", exact=True).first.click()
    page.get_by_label("Red-flag report").first.check()
    _continue(page)
    page.get_by_label("Papers kept at destination").first.check()
    page.get_by_label("I saw it").first.check()
    _continue(page)
    page.get_by_label("Where was it?").fill(TOWN)
    page.get_by_label("This week").check()
    page.get_by_role("group", name="Is it still happening?").get_by_label("Yes").check()
    _continue(page)
    _continue(page)
    page.get_by_label("What happened?").fill("Three men are driven to the fields before dawn.")
    page.get_by_role("group", name="How do you know?").get_by_label("I saw it").check()
    page.get_by_label("Likely").check()
    _continue(page)
    contact = page.get_by_role("group", name="May the desk contact you about this?")
    contact.get_by_label("Yes").check()
    for answer in ("The desk decides", "They know and agreed", "Consent of the person"):
        page.get_by_label(answer).first.check()
    _continue(page)
    page.get_by_role("button", name="Send report", exact=True).click()
    expect(page.locator("#receipt-code")).to_be_visible()


def _continue(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()


def _validate_it(page: Page) -> None:
    become(page, "Luis")
    page.get_by_role("link", name=re.compile(TOWN)).click()
    page.get_by_role("button", name="Take it").click()
    decision = page.locator(".review-decision")
    decision.get_by_label("B: mostly reliable so far").check()
    decision.get_by_label("2: known to the source").check()
    decision.get_by_label("Handling code").select_option("H1")
    decision.get_by_role("button", name="Validate").click()
    expect(page.get_by_text("Validated.")).to_be_visible()


def _enter_what_the_page_says(page: Page) -> str:
    """Copies the text of step 3 into the investigation it names; returns the match's reference."""
    page.goto("/demo/")
    text = page.locator(".step-text").inner_text()
    hint = page.locator(".walk-steps li", has=page.locator(".step-text")).inner_text()
    named = re.search("“(.+)”", hint)
    assert named is not None, hint
    become(page, "Ndeye")
    page.get_by_role("link", name=named[1]).first.click()
    page.get_by_role("link", name="Add record").first.click()
    page.get_by_label("Paste anything").fill(text)
    _continue(page)
    page.get_by_label("Source", exact=True).first.fill("Statement of a deckhand")
    page.get_by_label("Role in the case").select_option("recruiter")
    page.get_by_label("Whose data is it?").select_option("suspect")
    page.get_by_role("button", name="Save record").click()
    page.get_by_role("link", name="Matches", exact=True).click()
    references = page.get_by_role("link", name=re.compile(r"^M-\d{4}$")).all_inner_texts()
    return max(references)


def _open_match(page: Page, name: str, match: str) -> None:
    become(page, name)
    page.get_by_role("link", name="Matches", exact=True).click()
    page.get_by_role("link", name=match).first.click()


def _acknowledge_and_answer(page: Page, match: str) -> None:
    for name in ("Ndeye", "Ousman"):
        _open_match(page, name, match)
        page.get_by_role("button", name="Acknowledge").click()
    for name in ("Ousman", "Ndeye"):
        _open_match(page, name, match)
        page.get_by_label("Same", exact=True).check()
        page.get_by_label("Why?").fill("Phone and passport agree.")
        page.get_by_role("button", name="Record my answer").click()


def _agree_a_handover(page: Page, match: str) -> None:
    _open_match(page, "Lamin", match)
    page.get_by_role("link", name="Decide together").first.click()
    page.get_by_role("link", name=re.compile("Hand over")).click()
    page.get_by_label("Unit B gives to Unit A").check()
    page.get_by_label("What is given").fill("Our record of the recruiter")
    page.get_by_label("Why?").fill("Our file is one record; theirs has statements.")
    page.get_by_role("button", name="Propose").click()
    _open_match(page, "Fatou", match)
    page.get_by_role("link", name=re.compile("Decide together|Agree")).first.click()
    page.get_by_label("Why do you agree?").fill("One file is easier to bring to court.")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text(re.compile("CD-\\d{4}")).first).to_be_visible()
