"""O6: how matches are found and weighed, for whoever has to answer for it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from crosslight.core.matching import card
from crosslight.core.policy.rules import may_view_ledger
from crosslight.web.shared.access import ScreenRequest, screen


@screen(may_view_ledger)
def matching(request: ScreenRequest) -> HttpResponse:
    return render(request, "oversight/matching.html", {"card": card()})
