"""How complete a contribution is: shown apart from how urgent it may be, and never as a colour."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from crosslight.core.contributions import Content
from crosslight.core.vocabulary.contributions import ContributionKind, Timing


@dataclass(frozen=True, slots=True)
class Completeness:
    given: int
    asked: int
    missing: tuple[str, ...]


def completeness_of(kind: str, content: Content) -> Completeness:
    """What the form of this kind asks for; an indicator list is complete without any person."""
    if kind == ContributionKind.OSINT_PRESERVATION:
        return _of({**_words(content), gettext("identifier"): bool(content.identifiers)})
    if kind == ContributionKind.TYPOLOGY:
        return _of(_pattern(content))
    parts = {
        gettext("signs"): bool(content.observations),
        gettext("place"): bool(content.place),
        gettext("time"): content.timing not in {None, Timing.NOT_SURE},
        gettext("whether it goes on"): content.is_ongoing is not None,
    }
    if kind == ContributionKind.RED_FLAG_REPORT:
        parts |= {gettext("identifier"): bool(content.identifiers), **_words(content)}
    return _of(parts)


def _pattern(content: Content) -> dict[str, bool]:
    return {
        gettext("title"): bool(content.title),
        gettext("sector"): content.sector is not None,
        gettext("route"): bool(content.route),
        gettext("how it works"): bool(content.how_it_works),
        gettext("signs"): bool(content.red_flags),
        gettext("what helps"): bool(content.mitigations),
    }


def _words(content: Content) -> dict[str, bool]:
    return {
        gettext("what happened"): bool(content.facts),
        gettext("how it is known"): content.how_known is not None,
    }


def _of(parts: dict[str, bool]) -> Completeness:
    missing = tuple(name for name, is_given in parts.items() if not is_given)
    return Completeness(given=len(parts) - len(missing), asked=len(parts), missing=missing)
