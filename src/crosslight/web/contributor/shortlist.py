"""Which indicators a contributor is shown first, and which behind "More"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from crosslight.core.indicators import Catalogue, Dimension, Indicator, Polarity

SHOWN_FIRST = 8
_WIDEST = 5


def first_indicators(
    known: Catalogue, *, observers: Iterable[str], number: int = SHOWN_FIRST
) -> tuple[Indicator, ...]:
    """A spread over what this kind of contributor can come across, strongest first.

    The catalogue holds no counts of use. One sign of each dimension in turn, and one of each
    concept, keeps eight chips from asking the same thing eight times.
    """
    candidates = [each for each in known.for_observers(observers) if _may_come_first(each)]
    shelves = _shelves(candidates)
    turns = [each for turn in _turns(shelves) for each in turn]
    return tuple(turns[:number])


def _may_come_first(indicator: Indicator) -> bool:
    """A sign that is never counted is offered too, but not as the first thing to look for."""
    return indicator.polarity is Polarity.SUPPORTS and indicator.dimension is not Dimension.RISK


def _shelves(candidates: list[Indicator]) -> list[list[Indicator]]:
    """By dimension: the ones with the strongest rating first, then the fullest."""
    counts = Counter(each.dimension for each in candidates)
    shelves: dict[Dimension, list[Indicator]] = {}
    for each in _one_of_each_concept(sorted(candidates, key=_strongest, reverse=True)):
        shelves.setdefault(each.dimension, []).append(each)
    order = sorted(shelves, key=lambda name: (-_strongest(shelves[name][0]), -counts[name]))
    return [shelves[name] for name in order[:_WIDEST]]


def _one_of_each_concept(ordered: Iterable[Indicator]) -> Iterator[Indicator]:
    seen: set[str] = set()
    for each in ordered:
        if each.concept not in seen:
            seen.add(each.concept)
            yield each


def _turns(shelves: list[list[Indicator]]) -> Iterator[list[Indicator]]:
    longest = max(map(len, shelves), default=0)
    for place in range(longest):
        yield [shelf[place] for shelf in shelves if place < len(shelf)]


def _strongest(indicator: Indicator) -> int:
    ratings = indicator.ratings.values()
    return max((each.strength.rank for each in ratings if each.strength is not None), default=0)
