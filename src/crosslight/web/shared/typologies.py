"""The library of typologies: patterns that name nobody, for everyone who is accredited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from crosslight.contributions.services import SeenTypology, consult_typology, list_typologies
from crosslight.core.indicators import catalogue
from crosslight.core.policy.rules import may_read_typologies
from crosslight.core.vocabulary.contributions import SECTOR_LABELS, Sector
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.report import red_flagged
from crosslight.web.shared.words import choices, word

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    title: str
    sector: str
    route: str
    signs: int
    taken_in_at: datetime


@screen(may_read_typologies)
def typologies(request: ScreenRequest) -> HttpResponse:
    sector = request.GET.get("sector", "")
    found = [
        each
        for each in list_typologies(actor=request.actor)
        if sector not in set(Sector) or each.content.sector == sector
    ]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": [_line(each) for each in page.object_list],
        "page": page,
        "sector": sector,
        "sectors": choices(SECTOR_LABELS)(),
    }
    return render(request, "shared/typologies.html", context)


@screen(may_read_typologies)
def typology(request: ScreenRequest, typology_id: str) -> HttpResponse:
    seen = consult_typology(actor=request.actor, typology_id=typology_id)
    context = {
        "seen": seen,
        "content": seen.content,
        "sector": word(SECTOR_LABELS, seen.content.sector),
        "red_flags": red_flagged(seen.content, catalogue(seen.catalogue_version)),
    }
    return render(request, "shared/typology.html", context)


def _line(seen: SeenTypology) -> Line:
    content = seen.content
    return Line(
        id=seen.id,
        title=content.title,
        sector=word(SECTOR_LABELS, content.sector),
        route=content.route,
        signs=len(content.red_flags),
        taken_in_at=seen.taken_in_at,
    )
