"""A unit enters 340 records: few matches, each with its reason, and none by names alone."""

from __future__ import annotations

from itertools import product

import pytest

from crosslight.coordination.models import CommonValue, Match
from crosslight.coordination.services import entry
from tests.coordination.factories import investigations
from tests.investigations.factories import person, said

GIVEN = ("Mamadou", "Fatou", "Aminata", "Ousmane", "Awa", "Ibrahima", "Mariama")
FAMILY = ("Diallo", "Ndiaye", "Sow", "Ba", "Traoré")
# The same names as the clerks of the other country write them.
GIVEN_THERE = ("Momodou", "Fatou", "Aminata", "Ousman", "Awa", "Ibrahima", "Mariama")
FAMILY_THERE = ("Jallow", "Njie", "Sow", "Bah", "Touray")
NAMES = [f"{given} {family}" for given, family in product(GIVEN, FAMILY)]
NAMES_THERE = [f"{given} {family}" for given, family in product(GIVEN_THERE, FAMILY_THERE)]
SHELTER = said("phone", "+44 7700 900999")
RECORDS = 340
IN_THE_SHELTER = 60
PASSPORTS = ("X7001", "X7002", "X7003")


def passport(number):
    return said("passportNumber", f"{number}4321")


@pytest.fixture
def held(world):
    """What unit B holds: every name twice, three in the shelter, three with a passport."""
    inv_a, inv_b = investigations(world)
    for place, name in enumerate(NAMES_THERE * 2):
        more = [SHELTER] if place % 30 == 7 else []
        more += [passport(PASSPORTS[place])] if place < len(PASSPORTS) else []
        entry.enter_entity(
            actor=world.ousman,
            investigation_id=inv_b.pk,
            draft=person(said("name", name), *more),
        )
    return inv_a


def statements(place):
    yield said("name", NAMES[place % len(NAMES)])
    if place < IN_THE_SHELTER:
        yield SHELTER
    if place in (300, 301):
        yield passport(PASSPORTS[place - 300])


def test_many_records_make_few_matches_and_each_says_why(world, held):
    for place in range(RECORDS):
        entry.enter_entity(
            actor=world.ndeye, investigation_id=held.pk, draft=person(*statements(place))
        )
    matches = list(Match.objects.order_by("number"))
    by_passport = [each for each in matches if agrees(each, "document")]
    by_shelter = [each for each in matches if agrees(each, "phone")]
    assert len(by_passport) == 2
    assert len(matches) == len(by_passport) + len(by_shelter), "names alone notified"
    # The shelter's phone asks only until it is known to be one.
    assert 0 < len(by_shelter) <= 10
    assert CommonValue.objects.count() == 1
    late = by_shelter[-1].sides.get(is_trigger=True).entity
    assert late.caption in NAMES
    common_since = CommonValue.objects.get().since
    assert all(each.notified_at <= common_since for each in by_shelter)
    for match in matches:
        assert all(item["template"].endswith(".") for item in match.evidence)
        assert sum(item["weight"] for item in match.evidence) == pytest.approx(match.weight)


def agrees(match, attribute):
    return any(item["attribute"] == attribute and item["weight"] > 0 for item in match.evidence)
