"""`actor_of`: the only way by which a user becomes an Actor, at every edge of a mandate."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crosslight.accounts.models import User
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import CONTRIBUTOR_ROLES, ActorKind, Role
from crosslight.foundation import clock
from crosslight.partnerships.models import Mandate, Organisation
from crosslight.partnerships.selectors import actor_of
from crosslight.partnerships.services import add_person, grant_mandate, revoke_mandate
from tests.factories import CONSOLE, DESK_ROLES, LEGAL_BASIS, World, a_year_from_now, user_of

pytestmark = pytest.mark.either_database


def now_of(actor: Actor, *, has_mfa: bool = True) -> Actor:
    return actor_of(user_of(actor), has_mfa=has_mfa)


def mandate_of(actor: Actor) -> Mandate:
    return Mandate.objects.get(user_id=actor.id)


def test_a_mandate_in_force_gives_role_place_and_kind(world: World) -> None:
    actor = actor_of(user_of(world.amina), has_mfa=True, session="s1")

    assert actor == Actor(
        id=world.amina.id,
        kind=ActorKind.PERSON,
        roles=frozenset({Role.REPORTER}),
        expired_roles=frozenset(),
        organisation_id=world.shelter.pk,
        unit_id=None,
        country="XN",
        contributor_kind=ContributorKind.SHELTER,
        has_mfa=True,
        session="s1",
    )


def test_a_unit_comes_with_its_authority_and_country(world: World) -> None:
    actor = now_of(world.ousman)

    assert actor.roles == {Role.UNIT_OFFICER}
    assert (actor.unit_id, actor.organisation_id, actor.country) == (
        world.unit_b.pk,
        world.police_b.pk,
        "XS",
    )
    assert actor.contributor_kind is None


def test_several_mandates_add_up_and_the_one_with_a_unit_says_the_place(world: World) -> None:
    user = user_of(world.ncp_a)
    grant_mandate(
        actor=CONSOLE,
        user=user,
        role=Role.UNIT_HEAD,
        organisation=world.police_a,
        unit=world.unit_a2,
        legal_basis=LEGAL_BASIS,
        valid_until=a_year_from_now(),
    )

    actor = actor_of(user, has_mfa=True)

    assert actor.roles == {Role.NATIONAL_POINT, Role.UNIT_HEAD}
    assert actor.unit_id == world.unit_a2.pk


@pytest.mark.parametrize(
    ("offset", "is_in_force"),
    [
        (timedelta(microseconds=-1), False),
        (timedelta(0), True),
        (timedelta(days=1) - timedelta(microseconds=1), True),
        (timedelta(days=1), False),
        (timedelta(days=400), False),
    ],
)
def test_a_mandate_holds_from_its_first_moment_up_to_its_last(
    offset: timedelta, is_in_force: bool, world: World
) -> None:
    start = clock.now()
    Mandate.objects.filter(user_id=world.ndeye.id).update(
        valid_from=start, valid_until=start + timedelta(days=1)
    )

    with clock.at(start + offset):
        actor = now_of(world.ndeye)

    assert actor.roles == ({Role.UNIT_OFFICER} if is_in_force else frozenset())
    assert actor.expired_roles == (frozenset() if is_in_force else {Role.UNIT_OFFICER})
    assert (actor.unit_id is not None) is is_in_force


def test_an_expired_mandate_only_explains_a_refusal(world: World) -> None:
    actor = now_of(world.expired)

    assert actor.roles == frozenset()
    assert actor.expired_roles == {Role.REPORTER}
    assert actor.organisation_id is None
    assert actor.country is None
    assert actor.contributor_kind is None


def test_a_revoked_mandate_ends_at_once_and_explains_nothing(world: World) -> None:
    revoke_mandate(actor=CONSOLE, mandate_id=mandate_of(world.ndeye).pk)

    actor = now_of(world.ndeye)

    assert actor.roles == actor.expired_roles == frozenset()
    assert actor.unit_id is None


def test_one_mandate_lost_leaves_the_others(world: World) -> None:
    lost = Mandate.objects.get(user_id=world.luis.id, role=Role.ANALYST.value)

    revoke_mandate(actor=CONSOLE, mandate_id=lost.pk)

    assert now_of(world.luis).roles == frozenset(DESK_ROLES) - {Role.ANALYST}


@pytest.mark.parametrize("name", ["amina", "preparer", "lead"])
def test_the_end_of_an_accreditation_ends_every_role_of_its_people(name: str, world: World) -> None:
    actor = world.actors[name]
    today = clock.today()
    Organisation.objects.filter(pk=world.shelter.pk).update(accredited_until=today)
    assert now_of(actor).roles == actor.roles

    Organisation.objects.filter(pk=world.shelter.pk).update(
        accredited_until=today - timedelta(days=1)
    )

    assert now_of(actor).roles == frozenset()
    assert now_of(actor).expired_roles == actor.roles


def test_without_a_date_of_accreditation_nobody_of_it_acts(world: World) -> None:
    Organisation.objects.filter(pk=world.shelter.pk).update(accredited_until=None)

    assert now_of(world.amina).roles == frozenset()


def test_authorities_need_no_accreditation(world: World) -> None:
    authorities = {
        name: actor
        for name, actor in world.actors.items()
        if actor.roles and actor.roles.isdisjoint(CONTRIBUTOR_ROLES)
    }

    assert len(authorities) > 10
    for actor in authorities.values():
        assert actor.organisation_id is not None
        assert now_of(actor).roles == actor.roles


@pytest.mark.parametrize("name", ["amina", "luis", "ndeye", "administrator"])
def test_a_disabled_user_has_no_role(name: str, world: World) -> None:
    actor = world.actors[name]
    User.objects.filter(pk=actor.id).update(is_active=False)

    assert now_of(actor).roles == frozenset()
    assert now_of(actor).organisation_id is None


def test_a_machine_is_a_machine_whatever_its_role(world: World) -> None:
    robot = add_person(
        actor=CONSOLE, email="robot@example.org", name="Robot", kind=ActorKind.MACHINE
    )
    grant_mandate(
        actor=CONSOLE,
        user=robot,
        role=Role.REPORTER,
        organisation=world.bank,
        legal_basis=LEGAL_BASIS,
        valid_until=a_year_from_now(),
    )

    actor = actor_of(robot, has_mfa=False)

    assert actor.kind is ActorKind.MACHINE
    assert actor.roles == {Role.REPORTER}
    assert not actor.has_mfa


def test_a_user_without_mandate_may_nothing(db: None) -> None:
    user = add_person(actor=CONSOLE, email="new@example.org", name="New")

    assert actor_of(user, has_mfa=True) == Actor(id=user.pk, has_mfa=True)


@pytest.mark.parametrize("has_mfa", [True, False])
def test_the_second_factor_is_what_the_session_says(has_mfa: bool, world: World) -> None:
    assert now_of(world.ndeye, has_mfa=has_mfa).has_mfa is has_mfa


def test_an_actor_costs_one_query_however_many_mandates(world: World) -> None:
    user = user_of(world.luis)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        actor_of(user, has_mfa=True)

    assert len(queries) == 1


def test_an_actor_is_of_its_moment(world: World) -> None:
    """Nothing is remembered: the same user asked a year later is asked anew."""
    later: datetime = clock.now() + timedelta(days=366)

    with clock.at(later):
        assert now_of(world.fatou).roles == frozenset()
    assert now_of(world.fatou).roles == {Role.UNIT_HEAD}
