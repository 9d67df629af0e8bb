from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from crosslight.core.attributes import ibans
from crosslight.core.attributes.recognise import Kind, recognise
from crosslight.core.indicators import catalogue
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.exercises.timeline import Calendar
from crosslight.exercises.worlds import WorldError, load_world

FICTION = re.compile(r"(\+|00)44 7700 900\d{3}|(\+33 6|06) 39 98 \d\d \d\d")
OWN_DOMAINS = ("example.org", "example.com")


def texts() -> Iterator[str]:
    """Everything that a person of the world says or holds."""
    world = load_world()
    for row in (*world.contributions, *world.story_contributions):
        yield from (row.facts, row.assessment, row.reasons, row.title, row.body, row.drop)
        yield from (given["value"] for given in row.identifiers)
        yield from (text for text in row.pattern.values() if isinstance(text, str))
    for entity in (*world.entities, *world.story_entities):
        yield from entity.values.values()
    yield from (unit.phone for unit in world.units)
    yield world.hit.text


def test_the_world_is_as_large_as_it_must_be() -> None:
    world = load_world()

    assert len(world.countries) >= 3
    assert len(world.units) >= 4
    assert len({row.kind for row in world.contributors}) == len(world.contributors) == 7
    assert len(world.contributions) == 62
    assert len(world.investigations) == 25
    assert len(world.planted) == 12
    assert len(world.look_alikes) >= 12


# Erasing is a data-protection officer's; nothing of the practice world is erased beforehand.
PRACTISED = {state.value for state in ContributionState} - {ContributionState.ERASED.value}


def test_contributions_are_left_in_every_state() -> None:
    assert {row.end for row in load_world().contributions} == PRACTISED


def test_every_kind_is_practised() -> None:
    """Preserved material is not a row: its files are made with it (`preserving`)."""
    kinds = {row.kind for row in load_world().contributions}
    assert kinds == set(ContributionKind) - {ContributionKind.OSINT_PRESERVATION}


def test_every_country_is_of_the_codes_left_to_users() -> None:
    assert all(re.fullmatch("X[A-Z]", country.code) for country in load_world().countries)


@pytest.mark.parametrize("kind", [Kind.PHONE, Kind.EMAIL, Kind.ACCOUNT])
def test_whatever_could_reach_someone_is_reserved_for_fiction(kind: Kind) -> None:
    found = [item.raw for text in texts() for item in recognise(text) if item.kind is kind]

    assert found
    for raw in found:
        if kind is Kind.PHONE:
            assert FICTION.fullmatch(raw), raw
        elif kind is Kind.EMAIL:
            assert raw.endswith(OWN_DOMAINS), raw
        else:
            assert "TEST" in raw
            assert ibans.normalise(raw), raw


def test_every_phone_property_is_of_a_range_for_fiction() -> None:
    phones = [row.values["phone"] for row in load_world().entities if "phone" in row.values]

    assert phones
    assert [phone for phone in phones if not FICTION.fullmatch(phone)] == []


def test_every_indicator_is_in_the_catalogue() -> None:
    known = catalogue().by_id

    for row in load_world().contributions:
        assert set(row.noticed) <= set(known), row.key


def test_keys_are_used_once() -> None:
    world = load_world()
    keys = [
        row.key
        for rows in (world.people, world.contributions, world.investigations, world.entities)
        for row in rows
    ]

    assert len(keys) == len(set(keys))


def test_every_pair_names_two_entities() -> None:
    world = load_world()
    known = {row.key for row in world.entities}

    for pair in (*world.planted, *world.look_alikes):
        assert len(pair.keys) == 2
        assert pair.keys <= known


def test_a_row_with_an_unknown_field_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from crosslight.exercises import worlds

    with pytest.raises(WorldError, match="PersonaRow jo"):
        worlds._rows(worlds.PersonaRow, [{"key": "jo", "what": "Director", "shoe_size": 43}])


@pytest.mark.parametrize("hour", [0, 8, 23])
def test_today_is_always_today(hour: int) -> None:
    now = datetime(2027, 3, 1, hour, 5, tzinfo=UTC)
    calendar = Calendar(now)

    assert calendar.morning(days_ago=1).date() == now.date() - timedelta(days=1)
    assert calendar.morning(days_ago=0, place=60) < now
    assert calendar.past(now + timedelta(hours=2)) < now
