"""Which way a match on an entity goes (procedures A.6, invariant I13)."""

from __future__ import annotations

from datetime import date

from crosslight.core.attributes import dates
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Route, Visibility
from crosslight.core.vocabulary.law import PROTECTED_CATEGORIES, DataSubjectCategory

PROTECTED_ROLES = frozenset({EntityRole.POSSIBLE_VICTIM, EntityRole.WITNESS})
_SUSPECTED = frozenset({DataSubjectCategory.SUSPECT, DataSubjectCategory.CONVICTED})
AGE_OF_MAJORITY = 18


def route_of(
    *,
    category: DataSubjectCategory,
    role: EntityRole,
    is_minor: bool,
    visibility: Visibility,
) -> Route:
    """PROTECTION for a possible victim, a child or a witness, however it was said."""
    is_protected = (
        is_minor
        or category in PROTECTED_CATEGORIES
        or role in PROTECTED_ROLES
        or visibility is Visibility.VICTIM
    )
    return Route.PROTECTION if is_protected else Route.COORDINATION


def default_audience(route: Route) -> Audience:
    """J5: possible victims and children are never matched by default."""
    return Audience.ONLY_US if route is Route.PROTECTION else Audience.MATCH_ONLY


def is_under_age(birth_date: str, *, today: date) -> bool:
    """Whether someone born then may still be a child; a partly known date counts as its latest."""
    born = dates.parse(birth_date)
    if born is None or born.is_unknown:
        return False
    birthday = (born.year + AGE_OF_MAJORITY, born.month or 12, born.day or 31)
    return birthday > (today.year, today.month, today.day)


def roles_conflict(one: DataSubjectCategory, other: DataSubjectCategory, *, route: Route) -> bool:
    """Possible victim here, suspect there: non-punishment needs a look before anything else."""
    return route is Route.PROTECTION and bool({one, other} & _SUSPECTED)
