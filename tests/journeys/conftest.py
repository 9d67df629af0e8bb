"""Journeys in the real browser, on a real server, watched for what must never happen.

`page_of(actor)` opens a browser of its own for that person, signed in with a second factor. When
the test ends, every page must have stayed on this server, kept its content policy, and written no
error to the console.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from crosslight.core.policy import Actor
from tests.factories import World, build_world
from tests.web.signed_in import browser_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1366, "height": 850}
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""

OpenPage = Callable[..., Page]


@dataclass
class Watch:
    """What the pages of one test did that they must not do."""

    host: str
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_told_status(message):
            self.complaints.append(f"console: {message.text}")

    def hear_of_bad_line(self, message: ConsoleMessage) -> None:
        """Chromium writes a line for each request that the test cuts off."""
        if "net::ERR_FAILED" not in message.text:
            self.hear(message)

    def see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def fail(self, error: Exception) -> None:
        self.complaints.append(f"script: {error}")

    @staticmethod
    def _is_told_status(message: ConsoleMessage) -> bool:
        """Chromium writes a line for each page that comes with 4xx, as corrections do."""
        return "the server responded with a status of 4" in message.text


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the ORM is still used from it alone.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def real_world(chromium: Browser, transactional_db: None) -> World:
    """The shared world, committed, so that the server of the test sees it."""
    return build_world()


@pytest.fixture
def page_of(chromium: Browser, live_server: Any, real_world: World) -> Iterator[OpenPage]:
    watch = Watch(host=urlsplit(live_server.url).netloc)
    contexts = []

    def open_page(
        actor: Actor, *, may_leave: bool = False, has_bad_line: bool = False, **options: Any
    ) -> Page:
        """`may_leave`: this page is expected to go to another site."""
        options = {"viewport": DESKTOP, "locale": "en-GB"} | options
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([_session_cookie(actor, live_server.url)])
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        page.on("console", watch.hear_of_bad_line if has_bad_line else watch.hear)
        page.on("pageerror", watch.fail)
        if not may_leave:
            page.on("request", watch.see)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.complaints == []


def _session_cookie(actor: Actor, address: str) -> dict[str, Any]:
    client = browser_of(actor)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
