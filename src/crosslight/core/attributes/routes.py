"""Routes: places in the order of travel, and the period."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from crosslight.core.attributes import periods
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.names.folds import fold
from crosslight.core.names.scripts import to_latin

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop(
            "The routes have the same places in the same order, at the same time."
        ),
        "time_unknown": gettext_noop(
            "The routes have the same places in the same order; a time is missing."
        ),
        "other_time": gettext_noop(
            "The routes have the same places in the same order at other times."
        ),
        "part": gettext_noop("The routes share two places or more in the same order."),
        "reverse": gettext_noop("One route is the way back of the other."),
        "different": gettext_noop("The routes are different."),
    }
)

_STEP = re.compile(
    r"\s*(?:[-=]*>|→|⇒|»|;|/|\n|\s[-–—]\s|,)\s*|\s+(?:to|via|then|puis|vers|hasta|hacia|até|para|à|au)\s+"
)
_WORD = re.compile(r"[a-z0-9]+")
_FILLERS = frozenset(
    {"from", "de", "du", "des", "desde", "route", "ruta", "rota", "in", "en", "on"}
)
_MOST_STOPS = 20
_LONGEST = 500
_FEWEST_SHARED = 2
_MOST_KEYS = 6


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`place>place>place|start/end`: places folded, the period empty where none is written.

    None for fewer than two places.
    """
    period, rest = periods.read(raw[:_LONGEST])
    stops: list[str] = []
    for part in _STEP.split(rest):
        words = [word for word in _WORD.findall(to_latin(part)) if word not in _FILLERS]
        stop = " ".join(map(fold, words))
        if stop and stops[-1:] != [stop]:
            stops.append(stop)
    if len(stops) < _FEWEST_SHARED:
        return None
    when = f"{period.start}/{period.end}" if period else ""
    return f"{'>'.join(stops[:_MOST_STOPS])}|{when}"


def key(value: str) -> str | None:  # noqa: ARG001
    """None: thousands travel the same way."""
    return None


def variants(value: str) -> tuple[str, ...]:
    """Legs from place to place, and the two ends, in the order of the alphabet."""
    stops = _stops(value)
    legs = [*pairwise(stops), (stops[0], stops[-1])] if len(stops) >= _FEWEST_SHARED else []
    found = dict.fromkeys(f"leg:{'>'.join(sorted(leg))}" for leg in legs)
    return tuple(list(found)[:_MOST_KEYS])


def _stops(value: str) -> list[str]:
    return [stop for stop in value.partition("|")[0].split(">") if stop]


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    ours, theirs = _stops(left), _stops(right)
    if ours and ours == theirs:
        return _time_level(left, right)
    if _shared_in_order(ours, theirs) >= _FEWEST_SHARED:
        return "part"
    is_reverse = _shared_in_order(ours, theirs[::-1]) >= _FEWEST_SHARED
    return "reverse" if is_reverse else "different"


def _time_level(left: str, right: str) -> str:
    period, other = (periods.from_text(value.partition("|")[2]) for value in (left, right))
    if period is None or other is None:
        return "time_unknown"
    return "same" if period.overlaps(other) else "other_time"


def _shared_in_order(ours: list[str], theirs: list[str]) -> int:
    """Length of the longest run of stops, gaps allowed, that both pass in the same order."""
    best = [0] * (len(theirs) + 1)
    for stop in ours:
        before = best[:]
        for place, other in enumerate(theirs):
            best[place + 1] = (
                before[place] + 1 if stop == other else max(before[place + 1], best[place])
            )
    return best[-1]
