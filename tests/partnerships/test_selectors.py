"""Who holds a role now and where, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crosslight.accounts.models import Notice, NoticeKind, User
from crosslight.core.vocabulary.people import CONTRIBUTOR_ROLES, UNIT_ROLES, Role
from crosslight.foundation import clock
from crosslight.partnerships import selectors, services
from crosslight.partnerships.models import Country, Mandate, Organisation, Unit
from crosslight.partnerships.selectors import actor_of, users_with_role
from tests.factories import CONSOLE, DESK_ROLES, LEGAL_BASIS, World, a_year_from_now, user_of

OBJECT = "mat_1"


def names(world: World, users: object) -> set[str]:
    by_id = {actor.id: name for name, actor in world.actors.items()}
    return {by_id[user.pk] for user in users}  # type: ignore[attr-defined]


def test_by_unit_organisation_and_country(world: World) -> None:
    head = [Role.UNIT_HEAD]

    assert names(world, users_with_role(UNIT_ROLES, unit_id=world.unit_a.pk)) == {
        "ndeye",
        "fatou",
        "colleague",
    }
    assert names(world, users_with_role(head, organisation_id=world.police_a.pk)) == {
        "fatou",
        "head_a2",
    }
    assert names(world, users_with_role([Role.ANALYST], country="XS")) == {"foreign_desk"}
    assert names(world, users_with_role(head)) == {"fatou", "head_a2", "lamin", "head_c"}


def test_conditions_narrow_each_other(world: World) -> None:
    nobody = users_with_role(UNIT_ROLES, unit_id=world.unit_a.pk, country="XS")

    assert not nobody.exists()
    assert not users_with_role([]).exists()
    assert not users_with_role(UNIT_ROLES, unit_id="").exists()


def test_several_roles_of_one_person_count_once(world: World) -> None:
    found = list(users_with_role(DESK_ROLES, organisation_id=world.desk.pk))

    assert [user.pk for user in found] == [world.luis.id]


def test_who_holds_a_role_is_whom_actor_of_gives_it(world: World) -> None:
    """The two answers agree for everyone, after mandates ended in every way."""
    _end_some(world)

    roles_of = {user.pk: actor_of(user, has_mfa=True).roles for user in User.objects.all()}

    for role in Role:
        found = {user.pk for user in users_with_role([role])}
        assert found == {pk for pk, roles in roles_of.items() if role in roles}, role


def _end_some(world: World) -> None:
    now = clock.now()
    Mandate.objects.filter(user_id=world.ndeye.id).update(valid_until=now - timedelta(hours=1))
    Mandate.objects.filter(user_id=world.lamin.id).update(revoked_at=now)
    Mandate.objects.filter(user_id=world.head_c.id).update(valid_from=now + timedelta(days=1))
    User.objects.filter(pk=world.ncp_a.id).update(is_active=False)
    Organisation.objects.filter(pk=world.shelter.pk).update(
        accredited_until=(now - timedelta(days=2)).date()
    )


def test_finding_people_costs_one_query(world: World) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(users_with_role(UNIT_ROLES, country="XN"))

    assert len(queries) == 1


def told(world: World) -> set[str]:
    by_id = {actor.id: name for name, actor in world.actors.items()}
    return {by_id[notice.user_id] for notice in Notice.objects.filter(object_id=OBJECT)}


def test_a_unit_is_told_and_no_other_unit_of_the_same_authority(world: World) -> None:
    services.notify_unit(
        unit_id=world.unit_a.pk, kind=NoticeKind.MATCH_ACKNOWLEDGE, object_id=OBJECT
    )

    assert told(world) == {"ndeye", "fatou", "colleague"}


def test_only_the_roles_asked_for_are_told(world: World) -> None:
    services.notify_unit(
        unit_id=world.unit_a.pk,
        roles=[Role.UNIT_HEAD],
        kind=NoticeKind.MATCH_DECIDE,
        object_id=OBJECT,
        due_at=a_year_from_now(),
    )

    assert told(world) == {"fatou"}
    assert Notice.objects.get().due_at is not None


def test_a_country_is_told(world: World) -> None:
    services.notify_country(
        country="XN",
        roles=[Role.VICTIM_PROTECTION, Role.NATIONAL_POINT],
        kind=NoticeKind.PROTECTION_NEEDED,
        object_id=OBJECT,
    )

    assert told(world) == {"ncp_a", "vpo_a"}


def test_an_organisation_is_told_without_those_whose_mandate_ended(world: World) -> None:
    services.notify_organisation(
        organisation_id=world.shelter.pk, kind=NoticeKind.QUESTION_WAITING, object_id=OBJECT
    )

    assert told(world) == {"amina", "preparer", "lead"}
    assert {Notice.objects.filter(user_id=world.amina.id).get().kind} == {"question_waiting"}
    assert all(world.actors[name].has(*CONTRIBUTOR_ROLES) for name in told(world))


def test_whoever_holds_two_roles_is_told_once(world: World) -> None:
    services.grant_mandate(
        actor=CONSOLE,
        user=user_of(world.ndeye),
        role=Role.UNIT_HEAD,
        organisation=world.police_a,
        unit=world.unit_a,
        legal_basis=LEGAL_BASIS,
        valid_until=a_year_from_now(),
    )

    services.notify_unit(unit_id=world.unit_a.pk, kind=NoticeKind.MATCH_ANSWER, object_id=OBJECT)

    assert Notice.objects.filter(user_id=world.ndeye.id).count() == 1


def test_places_by_their_identifiers(world: World) -> None:
    assert selectors.unit(world.unit_a.pk).country == world.norland
    assert selectors.organisation(world.bank.pk) == world.bank
    assert selectors.country("XO") == world.ostmark
    assert selectors.place_names(frozenset({world.unit_b.pk, world.bank.pk, "uni_absent"})) == {
        world.unit_b.pk: "Unit B",
        world.bank.pk: "Suderbank",
    }


@pytest.mark.parametrize(
    ("read", "error"),
    [
        (selectors.unit, Unit.DoesNotExist),
        (selectors.organisation, Organisation.DoesNotExist),
        (selectors.country, Country.DoesNotExist),
    ],
)
def test_a_place_that_is_not_there(read: object, error: type[Exception], db: None) -> None:
    with pytest.raises(error):
        read("absent")  # type: ignore[operator]


def test_lists_are_in_the_order_of_names(world: World) -> None:
    assert [country.name for country in selectors.countries()] == [
        "Norland",
        "Ostmark",
        "Suderland",
    ]
    assert [unit.name for unit in selectors.units()] == ["Unit A", "Unit A2", "Unit C", "Unit B"]
