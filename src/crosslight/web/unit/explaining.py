"""Why a match is one: a sentence and a weight for each comparison, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from django.utils.formats import number_format
from django.utils.translation import gettext

from crosslight.coordination.selectors.views import MatchView, Pointer
from crosslight.core.matching import card
from crosslight.core.matching.model import Attribute, Band

WIDTH = 100
_NAMES = frozenset({Attribute.NAME, Attribute.ALIAS, Attribute.ORGANISATION})
_CHANGING_HANDS = frozenset({Attribute.PHONE, Attribute.EMAIL, Attribute.HANDLE})


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the sum: where its bar begins and how wide it is, on a scale of WIDTH."""

    label: str
    said: str
    weight: str
    is_against: bool
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`total` is "" while only what agrees is shown; `limit` says what the band begins at."""

    bars: tuple[Bar, ...]
    total: str
    doubt: str
    release: str


def explanation(match: MatchView) -> Explanation:
    return Explanation(
        bars=_bars(match.pointers),
        total="" if match.weight is None else _bits(match.weight),
        doubt=why_only_probable(match),
        release=_release(match),
    )


def said(pointer: Pointer) -> str:
    """The sentence of one comparison, translated; it holds no value of either side."""
    template = gettext(pointer.template)
    return template % pointer.params if pointer.params else template


def why_only_probable(match: MatchView) -> str:
    """What keeps it from being strong, as far as this reader may know it; "" where nothing does."""
    if Band(match.band) is not Band.PROBABLE:
        return ""
    agreeing = {pointer.attribute for pointer in match.pointers if pointer.weight > 0}
    if any(pointer.weight < 0 for pointer in match.pointers):
        return gettext("Only probable: something speaks against it.")
    if not agreeing & _NAMES:
        return gettext("Only probable: no name agrees.")
    if agreeing & _CHANGING_HANDS:
        return gettext(
            "Only probable: a phone number, a mailbox or an account can pass to somebody else."
        )
    return gettext(
        "Only probable: names and a date are shared by several people more often than a rare "
        "identifier is."
    )


def _bars(pointers: Iterable[Pointer]) -> tuple[Bar, ...]:
    shown = tuple(pointers)
    sums = list(accumulate((pointer.weight for pointer in shown), initial=0.0))
    least, most = min(sums), max(*sums, card().strong)
    return tuple(
        _bar(pointer, ends, least=least, scale=WIDTH / (most - least))
        for pointer, ends in zip(shown, pairwise(sums), strict=True)
    )


def _bar(pointer: Pointer, ends: tuple[float, float], *, least: float, scale: float) -> Bar:
    return Bar(
        label=gettext(pointer.label),
        said=said(pointer),
        weight=_bits(pointer.weight),
        is_against=pointer.weight < 0,
        start=f"{(min(ends) - least) * scale:.2f}",
        width=f"{abs(pointer.weight) * scale:.2f}",
    )


def _bits(weight: float) -> str:
    sign = "−" if weight < 0 else "+"
    return gettext("%(weight)s bits") % {"weight": f"{sign}{number_format(abs(weight), 1)}"}


def _release(match: MatchView) -> str:
    if not match.lexicon:
        return gettext("Model %(model)s") % {"model": match.model}
    return gettext("Model %(model)s, spellings of names %(lexicon)s") % {
        "model": match.model,
        "lexicon": match.lexicon,
    }
