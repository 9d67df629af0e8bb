"""O3: who did what, when, of which kind and why. Identifiers and codes; never the content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from crosslight.core.evidence.entry import OK
from crosslight.core.policy.rules import may_view_ledger
from crosslight.foundation.identifiers import is_id
from crosslight.ledger.acts import Act
from crosslight.oversight import services
from crosslight.oversight.services import LedgerFilter, LedgerPage
from crosslight.web.oversight.words import CLASS_LABELS, role_words
from crosslight.web.shared.access import ScreenRequest, screen


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a row: `who` falls back to the identifier where no account has it."""

    index: int
    at: datetime
    who: str
    place: str
    roles: str
    act: str
    kind: str
    objects: tuple[str, ...]
    why: str
    is_refusal: bool


@screen(may_view_ledger)
def home(request: ScreenRequest) -> HttpResponse:
    wanted = _filter_of(request)
    page = services.consult_ledger(actor=request.actor, wanted=wanted)
    context = {
        "lines": _lines(page),
        "page": page,
        "wanted": wanted,
        "acts": sorted(act.value for act in Act),
        "checked": services.see_chain(actor=request.actor).check,
        "is_narrowed": wanted != LedgerFilter(before=wanted.before),
    }
    return render(request, "oversight/home.html", context)


@screen(may_view_ledger)
def entry(request: ScreenRequest, index: int) -> HttpResponse:
    page = services.consult_ledger_entry(actor=request.actor, index=index)
    context = {"line": _lines(page)[0], "found": page.entries[0], "total": page.total}
    return render(request, "oversight/entry.html", context)


def _filter_of(request: ScreenRequest) -> LedgerFilter:
    """What the address asks for; nonsense asks for nothing."""
    act = request.GET.get("act", "")
    who, what = request.GET.get("actor", "").strip(), request.GET.get("object", "").strip()
    before = request.GET.get("before", "")
    return LedgerFilter(
        act=act if act in set(Act) else None,
        actor_id=who if is_id(who, kind="usr") else None,
        object_id=what if is_id(what, kind=what[:3]) else None,
        before=int(before) if before.isdecimal() and len(before) < len("1000000000000") else None,
    )


def _lines(page: LedgerPage) -> list[Line]:
    return [
        Line(
            index=item.index,
            at=datetime.fromisoformat(item.entry.at),
            who=page.names.get(item.entry.actor, item.entry.actor),
            place=page.names.get(item.entry.unit or item.entry.organisation or "", ""),
            roles=role_words(item.entry.roles),
            act=item.entry.act.value,
            kind=str(CLASS_LABELS[item.entry.act.classification]),
            objects=item.entry.objects,
            why=item.entry.justification or item.entry.reference or item.entry.basis,
            is_refusal=item.entry.outcome != OK,
        )
        for item in page.entries
    ]
