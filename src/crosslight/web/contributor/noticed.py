"""The first page: signs to tick, eight first, the rest behind "More" or found by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from crosslight.core.indicators import Catalogue, Dimension, Indicator, Label, catalogue
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributors import OBSERVERS
from crosslight.web.contributor.forms import NoticedForm
from crosslight.web.contributor.shortlist import first_indicators
from crosslight.web.shared.indicators import DIMENSION_NAMES, LONGEST_SEARCH, language

FIND = "find"
MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Pick:
    """A sign to tick; `basis` is how the contributor knows, once they said."""

    id: str
    label: Label
    is_chosen: bool
    basis: str
    lacks_basis: bool


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: str
    number: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Picks:
    shown: tuple[Pick, ...]
    found: tuple[Pick, ...]
    groups: tuple[Group, ...]
    number: int
    find: str
    found_title: str
    left_out: int
    looked: str

    @property
    def is_open(self) -> bool:
        return bool(self.looked)


def picks_of(request: HttpRequest, form: NoticedForm, *, actor: Actor, version: str) -> Picks:
    """What the page offers: first signs, those chosen before, and what is looked for now."""
    known = catalogue(version)
    codes = OBSERVERS[actor.contributor_kind] if actor.contributor_kind else ()
    chosen = {row["indicator_id"]: row["basis"] or "" for row in form["observations"].value() or ()}
    first = first_indicators(known, observers=codes)
    shown = [*first, *_others(known, chosen, first)]
    looked = request.POST.get("look", "")
    find = request.POST.get(FIND, "").replace("\0", "").strip()[:LONGEST_SEARCH]
    found = known.search(find, language=language()) if looked == FIND else _of(known, looked, codes)
    found = tuple(each for each in found if each not in shown)
    marks = _Marks(chosen=chosen, are_checked=bool(form.errors))
    return Picks(
        shown=tuple(marks.pick(each, known) for each in shown),
        found=tuple(marks.pick(each, known) for each in found[:MOST_FOUND]),
        groups=_groups(known, codes, looked),
        number=len(known.indicators),
        find=find,
        found_title=_title(looked, find),
        left_out=max(0, len(found) - MOST_FOUND),
        looked=looked,
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    chosen: Mapping[str, str]
    are_checked: bool

    def pick(self, indicator: Indicator, known: Catalogue) -> Pick:
        is_chosen = indicator.id in self.chosen
        basis = self.chosen.get(indicator.id, "")
        return Pick(
            id=indicator.id,
            label=known.label(indicator, language()),
            is_chosen=is_chosen,
            basis=basis,
            lacks_basis=self.are_checked and is_chosen and not basis,
        )


def _others(known: Catalogue, chosen: Iterable[str], first: Iterable[Indicator]) -> list[Indicator]:
    already = {each.id for each in first}
    return [known.by_id[each] for each in chosen if each not in already and each in known.by_id]


def _of(known: Catalogue, looked: str, codes: Iterable[str]) -> tuple[Indicator, ...]:
    return tuple(each for each in known.for_observers(codes) if each.dimension == looked)


def _groups(known: Catalogue, codes: Iterable[str], looked: str) -> tuple[Group, ...]:
    numbers = Counter(each.dimension for each in known.for_observers(codes))
    return tuple(
        Group(
            code=dimension.value,
            name=str(name),
            number=numbers[dimension],
            is_open=looked == dimension,
        )
        for dimension, name in DIMENSION_NAMES.items()
        if numbers[dimension]
    )


def _title(looked: str, find: str) -> str:
    if looked in set(Dimension):
        return str(DIMENSION_NAMES[Dimension(looked)])
    return f"“{find}”" if find else ""
