"""The menu of each role, by names of URLs: a name that this surface does not have is left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_read_typologies,
    may_view_erasures,
    may_view_match_timers,
    may_view_protection,
)
from crosslight.core.vocabulary.people import (
    CONTRIBUTOR_ROLES,
    DESK_ROLES,
    OVERSIGHT_ROLES,
    UNIT_ROLES,
    Role,
)

AT_MOST = 7


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str | Promise
    url: str
    is_current: bool = False


# The first name of each group is the home of its roles.
_MENUS: tuple[tuple[frozenset[Role], tuple[tuple[str | Promise, str], ...]], ...] = (
    (
        CONTRIBUTOR_ROLES,
        (
            (_("My reports"), "contributor:home"),
            (_("New report"), "contributor:start"),
            (_("Indicators"), "contributor:indicators"),
        ),
    ),
    (
        DESK_ROLES,
        (
            (_("Queue"), "desk:home"),
            (_("Files"), "desk:packages"),
            (_("Inputs"), "desk:inputs"),
            (_("Indicators"), "desk:indicators"),
        ),
    ),
    (
        UNIT_ROLES,
        (
            (_("Home"), "unit:home"),
            (_("Matches"), "unit:matches"),
            (_("Cases"), "unit:investigations"),
            (_("Inputs"), "unit:inputs"),
            (_("Handovers"), "unit:handovers"),
            (_("Joint rooms"), "unit:rooms"),
        ),
    ),
    (may_view_match_timers.roles, ((_("Board"), "unit:board"),)),
    (may_view_protection.roles, ((_("Protection"), "unit:protection"),)),
    (
        OVERSIGHT_ROLES,
        (
            (_("Ledger"), "oversight:home"),
            (_("Check the ledger"), "oversight:verify"),
            (_("Accesses"), "oversight:samples"),
            (_("Export for a court"), "oversight:disclose"),
            (_("How matching works"), "oversight:matching"),
        ),
    ),
    (may_view_erasures.roles, ((_("Erase or set aside"), "oversight:erasures"),)),
    (frozenset({Role.REGIONAL_OFFICE}), ((_("How matching works"), "oversight:matching"),)),
    (frozenset({Role.EXERCISE_DIRECTOR}), ((_("Practice"), "demo"),)),
)
# Everyone's, after their own work; nobody's home.
_LIBRARY = (may_read_typologies.roles, ((_("Typologies"), "typologies"),))


def menu_of(actor: Actor, request: HttpRequest) -> tuple[MenuItem, ...]:
    """At most seven items; a page below an item belongs to it."""
    found = [
        MenuItem(label=label, url=url)
        for roles, entries in (*_MENUS, _LIBRARY)
        if roles & actor.roles
        for label, name in entries
        if (url := _url_of(name)) is not None
    ][:AT_MOST]
    current = max(
        (item.url for item in found if request.path.startswith(item.url)), key=len, default=None
    )
    return tuple(MenuItem(item.label, item.url, item.url == current) for item in found)


def home_of(actor: Actor) -> str | None:
    """Where this actor's work begins; None where this surface has no screen for the role."""
    for roles, entries in _MENUS:
        if roles & actor.roles:
            for _label, name in entries:
                if (url := _url_of(name)) is not None:
                    return url
    return None


def _url_of(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
