"""Reading the ledger. Looking at the record of looking is on record too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crosslight.accounts.selectors import names_of
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import may_view_ledger
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.foundation.transactions import act
from crosslight.ledger import selectors
from crosslight.ledger import services as ledger
from crosslight.ledger.acts import Act
from crosslight.ledger.errors import NoSuchEntry
from crosslight.ledger.selectors import IndexedEntry
from crosslight.partnerships.selectors import place_names

PER_PAGE = 25
PURPOSE = "oversight"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """None: not narrowed. `before` is an index: the page ends above it."""

    act: str | None = None
    actor_id: str | None = None
    object_id: str | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Newest first. `names` are of the people, units and organisations that acted."""

    entries: tuple[IndexedEntry, ...]
    total: int
    older_before: int | None
    names: Mapping[str, str]


def consult_ledger(*, actor: Actor, wanted: LedgerFilter) -> LedgerPage:
    require(may_view_ledger, actor)
    with act():
        found = selectors.latest_entries(
            before=wanted.before,
            limit=PER_PAGE + 1,
            act=wanted.act,
            actor_id=wanted.actor_id,
            object_id=wanted.object_id,
        )
        entries = found[:PER_PAGE]
        page = LedgerPage(
            entries=entries,
            total=selectors.entries_count(),
            older_before=entries[-1].index if len(found) > PER_PAGE else None,
            names=names_in(entries),
        )
        _record_consultation(actor, entries)
    return page


def consult_ledger_entry(*, actor: Actor, index: int) -> LedgerPage:
    """One entry, as a page of one."""
    require(may_view_ledger, actor)
    with act():
        try:
            found = selectors.entry(index)
        except NoSuchEntry as error:
            raise NotFoundOrHidden from error
        page = LedgerPage(
            entries=(found,),
            total=selectors.entries_count(),
            older_before=None,
            names=names_in((found,)),
        )
        _record_consultation(actor, (found,))
    return page


def names_in(entries: tuple[IndexedEntry, ...]) -> dict[str, str]:
    """Of the people, units and organisations that acted or received."""
    people = frozenset(item.entry.actor for item in entries)
    places = frozenset(
        place
        for item in entries
        for place in (item.entry.unit, item.entry.organisation, *item.entry.recipients)
        if place
    )
    return {**names_of(people), **place_names(places)}


def _record_consultation(actor: Actor, entries: tuple[IndexedEntry, ...]) -> None:
    ledger.record(
        actor=actor,
        act=Act.LEDGER_CONSULTED,
        objects=[item.entry.id for item in entries],
        justification=PURPOSE,
    )
