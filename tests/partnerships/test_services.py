"""Every write is an administrator's, on record once, and of the right kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from crosslight.accounts.models import ApiCredential, User
from crosslight.accounts.selectors import user_by_email
from crosslight.accounts.services import create_credential, create_user
from crosslight.core.policy import Actor, system_actor
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import CONTRIBUTOR_ROLES, UNIT_ROLES, ActorKind, Role
from crosslight.foundation import clock
from crosslight.foundation.errors import InputError, NotAllowed, NotFoundOrHidden
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import entries_count, read_entries
from crosslight.partnerships import services
from crosslight.partnerships.models import (
    Country,
    Mandate,
    Organisation,
    Partnership,
    Unit,
)
from tests.factories import CONSOLE, LEGAL_BASIS, World, a_year_from_now, user_of

TABLES = (Partnership, Country, Organisation, Unit, Mandate, User, ApiCredential)
NEW_PASSWORD = "four loud quiet harbours"
DUTY = services.DutyContact(name="Duty", phone="+44 7700 900101", languages="en")


def _revoke(actor: Actor, world: World) -> None:
    mandate_id = Mandate.objects.filter(user_id=world.ndeye.id).values_list("pk", flat=True)[0]
    services.revoke_mandate(actor=actor, mandate_id=mandate_id)


# Every service of this app that writes, with one call of it that an administrator may make.
WRITES: Mapping[str, tuple[Act, Callable[[Actor, World], object]]] = {
    "found_partnership": (
        Act.PARTNERSHIP_FOUNDED,
        lambda actor, world: services.found_partnership(
            actor=actor, name="Second", kind=Partnership.Kind.JOINT_TEAM
        ),
    ),
    "add_country": (
        Act.COUNTRY_ADDED,
        lambda actor, world: services.add_country(
            actor=actor,
            code="xe",
            name="Estmark",
            time_zone="UTC",
            languages="en",
            dialling_region="GB",
        ),
    ),
    "accredit_contributor": (
        Act.ORGANISATION_ACCREDITED,
        lambda actor, world: services.accredit_contributor(
            actor=actor,
            partnership=world.partnership,
            country=world.norland,
            name="New House",
            kind=ContributorKind.SHELTER,
            until=a_year_from_now().date(),
        ),
    ),
    "add_authority": (
        Act.AUTHORITY_ADDED,
        lambda actor, world: services.add_authority(
            actor=actor, partnership=world.partnership, country=world.norland, name="New"
        ),
    ),
    "add_unit": (
        Act.UNIT_ADDED,
        lambda actor, world: services.add_unit(
            actor=actor, organisation=world.police_a, name="Unit A3", duty=DUTY
        ),
    ),
    "add_person": (
        Act.PERSON_ADDED,
        lambda actor, world: services.add_person(
            actor=actor, email="new.person@example.org", name="New Person"
        ),
    ),
    "set_password": (
        Act.PASSWORD_SET,
        lambda actor, world: services.set_password(
            actor=actor, user=user_of(world.ndeye), password=NEW_PASSWORD
        ),
    ),
    "grant_mandate": (
        Act.MANDATE_GRANTED,
        lambda actor, world: grant(world, role=Role.UNIT_HEAD, actor=actor),
    ),
    "revoke_mandate": (Act.MANDATE_REVOKED, _revoke),
    "create_api_key": (
        Act.CREDENTIAL_CREATED,
        lambda actor, world: services.create_api_key(
            actor=actor, user=robot(), label="intake", scopes={"contributions"}
        ),
    ),
    "revoke_api_key": (
        Act.CREDENTIAL_REVOKED,
        lambda actor, _world: services.revoke_api_key(actor=actor, key_id=key_of_robot()),
    ),
}


def grant(
    world: World,
    *,
    role: Role,
    actor: Actor = CONSOLE,
    user: User | None = None,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
    legal_basis: str = LEGAL_BASIS,
) -> Mandate:
    is_default = organisation is None
    return services.grant_mandate(
        actor=actor,
        user=user or user_of(world.ndeye),
        role=role,
        organisation=organisation or world.police_a,
        unit=world.unit_a if is_default else unit,
        legal_basis=legal_basis,
        valid_until=a_year_from_now(),
    )


def robot() -> User:
    found = user_by_email("robot@example.org")
    return found or create_user(email="robot@example.org", name="Robot", kind=ActorKind.MACHINE)


def key_of_robot() -> str:
    """A key that is in force, made once in a test and without an entry."""
    held = ApiCredential.objects.filter(user=robot()).first()
    return (held or create_credential(user=robot(), label="x", scopes=[]).credential).pk


def rows() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}


def test_the_table_names_every_service_that_asks_for_an_administrator() -> None:
    asking = {
        name
        for name, service in vars(services).items()
        if getattr(service, "__module__", "") == services.__name__
        and callable(service)
        and "actor" in getattr(service, "__annotations__", {})
    }

    # Founds the partnership through the service above, or finds it.
    assert asking - {"main_partnership"} == set(WRITES)


@pytest.mark.parametrize("name", WRITES)
def test_each_write_leaves_one_entry(name: str, world: World) -> None:
    act, write = WRITES[name]
    before = entries_count()

    write(world.administrator, world)

    (written,) = read_entries(after=before - 1)
    assert written.entry.act == act
    assert written.entry.actor == world.administrator.id


@pytest.mark.parametrize("name", WRITES)
def test_nobody_but_an_administrator_writes(name: str, world: World) -> None:
    """Over every person of the world, and over one without any mandate."""
    _, write = WRITES[name]
    key_of_robot()
    before, entries = rows(), entries_count()
    others = {
        "nobody": Actor(id="usr_nobody", has_mfa=True),
        "clocks": system_actor("clocks"),
        **world.actors,
    }
    del others["administrator"]

    for who, actor in others.items():
        with pytest.raises(NotAllowed):
            pytest.fail(f"{who}: {write(actor, world)}")

    assert rows() == before
    assert entries_count() == entries


@pytest.mark.parametrize("name", WRITES)
def test_an_administrator_without_second_factor_writes_nothing(name: str, world: World) -> None:
    _, write = WRITES[name]
    key_of_robot()
    before = rows()
    bare = Actor(id=world.administrator.id, roles=frozenset({Role.ADMINISTRATOR}), has_mfa=False)

    with pytest.raises(NotAllowed):
        write(bare, world)

    assert rows() == before


def test_the_ledger_holds_identifiers_and_no_names(world: World) -> None:
    before = entries_count()
    for _, write in WRITES.values():
        write(CONSOLE, world)

    said = str([each.entry for each in read_entries(after=before - 1, limit=50)])

    for content in ("New House", "New Person", "example.org", "Estmark", "7700", LEGAL_BASIS):
        assert content not in said


def test_the_partnership_is_founded_once(db: None) -> None:
    first = services.main_partnership(actor=CONSOLE)
    entries = entries_count()

    assert services.main_partnership(actor=CONSOLE) == first
    assert entries_count() == entries


def test_an_exercise_is_never_the_main_partnership(db: None) -> None:
    services.found_partnership(actor=CONSOLE, name="Drill", kind=Partnership.Kind.EXERCISE)

    assert services.main_partnership(actor=CONSOLE).kind == Partnership.Kind.COP


def test_country_codes_are_upper_case(world: World) -> None:
    WRITES["add_country"][1](CONSOLE, world)

    assert Country.objects.filter(pk="XE").exists()


@pytest.mark.parametrize("basis", ["", "   ", "\n\t"])
def test_M_101_a_mandate_needs_a_legal_basis(basis: str, world: World) -> None:
    with pytest.raises(InputError) as refused:
        grant(world, role=Role.UNIT_HEAD, legal_basis=basis)

    assert refused.value.code == "M-101"


def test_M_102_contributors_roles_are_for_contributors_alone(world: World) -> None:
    """Over every role: each is granted on one side and refused on the other."""
    for role in Role:
        user = services.add_person(actor=CONSOLE, email=f"{role}@example.org", name="New")
        right, wrong = world.police_a, world.shelter
        if role in CONTRIBUTOR_ROLES:
            right, wrong = wrong, right
        unit = world.unit_a if role in UNIT_ROLES else None

        with pytest.raises(InputError) as refused:
            grant(world, role=role, user=user, organisation=wrong, unit=unit)

        assert refused.value.code == "M-102", role
        assert grant(world, role=role, user=user, organisation=right, unit=unit).role == role


@pytest.mark.parametrize("role", sorted(UNIT_ROLES))
@pytest.mark.parametrize("which", ["none", "foreign"])
def test_M_103_a_units_role_needs_a_unit_of_the_same_authority(
    role: Role, which: str, world: World
) -> None:
    unit = None if which == "none" else world.unit_b
    before = entries_count()

    with pytest.raises(InputError) as refused:
        grant(world, role=role, organisation=world.police_a, unit=unit)

    assert refused.value.code == "M-103"
    assert entries_count() == before


def test_M_103_no_role_at_all_goes_with_a_unit_of_another_authority(world: World) -> None:
    """Otherwise `actor_of` would place a person in a unit of another country."""
    with pytest.raises(InputError) as refused:
        grant(
            world,
            role=Role.NATIONAL_POINT,
            user=user_of(world.ncp_a),
            organisation=world.police_a,
            unit=world.unit_b,
        )

    assert refused.value.code == "M-103"


def test_M_104_nobody_acts_for_two_organisations(world: World) -> None:
    for who, organisation, role in (
        (world.luis, world.police_a, Role.ANALYST),
        (world.amina, world.union, Role.REPORTER),
        (world.amina, world.desk, Role.AUDITOR),
    ):
        with pytest.raises(InputError) as refused:
            grant(world, role=role, user=user_of(who), organisation=organisation)
        assert refused.value.code == "M-104"


def test_M_109_nobody_acts_for_two_units(world: World) -> None:
    with pytest.raises(InputError) as refused:
        grant(world, role=Role.UNIT_HEAD, unit=world.unit_a2, organisation=world.police_a)
    assert refused.value.code == "M-109"
    assert grant(world, role=Role.UNIT_HEAD, unit=world.unit_a, organisation=world.police_a)


def test_M_104_whoever_left_may_act_for_another(world: World) -> None:
    user = user_of(world.amina)
    for mandate in Mandate.objects.filter(user=user):
        services.revoke_mandate(actor=CONSOLE, mandate_id=mandate.pk)

    assert grant(world, role=Role.REPORTER, user=user, organisation=world.union)


def test_M_105_a_country_is_added_once(world: World) -> None:
    entries = entries_count()

    with pytest.raises(InputError) as refused:
        services.add_country(
            actor=CONSOLE,
            code="xn",
            name="Again",
            time_zone="UTC",
            languages="en",
            dialling_region="GB",
        )

    assert refused.value.code == "M-105"
    assert world.norland.name == Country.objects.get(pk="XN").name
    assert entries_count() == entries


@pytest.mark.parametrize("email", ["amina.example@example.org", " Amina.Example@EXAMPLE.org "])
def test_M_106_an_address_has_one_account(email: str, world: World) -> None:
    entries = entries_count()

    with pytest.raises(InputError) as refused:
        services.add_person(actor=CONSOLE, email=email, name="Again")

    assert refused.value.code == "M-106"
    assert entries_count() == entries


@pytest.mark.parametrize("email", ["", "amina", "@example.org", "a b@example.org", "a@b"])
def test_M_107_an_account_needs_a_mail_address(email: str, db: None) -> None:
    with pytest.raises(InputError) as refused:
        services.add_person(actor=CONSOLE, email=email, name="New")

    assert refused.value.code == "M-107"


def test_M_108_a_person_gets_no_key(world: World) -> None:
    """A key would be a way in without a second factor."""
    with pytest.raises(InputError) as refused:
        services.create_api_key(
            actor=CONSOLE, user=user_of(world.ndeye), label="x", scopes=["matches"]
        )

    assert refused.value.code == "M-108"
    assert not ApiCredential.objects.exists()


def test_a_new_password_takes_the_place_of_the_old(world: World) -> None:
    services.set_password(actor=CONSOLE, user=user_of(world.ndeye), password=NEW_PASSWORD)

    assert user_of(world.ndeye).check_password(NEW_PASSWORD)


def test_M_110_a_machine_gets_no_password(db: None) -> None:
    with pytest.raises(InputError) as refused:
        services.set_password(actor=CONSOLE, user=robot(), password=NEW_PASSWORD)

    assert refused.value.code == "M-110"
    assert not robot().has_usable_password()


def test_revoking_what_is_not_there_is_the_hidden_answer(world: World) -> None:
    with pytest.raises(NotFoundOrHidden):
        services.revoke_mandate(actor=CONSOLE, mandate_id="man_absent")


def test_revoking_a_key_that_is_not_there_is_the_hidden_answer(db: None) -> None:
    with pytest.raises(NotFoundOrHidden):
        services.revoke_api_key(actor=CONSOLE, key_id="key_absent")


def test_the_first_revocation_stays(world: World) -> None:
    mandate_id = Mandate.objects.get(user_id=world.ndeye.id).pk
    key_id = key_of_robot()
    first = clock.now()

    for moment in (first, first + timedelta(days=1)):
        with clock.at(moment):
            services.revoke_mandate(actor=CONSOLE, mandate_id=mandate_id)
            services.revoke_api_key(actor=CONSOLE, key_id=key_id)

    assert Mandate.objects.get(pk=mandate_id).revoked_at == first
    assert ApiCredential.objects.get(pk=key_id).revoked_at == first


def test_revoking_keeps_the_row(world: World) -> None:
    mandate = Mandate.objects.get(user_id=world.ndeye.id)

    services.revoke_mandate(actor=CONSOLE, mandate_id=mandate.pk)

    mandate.refresh_from_db()
    assert mandate.revoked_at is not None
