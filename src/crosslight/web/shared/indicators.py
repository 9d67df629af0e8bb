"""The indicator catalogue as pages: searchable, each sign with its source and its limits.

Both surfaces mount these views under their own names, `<namespace>:indicators` and
`<namespace>:indicator`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from crosslight.core.indicators import (
    AssessmentList,
    Catalogue,
    Dimension,
    Indicator,
    Label,
    Polarity,
    StrengthBasis,
    catalogue,
)
from crosslight.core.policy.rules import may_browse_indicators
from crosslight.core.vocabulary.contributors import OBSERVERS
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.web.shared.access import ScreenRequest, screen

PER_PAGE = 20
LONGEST_SEARCH = 100

# Short names for people; the catalogue's own words for each dimension stand on the sign's page.
DIMENSION_NAMES = {
    Dimension.D1: _("Deceived when recruited or moved"),
    Dimension.D2: _("Forced when recruited or moved"),
    Dimension.D3: _("A weak position used when recruiting"),
    Dimension.D4: _("Exploitation"),
    Dimension.D5: _("Kept under control"),
    Dimension.D6: _("A weak position used where they are"),
    Dimension.ACT: _("Being moved or lodged"),
    Dimension.PRES: _("How the person appears"),
    Dimension.SITE: _("The place, vessel or vehicle"),
    Dimension.FIN: _("Money"),
    Dimension.ONL: _("Online or in adverts"),
    Dimension.RISK: _("Surroundings that raise the risk"),
}
STRENGTH_BASES = {
    StrengthBasis.SECONDARY: _("from a secondary account of the source"),
    StrengthBasis.TO_BE_CHECKED: _("still to be checked against the source"),
    StrengthBasis.BY_ANALOGY: _("guessed by analogy, so never counted"),
    StrengthBasis.UNKNOWN: _("not known"),
    StrengthBasis.NOT_IN_LIST: _("not on this list"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One indicator as a line of a list."""

    id: str
    label: Label
    dimension: str
    source: str
    locator: str
    innocent: Label | None
    is_verified: bool
    is_caution: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; unknown values ask for nothing."""

    text: str
    dimension: str
    is_own_sector: bool

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.dimension or self.is_own_sector)


def language() -> str:
    return get_language() or "en"


def sign(indicator: Indicator, known: Catalogue) -> Sign:
    concept = known.concept_of(indicator)
    return Sign(
        id=indicator.id,
        label=known.label(indicator, language()),
        dimension=str(DIMENSION_NAMES[indicator.dimension]),
        source=known.source_of(indicator).title,
        locator=indicator.locator,
        innocent=known.innocent_explanation(concept, language()),
        is_verified=indicator.is_verified,
        is_caution=indicator.polarity is Polarity.CAUTION,
    )


def wanted_of(request: ScreenRequest) -> Wanted:
    dimension = request.GET.get("dimension", "")
    return Wanted(
        text=request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        dimension=dimension if dimension in set(Dimension) else "",
        is_own_sector=request.GET.get("sector") == "mine",
    )


def find(wanted: Wanted, known: Catalogue, *, observers: Iterable[str]) -> tuple[Indicator, ...]:
    """The indicators wanted; all of them where nothing is asked for."""
    found = known.search(wanted.text, language=language()) if wanted.text else known.indicators
    if wanted.dimension:
        found = tuple(each for each in found if each.dimension == wanted.dimension)
    if wanted.is_own_sector:
        codes = frozenset(observers)
        found = tuple(each for each in found if not codes.isdisjoint(each.observers))
    return found


@screen(may_browse_indicators)
def indicators(request: ScreenRequest) -> HttpResponse:
    known, wanted = catalogue(), wanted_of(request)
    kind = request.actor.contributor_kind
    found = find(wanted, known, observers=OBSERVERS[kind] if kind else ())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "known": known,
        "wanted": wanted,
        "page": page,
        "signs": [sign(each, known) for each in page.object_list],
        "dimensions": DIMENSION_NAMES.items(),
        "has_sector": kind is not None,
        "namespace": _namespace(request),
    }
    return render(request, "shared/indicators.html", context)


@screen(may_browse_indicators)
def indicator(request: ScreenRequest, indicator_id: str) -> HttpResponse:
    known = catalogue()
    found = known.by_id.get(indicator_id)
    if found is None:
        raise NotFoundOrHidden
    context = {
        "known": known,
        "sign": sign(found, known),
        "indicator": found,
        "description": known.description(found, language()),
        "idea": known.idea(known.concept_of(found), language()),
        "source": known.source_of(found),
        "evidence": known.evidence[found.evidence],
        "dimension": known.dimensions[found.dimension],
        "observers": [known.observers[code] for code in found.observers],
        "strengths": _strengths(found),
        "namespace": _namespace(request),
    }
    return render(request, "shared/indicator.html", context)


def _strengths(found: Indicator) -> list[tuple[str, str, str]]:
    """List, strength and how well it is known, for the lists that say anything."""
    return [
        (name.label, _strength(rating.strength), str(STRENGTH_BASES[rating.basis]))
        for name in AssessmentList
        if (rating := found.ratings.get(name)) is not None
    ]


def _strength(strength: str | None) -> str:
    return gettext(strength) if strength else gettext("none")


def _namespace(request: ScreenRequest) -> str:
    match = request.resolver_match
    return match.namespace if match else ""


urlpatterns = [
    path("indicators/", indicators, name="indicators"),
    path("indicators/<str:indicator_id>/", indicator, name="indicator"),
]
