"""Reads of partnerships; `actor_of` is the only way by which a user becomes an Actor."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from crosslight.accounts.models import User
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import CONTRIBUTOR_ROLES, ActorKind, Role
from crosslight.foundation import clock
from crosslight.partnerships.models import Country, Mandate, Organisation, Unit


def actor_of(user: User, *, has_mfa: bool, session: str = "") -> Actor:
    """The user as the mandates of this moment make them; a disabled user has none."""
    mandates = list(
        Mandate.objects.filter(user=user, revoked_at=None).select_related("organisation")
    )
    now = clock.now()
    current = [
        mandate
        for mandate in mandates
        if user.is_active
        and mandate.valid_from <= now < mandate.valid_until
        and _is_accredited(mandate)
    ]
    roles = frozenset(Role(mandate.role) for mandate in current)
    place = _place_of(current)
    return Actor(
        id=user.pk,
        kind=ActorKind(user.kind),
        roles=roles,
        expired_roles=frozenset(Role(mandate.role) for mandate in mandates) - roles,
        organisation_id=place.organisation_id if place else None,
        unit_id=place.unit_id if place else None,
        country=place.organisation.country_id if place else None,
        contributor_kind=_contributor_kind(place),
        has_mfa=has_mfa,
        session=session,
    )


def _is_accredited(mandate: Mandate) -> bool:
    """A contributor's mandate ends with its organisation's accreditation."""
    if Role(mandate.role) not in CONTRIBUTOR_ROLES:
        return True
    until = mandate.organisation.accredited_until
    return until is not None and clock.today() <= until


def _accredited() -> Q:
    """The same as a condition of the database."""
    is_contributors = Q(role__in=[role.value for role in CONTRIBUTOR_ROLES])
    return ~is_contributors | Q(organisation__accredited_until__gte=clock.today())


def _place_of(mandates: list[Mandate]) -> Mandate | None:
    """All mandates of one person share their organisation; the one with a unit says more."""
    return max(mandates, key=lambda mandate: mandate.unit_id is not None, default=None)


def _contributor_kind(place: Mandate | None) -> ContributorKind | None:
    if place is None or not place.organisation.contributor_kind:
        return None
    return ContributorKind(place.organisation.contributor_kind)


def users_with_role(
    roles: Iterable[Role],
    *,
    unit_id: str | None = None,
    organisation_id: str | None = None,
    country: str | None = None,
) -> QuerySet[User]:
    """Active users who hold one of `roles` now, inside the given unit, organisation or country."""
    now = clock.now()
    mandates = Mandate.objects.filter(
        _accredited(),
        role__in=[role.value for role in roles],
        revoked_at=None,
        valid_from__lte=now,
        valid_until__gt=now,
    )
    if unit_id is not None:
        mandates = mandates.filter(unit_id=unit_id)
    if organisation_id is not None:
        mandates = mandates.filter(organisation_id=organisation_id)
    if country is not None:
        mandates = mandates.filter(organisation__country_id=country)
    return User.objects.filter(is_active=True, pk__in=mandates.values("user"))


def unit(unit_id: str) -> Unit:
    return Unit.objects.select_related("country", "organisation").get(pk=unit_id)


def units() -> QuerySet[Unit]:
    return Unit.objects.select_related("country").order_by("country__name", "name")


def organisation(organisation_id: str) -> Organisation:
    return Organisation.objects.select_related("country").get(pk=organisation_id)


def authorities() -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(nature=Organisation.Nature.AUTHORITY)
    return rows.select_related("country").order_by("country__name", "name")


def place_names(ids: frozenset[str]) -> dict[str, str]:
    """Names of units and organisations among `ids`."""
    units_named = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))
    return units_named | dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))


def country(code: str) -> Country:
    return Country.objects.get(pk=code)


def countries() -> QuerySet[Country]:
    return Country.objects.order_by("name")
