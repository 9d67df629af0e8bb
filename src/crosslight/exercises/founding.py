"""The partnership of the practice world: countries, organisations, units, people, mandates."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from crosslight.core.policy import system_actor
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import Role
from crosslight.exercises.timeline import Stage, Step
from crosslight.exercises.worlds import (
    AuthorityRow,
    ContributorRow,
    PersonRow,
    UnitRow,
    mail_of,
)
from crosslight.partnerships import selectors, services
from crosslight.partnerships.models import Partnership

DIRECTOR = system_actor("exercise", Role.ADMINISTRATOR)


def founding_steps(stage: Stage) -> list[Step]:
    """One step: nothing else of the world can be before it."""
    moment = stage.calendar.morning(days_ago=stage.world.founded)
    return [Step(moment, _found)]


def _found(stage: Stage) -> None:
    world = stage.world
    partnership = services.found_partnership(
        actor=DIRECTOR, name=world.name, kind=Partnership.Kind.EXERCISE
    )
    for country in world.countries:
        services.add_country(
            actor=DIRECTOR,
            code=country.code,
            name=country.name,
            time_zone=country.time_zone,
            languages=country.languages,
            dialling_region=country.region,
        )
    for contributor in world.contributors:
        _accredit(stage, partnership, contributor)
    for authority in world.authorities:
        _add_authority(stage, partnership, authority)
    for unit in world.units:
        _add_unit(stage, unit)
    for person in world.people:
        _add_person(stage, person)


def _accredit(stage: Stage, partnership: Partnership, row: ContributorRow) -> None:
    until = stage.calendar.now.date() + timedelta(days=stage.world.mandates_until)
    made = services.accredit_contributor(
        actor=DIRECTOR,
        partnership=partnership,
        country=selectors.country(row.country),
        name=row.name,
        kind=ContributorKind(row.kind),
        until=until,
    )
    stage.ids[row.key] = made.pk


def _add_authority(stage: Stage, partnership: Partnership, row: AuthorityRow) -> None:
    made = services.add_authority(
        actor=DIRECTOR,
        partnership=partnership,
        country=selectors.country(row.country),
        name=row.name,
    )
    stage.ids[row.key] = made.pk


def _add_unit(stage: Stage, row: UnitRow) -> None:
    made = services.add_unit(
        actor=DIRECTOR,
        organisation=selectors.organisation(stage.id(row.authority)),
        name=row.name,
        duty=services.DutyContact(name=row.duty, phone=row.phone, languages=row.languages),
    )
    stage.ids[row.key] = made.pk


def _add_person(stage: Stage, row: PersonRow) -> None:
    user = services.add_person(actor=DIRECTOR, email=mail_of(row.key), name=row.name)
    grant = partial(
        services.grant_mandate,
        actor=DIRECTOR,
        user=user,
        organisation=selectors.organisation(stage.id(row.of)),
        unit=selectors.unit(stage.id(row.unit)) if row.unit else None,
        legal_basis=stage.world.legal_basis,
        valid_until=stage.calendar.now + timedelta(days=stage.world.mandates_until),
    )
    for role in row.roles:
        grant(role=Role(role))
    stage.ids[row.key] = user.pk
