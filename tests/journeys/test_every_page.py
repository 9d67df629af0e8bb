"""Every page that a role reaches by its links: accessible, inside the screen, without complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from crosslight.accounts.selectors import user_by_email
from crosslight.core.policy import Actor
from crosslight.exercises.making import make_world
from crosslight.exercises.worlds import mail_of
from crosslight.partnerships.selectors import actor_of
from tests.journeys.conftest import DESKTOP, PHONE
from tests.remembered import remembered

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
LINKS = "elements => elements.map(element => element.href)"
# Leaves the service, ends the session, or is a file to keep.
NOT_FOLLOWED = frozenset(
    {"account_logout", "leave", "contributor:proof_script", "contributor:import_template"}
)


@pytest.fixture
def real_world(chromium: Browser, transactional_db: None) -> None:
    """The practice world, in place of the small one: it has something on every page."""
    remembered(make_world)


def person(key: str) -> Actor:
    user = user_by_email(mail_of(key))
    assert user is not None
    return actor_of(user, has_mfa=True)


def pages_in_reach(page: Page, first: str) -> Iterator[str]:
    """Opens one page of each view, breadth first, and gives its address while it is open."""
    waiting, seen = [first], set()
    while waiting:
        path = waiting.pop(0)
        name = _view_of(path)
        if name is None or name in seen or name in NOT_FOLLOWED:
            continue
        seen.add(name)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        yield path
        waiting += [urlsplit(link).path for link in page.eval_on_selector_all("a[href]", LINKS)]


def _view_of(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


@pytest.mark.parametrize(
    ("key", "at_least"),
    [("amina", 8), ("luis", 8), ("fatou", 14), ("nuria", 8), ("vera", 6), ("rosa", 5)],
)
def test_every_page_in_reach_is_accessible_and_fits(
    page_of: OpenPage, key: str, at_least: int
) -> None:
    page = page_of(person(key))
    opened = 0
    for path in pages_in_reach(page, "/home/"):
        opened += 1
        found = Axe().run(page).response["violations"]
        assert [(path, rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        page.set_viewport_size(DESKTOP)
    assert opened >= at_least
