"""The first page: signs to tick, eight first, the rest behind "More" or found by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from crosslight.core.indicators import Catalogue, Dimension, Indicator, Label, catalogue
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.contributors import LABELS, OBSERVERS, ContributorKind
from crosslight.web.contributor.forms import NoticedForm, RedFlagsForm
from crosslight.web.contributor.shortlist import first_indicators
from crosslight.web.shared.indicators import DIMENSION_NAMES, LONGEST_SEARCH, language
from crosslight.web.shared.words import word

FIND = "find"
MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Pick:
    """A sign to tick; `basis` is how the contributor knows, once they said.

    A typology asks instead who can notice it: `seers`, as code, words and whether chosen.
    """

    id: str
    label: Label
    is_chosen: bool
    basis: str
    lacks_basis: bool
    seers: tuple[tuple[str, str, bool], ...] = ()


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


def picks_of(
    request: HttpRequest, form: NoticedForm | RedFlagsForm, *, actor: Actor, version: str
) -> Picks:
    """What the page offers: first signs, those chosen before, and what is looked for now."""
    known = catalogue(version)
    codes = OBSERVERS[actor.contributor_kind] if actor.contributor_kind else ()
    marks = _marks_of(form, actor)
    chosen = marks.chosen
    first = first_indicators(known, observers=codes)
    shown = [*first, *_others(known, chosen, first)]
    looked = request.POST.get("look", "")
    find = request.POST.get(FIND, "").replace("\0", "").strip()[:LONGEST_SEARCH]
    found = known.search(find, language=language()) if looked == FIND else _of(known, looked, codes)
    found = tuple(each for each in found if each not in shown)
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


def _marks_of(form: NoticedForm | RedFlagsForm, actor: Actor) -> _Marks:
    if isinstance(form, NoticedForm):
        rows = form["observations"].value() or ()
        chosen = {row["indicator_id"]: row["basis"] or "" for row in rows}
        return _Marks(chosen=chosen, are_checked=bool(form.errors))
    rows = form["red_flags"].value() or ()
    return _SeenMarks(
        chosen={row["indicator_id"]: tuple(row["seen_by"]) for row in rows},
        are_checked=bool(form.errors),
        own=actor.contributor_kind,
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    """How each sign is known: a basis, or the kinds of organisation that can notice it."""

    chosen: Mapping[str, str | tuple[str, ...]]
    are_checked: bool

    def pick(self, indicator: Indicator, known: Catalogue) -> Pick:
        is_chosen = indicator.id in self.chosen
        said = self.chosen.get(indicator.id, "")
        return Pick(
            id=indicator.id,
            label=known.label(indicator, language()),
            is_chosen=is_chosen,
            basis=said if isinstance(said, str) else "",
            lacks_basis=self.are_checked and is_chosen and not said,
            seers=self.seers(indicator, said),
        )

    def seers(
        self,
        indicator: Indicator,  # noqa: ARG002  a report asks how it is known
        said: str | tuple[str, ...],  # noqa: ARG002  a report asks how it is known
    ) -> tuple[tuple[str, str, bool], ...]:
        return ()


@dataclass(frozen=True, slots=True)
class _SeenMarks(_Marks):
    own: ContributorKind | None = None

    def seers(
        self, indicator: Indicator, said: str | tuple[str, ...]
    ) -> tuple[tuple[str, str, bool], ...]:
        """Who the catalogue says can come across it, one's own kind, and who was chosen before."""
        observers = frozenset(indicator.observers)
        return tuple(
            (kind.value, word(LABELS, kind), kind in said)
            for kind in ContributorKind
            if kind is self.own or kind in said or not observers.isdisjoint(OBSERVERS[kind])
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
