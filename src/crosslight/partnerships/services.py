"""Writes of partnerships: each an act of an administrator, on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from crosslight.accounts import services as accounts
from crosslight.accounts.models import NoticeKind, User
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_administer
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import (
    CONTRIBUTOR_ROLES,
    UNIT_ROLES,
    ActorKind,
    Role,
)
from crosslight.foundation import clock
from crosslight.foundation.errors import InputError, NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships.models import Country, Mandate, Organisation, Partnership, Unit
from crosslight.partnerships.selectors import users_with_role


@dataclass(frozen=True, slots=True)
class DutyContact:
    name: str
    phone: str
    languages: str


def found_partnership(*, actor: Actor, name: str, kind: Partnership.Kind) -> Partnership:
    require(may_administer, actor)
    with act():
        partnership = Partnership.objects.create(name=name, kind=kind)
        record(actor=actor, act=Act.PARTNERSHIP_FOUNDED, objects=[partnership.pk])
    return partnership


def main_partnership(*, actor: Actor) -> Partnership:
    """The deployment's own partnership, founded on first need."""
    existing = Partnership.objects.exclude(kind=Partnership.Kind.EXERCISE).first()
    return existing or found_partnership(
        actor=actor, name="Common operational partnership", kind=Partnership.Kind.COP
    )


def add_country(
    *, actor: Actor, code: str, name: str, time_zone: str, languages: str, dialling_region: str
) -> Country:
    require(may_administer, actor)
    with _new(f"There is a country {code.upper()} already.", code="M-105"), act():
        country = Country.objects.create(
            code=code.upper(),
            name=name,
            time_zone=time_zone,
            languages=languages,
            dialling_region=dialling_region,
        )
        record(actor=actor, act=Act.COUNTRY_ADDED, reference=country.pk)
    return country


def accredit_contributor(
    *,
    actor: Actor,
    partnership: Partnership,
    country: Country,
    name: str,
    kind: ContributorKind,
    until: date,
) -> Organisation:
    """Let an organisation contribute until a date; without a date in force nobody of it can."""
    require(may_administer, actor)
    with act():
        organisation = Organisation.objects.create(
            partnership=partnership,
            country=country,
            name=name,
            nature=Organisation.Nature.CONTRIBUTOR,
            contributor_kind=kind.value,
            accredited_until=until,
        )
        record(actor=actor, act=Act.ORGANISATION_ACCREDITED, objects=[organisation.pk])
    return organisation


def add_authority(
    *, actor: Actor, partnership: Partnership, country: Country, name: str
) -> Organisation:
    require(may_administer, actor)
    with act():
        organisation = Organisation.objects.create(
            partnership=partnership,
            country=country,
            name=name,
            nature=Organisation.Nature.AUTHORITY,
        )
        record(actor=actor, act=Act.AUTHORITY_ADDED, objects=[organisation.pk])
    return organisation


def add_unit(*, actor: Actor, organisation: Organisation, name: str, duty: DutyContact) -> Unit:
    require(may_administer, actor)
    with act():
        unit = Unit.objects.create(
            organisation=organisation,
            country=organisation.country,
            name=name,
            duty_name=duty.name,
            duty_phone=duty.phone,
            duty_languages=duty.languages,
        )
        record(actor=actor, act=Act.UNIT_ADDED, objects=[unit.pk])
    return unit


def add_person(
    *,
    actor: Actor,
    email: str,
    name: str,
    kind: ActorKind = ActorKind.PERSON,
    password: str | None = None,
) -> User:
    require(may_administer, actor)
    _check_address(email)
    with _new(f"There is an account for {email} already.", code="M-106"), act():
        user = accounts.create_user(email=email, name=name, kind=kind, password=password)
        record(actor=actor, act=Act.PERSON_ADDED, objects=[user.pk])
    return user


def grant_mandate(
    *,
    actor: Actor,
    user: User,
    role: Role,
    organisation: Organisation,
    unit: Unit | None = None,
    legal_basis: str,
    valid_until: datetime,
) -> Mandate:
    """Give one role until a date.

    A contributor's role is only for a contributor organisation and an authority's only for an
    authority; nobody can hold both, and nobody can act for two organisations or two units.
    """
    require(may_administer, actor)
    _check_mandate(user=user, role=role, organisation=organisation, unit=unit)
    if not legal_basis.strip():
        raise InputError("A mandate needs a legal basis.", code="M-101")
    with act():
        mandate = Mandate.objects.create(
            user=user,
            role=role.value,
            organisation=organisation,
            unit=unit,
            legal_basis=legal_basis,
            valid_until=valid_until,
        )
        record(actor=actor, act=Act.MANDATE_GRANTED, objects=[mandate.pk, user.pk])
    return mandate


