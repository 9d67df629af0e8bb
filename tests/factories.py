"""The small invented world that tests share: three countries, their desks, units and people.

It is built through the same services as a real one, so its first entries are in the ledger too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crosslight.accounts.models import User
from crosslight.core.policy import Actor, system_actor
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from crosslight.partnerships import services
from crosslight.partnerships.models import Country, Organisation, Partnership, Unit
from crosslight.partnerships.selectors import actor_of
from tests.remembered import remembered

CONSOLE = system_actor("console", Role.ADMINISTRATOR)
LEGAL_BASIS = "Protocol of cooperation, article 4"
DESK_ROLES = (
    Role.INTAKE_VALIDATOR,
    Role.ANALYST,
    Role.PRIORITISING_OFFICER,
    Role.DISSEMINATING_OFFICER,
)


@dataclass(frozen=True, slots=True)
class World:
    """Norland (XN), Suderland (XS) and Ostmark (XO); the actors are named by what they do.

    Unit A is Norland's, unit B Suderland's, unit C Ostmark's; unit A2 is a second unit of Norland.
    """

    partnership: Partnership
    norland: Country
    suderland: Country
    ostmark: Country
    shelter: Organisation
    union: Organisation
    bank: Organisation
    desk: Organisation
    police_a: Organisation
    police_b: Organisation
    police_c: Organisation
    unit_a: Unit
    unit_a2: Unit
    unit_b: Unit
    unit_c: Unit
    amina: Actor
    preparer: Actor
    lead: Actor
    expired: Actor
    other_reporter: Actor
    banker: Actor
    luis: Actor
    foreign_desk: Actor
    ndeye: Actor
    fatou: Actor
    colleague: Actor
    officer_a2: Actor
    head_a2: Actor
    ousman: Actor
    lamin: Actor
    officer_c: Actor
    head_c: Actor
    ncp_a: Actor
    ncp_b: Actor
    vpo_a: Actor
    vpo_b: Actor
    rco: Actor
    nuria: Actor
    auditor: Actor
    administrator: Actor

    @property
    def actors(self) -> dict[str, Actor]:
        """Every actor by name."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if isinstance(value, Actor)}


def a_year_from_now() -> datetime:
    return clock.now() + timedelta(days=365)


def add_country(*, code: str, name: str) -> Country:
    return services.add_country(
        actor=CONSOLE,
        code=code,
        name=name,
        time_zone="UTC",
        languages="en",
        dialling_region="GB",
    )


def accredit(
    *,
    partnership: Partnership,
    country: Country,
    name: str,
    kind: ContributorKind,
    until: date | None = None,
) -> Organisation:
    return services.accredit_contributor(
        actor=CONSOLE,
        partnership=partnership,
        country=country,
        name=name,
        kind=kind,
        until=until or a_year_from_now().date(),
    )


def add_authority(*, partnership: Partnership, country: Country, name: str) -> Organisation:
    return services.add_authority(
        actor=CONSOLE, partnership=partnership, country=country, name=name
    )


def add_unit(*, organisation: Organisation, name: str) -> Unit:
    return services.add_unit(
        actor=CONSOLE,
        organisation=organisation,
        name=name,
        duty=services.DutyContact(
            name=f"Duty officer of {name}", phone="+44 7700 900100", languages="en, fr"
        ),
    )


def add_person(
    name: str,
    *,
    roles: Iterable[Role],
    organisation: Organisation,
    unit: Unit | None = None,
    valid_until: datetime | None = None,
) -> User:
    """A user with one mandate for each role; nobody can sign in with a password."""
    handle = name.lower().replace(" ", ".")
    user = services.add_person(actor=CONSOLE, email=f"{handle}@example.org", name=name)
    for role in roles:
        services.grant_mandate(
            actor=CONSOLE,
            user=user,
            role=role,
            organisation=organisation,
            unit=unit,
            legal_basis=LEGAL_BASIS,
            valid_until=valid_until or a_year_from_now(),
        )
    return user


def add_actor(
    name: str,
    *,
    roles: Iterable[Role],
    organisation: Organisation,
    unit: Unit | None = None,
    valid_until: datetime | None = None,
) -> Actor:
    """Someone signed in with a second factor, as the mandates of this moment make them."""
    user = add_person(
        name, roles=roles, organisation=organisation, unit=unit, valid_until=valid_until
    )
    return actor_of(user, has_mfa=True)


def user_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.id)


def build_world() -> World:
    return remembered(_make_world)


