"""Every page of both surfaces, opened as strangers and as its people: no act goes unlogged.

Directive (EU) 2016/680, article 25. See `door.py` for how a new page is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.files import File
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, reverse

from crosslight.core.policy import Actor, Rule
from crosslight.core.vocabulary.people import ActorKind
from crosslight.web.shared.access import Screen
from tests.doors import contributor, desk, oversight, shared, unit
from tests.doors.door import Call, Door
from tests.doors.practice import PRACTICE
from tests.doors.walking import (
    entries_of,
    faults_of,
    named_in,
    refusals,
    rolled_back,
    texts,
    unnamed,
)
from tests.factories import World, build_world
from tests.web.exercise import urls
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.django_db
DOORS: dict[str, Door] = {
    **contributor.DOORS,
    **desk.DOORS,
    **unit.DOORS,
    **oversight.DOORS,
    **shared.DOORS,
}
# Who has no role for a page of that surface, and who has one and stands elsewhere.
STRANGERS = {
    "contributor": ("luis", "other_reporter"),
    "desk": ("amina", "foreign_desk"),
    "unit": ("amina", "head_c"),
    "oversight": ("amina", "luis"),
}
PIECE_TYPE = "application/offset+octet-stream"
_NO_STRANGERS: tuple[str, ...] = ()


def screens() -> dict[str, Screen]:
    """Method and name of every page, the demo's among them."""
    return {
        f"{method} {name}": view
        for name, view in _walk(urls.urlpatterns, "")
        for method in sorted(view.methods - {"HEAD"})
    }


def _walk(entries: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, Screen]]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from _walk(
                entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space
            )
        elif isinstance(entry.callback, Screen):
            yield f"{space}{entry.name}", entry.callback


SCREENS = screens()


def door_of(key: str) -> str:
    """`POST desk:validate with a fault` is one more way through `POST desk:validate`."""
    method, name, *_ = key.split(" ")
    return f"{method} {name}"


def test_every_page_says_what_it_leaves_in_the_ledger() -> None:
    known = set(map(door_of, [*DOORS, *PRACTICE]))
    assert set(SCREENS) - known == set(), "add them to the tables of doors"
    assert known - set(SCREENS) == set(), "there are no such pages any more"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once; what a door does to it is undone behind it."""
    with django_db_blocker.unblock(), rolled_back():
        yield build_world()


@pytest.fixture(autouse=True)
def _with_every_page() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=urls.__name__):
        yield


@pytest.mark.parametrize("key", DOORS)
def test_no_act_at_this_page_goes_unlogged(key: str, world: World) -> None:
    door = DOORS[key]
    call = door.call(world)
    for name in strangers_of(key, door, call):
        assert refused(key, call, world.actors[name]) == [], f"{name} at {key}"
    known, entries = texts(), []
    browser = browser_for(call)
    with entries_of(entries):
        response = through(key, call, browser)
    body = text_of(response)
    assert response.status_code == door.status or (
        door.status is None and response.status_code < 400
    ), (
        response.status_code,
        body[:3000],
    )
    assert {entry.act for entry in entries} == set(door.leaves)
    assert list(faults_of(entries, actor=call.actor, is_person=has_session(call.actor))) == []
    named = named_in(entries)
    if door.leaves:
        assert set(call.objects) - named == set(), "acted on, and not named"
    wanted = frozenset() if door.leaves else named
    assert unnamed(body, known=known, named=named | wanted, points_to=door.points_to) == []


def strangers_of(key: str, door: Door, call: Call) -> tuple[str, ...]:
    """Without an object in the address, who has the role elsewhere sees a list of their own."""
    if door.strangers is not None:
        return door.strangers
    without_role, elsewhere = STRANGERS[key.split(" ")[1].partition(":")[0]]
    is_theirs_too = not call.ids or key.split(" ")[1].partition(":")[0] == "oversight"
    if is_theirs_too and not key.split(" ")[1].startswith("oversight"):
        return (without_role,)
    return (without_role, elsewhere)


def refused(key: str, call: Call, stranger: Actor) -> list[str]:
    """What is wrong with how the page turned `stranger` away."""
    screen = SCREENS[door_of(key)]
    action = screen.action.name if isinstance(screen.action, Rule) else screen.action.value
    known, entries = texts(), []
    with rolled_back(), entries_of(entries):
        response = through(key, call, browser_of(stranger))
    faults = refusals(entries, actor=stranger, action=action, ids=tuple(map(str, call.ids)))
    if response.status_code not in {403, 404}:
        faults.append(f"answered with {response.status_code}")
    return faults + unnamed(text_of(response), known=known, named=frozenset(), points_to=())


def browser_for(call: Call) -> Client:
    if call.actor is None:
        return Client()
    browser = browser_of(call.actor)
    if call.is_fresh:
        session = browser.session
        shown = [{**each, "at": time()} for each in session[AUTHENTICATION_METHODS_SESSION_KEY]]
        session[AUTHENTICATION_METHODS_SESSION_KEY] = shown
        session.save()
    return browser


def through(key: str, call: Call, browser: Client) -> Any:
    method, name, *_ = key.split(" ")
    address = reverse(name, args=list(call.ids)) + call.query
    if method == "PATCH":
        return browser.patch(
            address, call.body, content_type=PIECE_TYPE, headers=dict(call.headers)
        )
    if method == "POST":
        rewind(call)
        return browser.post(address, dict(call.data), headers=dict(call.headers))
    return browser.get(address, headers=dict(call.headers))


def rewind(call: Call) -> None:
    """A file is sent once for each who tries the door."""
    for value in call.data.values():
        if isinstance(value, File):
            value.seek(0)


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def has_session(actor: Actor | None) -> bool:
    return actor is not None and actor.kind is ActorKind.PERSON
