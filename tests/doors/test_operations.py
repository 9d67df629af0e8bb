"""Every operation of the API, with a key for it and with keys that are not: nothing unlogged."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from crosslight.accounts.models import User
from crosslight.api import urls as api_urls
from crosslight.api import v1
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import Role
from crosslight.ledger.acts import Act
from crosslight.partnerships import services as partnerships
from crosslight.partnerships.selectors import actor_of
from tests.api.conftest import Machine, make_machine  # noqa: F401  a fixture
from tests.api.test_files import upload
from tests.doors.operations import BESIDE, OFFICER, OPERATIONS, REPORTER
from tests.doors.test_pages import door_of, text_of, world  # noqa: F401  a fixture
from tests.doors.walking import (
    entries_of,
    faults_of,
    named_in,
    refusals,
    rolled_back,
    texts,
    unnamed,
)
from tests.factories import CONSOLE, World
from tests.web.contributor.test_files import piece_headers

pytestmark = pytest.mark.django_db
RULES = v1.declared_rules(v1.whole_api())


def test_every_operation_says_what_it_leaves_in_the_ledger() -> None:
    known = set(map(door_of, OPERATIONS))
    assert set(RULES) - known == set(), "add them to the table of operations"
    assert known - set(RULES) == set(), "there are no such operations any more"


def test_nothing_but_operations_lies_beside_them() -> None:
    tables: list[URLPattern | URLResolver] = [*api_urls.contributor(), *api_urls.authority()]
    assert {str(each.pattern) for each in tables} == set(BESIDE)


@pytest.fixture
def machines(world: World, make_machine: Any) -> dict[str, Machine]:  # noqa: F811
    """Of the shelter and of unit A, and the same elsewhere."""
    return {
        "shelter": make_machine(*REPORTER),
        "union": make_machine(*REPORTER, organisation=world.union),
        "unit_a": make_machine(*OFFICER, organisation=world.police_a, unit=world.unit_a),
        "unit_c": make_machine(*OFFICER, organisation=world.police_c, unit=world.unit_c),
        "blind": make_machine(
            Role.UNIT_HEAD, organisation=world.police_b, unit=world.unit_b, scopes=("nothing",)
        ),
    }


@pytest.mark.parametrize("key", OPERATIONS)
def test_no_operation_goes_unlogged(key: str, world: World, machines: dict[str, Machine]) -> None:  # noqa: F811
    door, call = OPERATIONS[key], OPERATIONS[key].call(world)
    rule = RULES[door_of(key)]
    assert rule is not None
    of_contributors = not rule.roles.isdisjoint(REPORTER) and not rule.roles >= set(Role)
    opener = machines["shelter" if of_contributors or rule.roles >= set(Role) else "unit_a"]
    strangers = [machines["blind"], machines["unit_a" if of_contributors else "shelter"]]
    if call.ids:
        strangers.append(machines["union" if of_contributors else "unit_c"])
    for stranger in [] if door.strangers == () else strangers:
        assert refused(key, call.ids, stranger, rule.name, call.data) == []
    known, entries = texts(), []
    with entries_of(entries):
        response = through(key, call.ids, opener, call.data)
    body = text_of(response)
    assert response.status_code == (door.status or 200), body
    assert {entry.act for entry in entries} == set(door.leaves)
    assert list(faults_of(entries, actor=actor_of_machine(opener), is_person=False)) == []
    assert all(entry.session or entry.actor.startswith("system:") for entry in entries)
    named = named_in(entries)
    if door.leaves:
        assert {*map(str, call.objects)} - named == set()
    assert unnamed(body, known=known, named=named, points_to=door.points_to) == []


def test_a_revoked_key_at_the_door_is_on_record(machines: dict[str, Machine]) -> None:
    machine, entries = machines["shelter"], []
    partnerships.revoke_api_key(actor=CONSOLE, key_id=machine.credential_id)
    with entries_of(entries):
        response = machine.get("/contributions")
        Machine("no.such-key", "", "").get("/contributions")
    assert response.status_code == 401
    (entry,) = entries
    assert (entry.act, entry.actor) == (Act.ACT_REFUSED, machine.user_id)
    assert entry.objects == (machine.credential_id,)


def refused(key: str, ids: Any, stranger: Machine, action: str, data: Any) -> list[str]:
    known, entries = texts(), []
    with rolled_back(), entries_of(entries):
        response = through(key, ids, stranger, data)
    faults = refusals(
        entries, actor=actor_of_machine(stranger), action=action, ids=tuple(map(str, ids))
    )
    if response.status_code not in {403, 404}:
        faults.append(f"answered with {response.status_code}")
    return faults + unnamed(text_of(response), known=known, named=frozenset(), points_to=())


def through(key: str, ids: Any, machine: Machine, data: Any) -> Any:
    method, path, *_ = key.split(" ")
    for value in ids:
        before, _, after = path.partition("{")
        path = before + str(value) + after.partition("}")[2]
    if method == "POST":
        return machine.post(path, dict(data))
    if method == "GET":
        return machine.get(path)
    body, headers = (data["body"], piece_headers(data["body"], 0)) if data else (b"", {})
    return upload(machine, method, f"/api/v1{path}", body, **headers)


def actor_of_machine(machine: Machine) -> Actor:
    return actor_of(User.objects.get(pk=machine.user_id), has_mfa=False)