def _make_world() -> World:
    partnership = services.found_partnership(
        actor=CONSOLE, name="Practice partnership", kind=Partnership.Kind.COP
    )
    norland = add_country(code="XN", name="Norland")
    suderland = add_country(code="XS", name="Suderland")
    ostmark = add_country(code="XO", name="Ostmark")
    shelter = accredit(
        partnership=partnership,
        country=norland,
        name="Harbour House",
        kind=ContributorKind.SHELTER,
    )
    union = accredit(
        partnership=partnership,
        country=norland,
        name="Farm Workers' Union",
        kind=ContributorKind.UNION,
    )
    bank = accredit(
        partnership=partnership,
        country=suderland,
        name="Suderbank",
        kind=ContributorKind.BANK,
    )
    desk = add_authority(partnership=partnership, country=norland, name="Desk Norland")
    desk_b = add_authority(partnership=partnership, country=suderland, name="Desk Suderland")
    police_a = add_authority(partnership=partnership, country=norland, name="Police of Norland")
    police_b = add_authority(partnership=partnership, country=suderland, name="Police of Suderland")
    police_c = add_authority(partnership=partnership, country=ostmark, name="Police of Ostmark")
    unit_a = add_unit(organisation=police_a, name="Unit A")
    unit_a2 = add_unit(organisation=police_a, name="Unit A2")
    unit_b = add_unit(organisation=police_b, name="Unit B")
    unit_c = add_unit(organisation=police_c, name="Unit C")
    officer, head = {Role.UNIT_OFFICER}, {Role.UNIT_HEAD}
    a_day_ago = clock.now() - timedelta(days=1)
    return World(
        partnership=partnership,
        norland=norland,
        suderland=suderland,
        ostmark=ostmark,
        shelter=shelter,
        union=union,
        bank=bank,
        desk=desk,
        police_a=police_a,
        police_b=police_b,
        police_c=police_c,
        unit_a=unit_a,
        unit_a2=unit_a2,
        unit_b=unit_b,
        unit_c=unit_c,
        amina=add_actor("Amina Example", roles={Role.REPORTER}, organisation=shelter),
        preparer=add_actor("Petra Example", roles={Role.PREPARER}, organisation=shelter),
        lead=add_actor("Leo Example", roles={Role.ORGANISATION_LEAD}, organisation=shelter),
        expired=add_actor(
            "Edda Example", roles={Role.REPORTER}, organisation=shelter, valid_until=a_day_ago
        ),
        other_reporter=add_actor("Otto Example", roles={Role.REPORTER}, organisation=union),
        banker=add_actor("Bela Example", roles={Role.REPORTER}, organisation=bank),
        luis=add_actor("Luis Example", roles=DESK_ROLES, organisation=desk),
        foreign_desk=add_actor("Doris Example", roles=DESK_ROLES, organisation=desk_b),
        ndeye=add_actor("Ndeye Example", roles=officer, organisation=police_a, unit=unit_a),
        fatou=add_actor("Fatou Example", roles=head, organisation=police_a, unit=unit_a),
        colleague=add_actor("Koumba Example", roles=officer, organisation=police_a, unit=unit_a),
        officer_a2=add_actor("Anton Example", roles=officer, organisation=police_a, unit=unit_a2),
        head_a2=add_actor("Hilda Example", roles=head, organisation=police_a, unit=unit_a2),
        ousman=add_actor("Ousman Example", roles=officer, organisation=police_b, unit=unit_b),
        lamin=add_actor("Lamin Example", roles=head, organisation=police_b, unit=unit_b),
        officer_c=add_actor("Olga Example", roles=officer, organisation=police_c, unit=unit_c),
        head_c=add_actor("Henrik Example", roles=head, organisation=police_c, unit=unit_c),
        ncp_a=add_actor("Nils Example", roles={Role.NATIONAL_POINT}, organisation=police_a),
        ncp_b=add_actor("Nora Example", roles={Role.NATIONAL_POINT}, organisation=police_b),
        vpo_a=add_actor("Vera Example", roles={Role.VICTIM_PROTECTION}, organisation=police_a),
        vpo_b=add_actor("Viktor Example", roles={Role.VICTIM_PROTECTION}, organisation=police_b),
        rco=add_actor("Rosa Example", roles={Role.REGIONAL_OFFICE}, organisation=police_c),
        nuria=add_actor("Nuria Example", roles={Role.DATA_PROTECTION}, organisation=desk),
        auditor=add_actor("Axel Example", roles={Role.AUDITOR}, organisation=desk),
        administrator=add_actor("Ada Example", roles={Role.ADMINISTRATOR}, organisation=desk),
    )