def revoke_mandate(*, actor: Actor, mandate_id: str) -> None:
    require(may_administer, actor)
    with act():
        mandate = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
        if mandate is None:
            raise NotFoundOrHidden
        mandate.revoked_at = mandate.revoked_at or clock.now()
        mandate.save(update_fields=["revoked_at"])
        record(actor=actor, act=Act.MANDATE_REVOKED, objects=[mandate.pk, mandate.user_id])


def set_password(*, actor: Actor, user: User, password: str) -> None:
    """A new password for whoever forgot theirs; the second factor stays as it is."""
    require(may_administer, actor)
    if user.kind == ActorKind.MACHINE:
        raise InputError("A machine reporter signs in with a key only.", code="M-110")
    with act():
        accounts.set_password(user=user, password=password)
        record(actor=actor, act=Act.PASSWORD_SET, objects=[user.pk])


def create_api_key(
    *, actor: Actor, user: User, label: str, scopes: Iterable[str]
) -> accounts.NewCredential:
    require(may_administer, actor)
    if user.kind != ActorKind.MACHINE:
        raise InputError("Keys are for machine reporters; a person signs in.", code="M-108")
    with act():
        created = accounts.create_credential(user=user, label=label, scopes=sorted(scopes))
        record(actor=actor, act=Act.CREDENTIAL_CREATED, objects=[created.credential.pk, user.pk])
    return created


def revoke_api_key(*, actor: Actor, key_id: str) -> None:
    require(may_administer, actor)
    with act():
        credential = accounts.revoke_credential(key_id)
        if credential is None:
            raise NotFoundOrHidden
        record(actor=actor, act=Act.CREDENTIAL_REVOKED, objects=[credential.pk, credential.user_id])


def notify_unit(
    *,
    unit_id: str,
    roles: Iterable[Role] = UNIT_ROLES,
    kind: NoticeKind,
    object_id: str,
    due_at: datetime | None = None,
) -> None:
    accounts.notify(
        users=users_with_role(roles, unit_id=unit_id),
        kind=kind,
        object_id=object_id,
        due_at=due_at,
    )


def notify_country(
    *,
    country: str,
    roles: Iterable[Role],
    kind: NoticeKind,
    object_id: str,
    due_at: datetime | None = None,
) -> None:
    accounts.notify(
        users=users_with_role(roles, country=country),
        kind=kind,
        object_id=object_id,
        due_at=due_at,
    )


def notify_organisation(
    *,
    organisation_id: str,
    roles: Iterable[Role] = CONTRIBUTOR_ROLES,
    kind: NoticeKind,
    object_id: str,
    due_at: datetime | None = None,
) -> None:
    accounts.notify(
        users=users_with_role(roles, organisation_id=organisation_id),
        kind=kind,
        object_id=object_id,
        due_at=due_at,
    )


@contextmanager
def _new(sentence: str, *, code: str) -> Iterator[None]:
    """What is unique already: the database says so, whoever else adds the same at once."""
    try:
        yield
    except IntegrityError as error:
        raise InputError(sentence, code=code) from error


def _check_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise InputError(f"{email} is no mail address.", code="M-107") from error


def _check_mandate(
    *, user: User, role: Role, organisation: Organisation, unit: Unit | None
) -> None:
    is_contributor = organisation.nature == Organisation.Nature.CONTRIBUTOR
    if is_contributor != (role in CONTRIBUTOR_ROLES):
        raise InputError(
            "Contributors' roles are for contributor organisations, authorities' for authorities.",
            code="M-102",
        )
    is_foreign = unit is not None and unit.organisation_id != organisation.pk
    if is_foreign or (role in UNIT_ROLES and unit is None):
        raise InputError("A unit's role needs a unit of the same organisation.", code="M-103")
    elsewhere = Mandate.objects.filter(user=user, revoked_at=None).exclude(
        organisation=organisation
    )
    if elsewhere.exists():
        raise InputError("A person acts for one organisation only.", code="M-104")
    _check_unit(user=user, unit=unit)


def _check_unit(*, user: User, unit: Unit | None) -> None:
    """An actor has one unit: with two, a head of one would be head of the other as well."""
    others = Mandate.objects.filter(user=user, revoked_at=None).exclude(unit=None)
    if unit is not None and others.exclude(unit=unit).exists():
        raise InputError("A person acts for one unit only.", code="M-109")
