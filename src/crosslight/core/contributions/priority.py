"""The suggested priority: published rules, each with its sentence. Advice only (J7).

Nothing is weighed or summed, and no person is scored: the first rule that holds gives the class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crosslight.core.contributions.content import Content
from crosslight.core.contributions.danger import danger_of
from crosslight.core.indicators import Catalogue
from crosslight.core.vocabulary.contributions import (
    DANGER_LABELS,
    IDENTIFIER_LABELS,
    Answer,
    IdentifierKind,
    Priority,
    Timing,
)

# A name or an address alone leads to too many; these lead to one thing.
SPECIFIC = frozenset(IdentifierKind) - {
    IdentifierKind.NAME,
    IdentifierKind.BIRTH_DATE,
    IdentifierKind.ADDRESS,
    IdentifierKind.OTHER,
}
_RECENT = frozenset({Timing.TODAY, Timing.THIS_WEEK})


@dataclass(frozen=True, slots=True)
class Suggestion:
    priority: Priority
    reasons: tuple[str, ...]


def suggest_priority(content: Content, *, catalogue: Catalogue) -> Suggestion:
    dangers = danger_of(content, catalogue=catalogue)
    if dangers:
        return Suggestion(Priority.P1, tuple(f"{DANGER_LABELS[reason]}." for reason in dangers))
    specific, current = tuple(_specific(content)), tuple(_current(content))
    if specific and current:
        return Suggestion(Priority.P2, specific + current)
    if specific or current or content.place:
        return Suggestion(Priority.P3, specific + current + tuple(_place(content)))
    return Suggestion(Priority.P4, ("Nothing specific and nothing current is named.",))


def _specific(content: Content) -> Iterator[str]:
    kinds = {identifier.kind for identifier in content.identifiers} & SPECIFIC
    for kind in IdentifierKind:
        if kind in kinds:
            yield f"A specific identifier is named: {IDENTIFIER_LABELS[kind].lower()}."


def _current(content: Content) -> Iterator[str]:
    if content.is_ongoing is Answer.YES:
        yield "It is said to be still happening."
    elif content.timing in _RECENT and content.is_ongoing is not Answer.NO:
        yield "It was noticed this week."


def _place(content: Content) -> Iterator[str]:
    if content.place:
        yield "A place is named."
