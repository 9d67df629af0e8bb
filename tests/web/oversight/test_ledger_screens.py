from __future__ import annotations

import re

import pytest
from django.urls import reverse

from crosslight.core.matching import card
from crosslight.ledger import selectors
from crosslight.ledger.acts import Act
from tests.factories import World
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.django_db


def test_the_log_shows_who_when_what_and_why_and_no_content(world: World) -> None:
    page = browser_of(world.nuria).get(reverse("oversight:home")).content.decode()
    assert "mandate.granted" in page
    assert "UTC" in page
    assert "@example.org" not in page


def test_one_entry_opens_with_all_its_codes(world: World) -> None:
    found = selectors.latest_entries(limit=1, act=Act.MANDATE_GRANTED.value)[0]
    browser = browser_of(world.auditor)
    page = browser.get(reverse("oversight:entry", args=[found.index])).content.decode()
    assert found.entry.objects[0] in page
    assert found.leaf_hash.hex() in page


def test_the_filter_takes_nonsense_for_nothing(world: World) -> None:
    browser = browser_of(world.auditor)
    for query in ("act=%00", "actor=<script>", "object=..", "before=-1", "before=9" * 40):
        assert browser.get(f"{reverse('oversight:home')}?{query}").status_code == 200


def test_checking_shows_the_result_and_the_root(world: World) -> None:
    browser = browser_of(world.auditor)
    answer = browser.post(reverse("oversight:verify"), follow=True)
    text = answer.content.decode()
    assert "the ledger holds" in text
    assert re.search(r"[0-9a-f]{64}", text)


def test_the_checkpoint_comes_as_a_file(world: World) -> None:
    answer = browser_of(world.auditor).post(reverse("oversight:checkpoint"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().splitlines()[1].isdecimal()


def test_the_matching_card_shows_the_figures_in_use(world: World) -> None:
    page = browser_of(world.nuria).get(reverse("oversight:matching")).content.decode()
    assert f"{card().spelling_groups} groups" in page
    assert page.count(">up to") == sum(level.is_upper_bound for level in card().levels)


@pytest.mark.parametrize("name", ["amina", "luis", "ndeye"])
def test_nobody_else_finds_these_screens(world: World, name: str) -> None:
    browser = browser_of(world.actors[name])
    for url in ("oversight:home", "oversight:verify", "oversight:matching"):
        assert browser.get(reverse(url)).status_code == 404
