"""C1 and C2: what waits, what was sent, and starting something new."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosslight.contributions.services import list_own, start_contribution
from crosslight.core.policy import Actor
from crosslight.core.policy.rules import (
    may_start_contribution,
    may_view_import,
    may_view_own_contribution,
)
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS, ContributionKind
from crosslight.core.vocabulary.contributors import ContributorClass, class_of
from crosslight.core.vocabulary.law import LEGAL_BASIS_LABELS
from crosslight.web.contributor.audience import emergency_number_of
from crosslight.web.contributor.forms import StartForm
from crosslight.web.contributor.progress import (
    draft_url_of_new,
    is_draft,
    line_of,
    waits_for_contributor,
)
from crosslight.web.shared.access import ScreenRequest, screen
from crosslight.web.shared.listing import listed
from crosslight.web.shared.settle import NEEDS_CORRECTION, posted
from crosslight.web.shared.words import word

PER_PAGE = 20
_ABOUT: dict[ContributionKind, str | Promise] = {
    ContributionKind.RED_FLAG_REPORT: _(
        "Something specific worries you. Five short pages, about four minutes."
    ),
    ContributionKind.RISK_INDICATOR: _(
        "Signs at a place, without a word about any person. Three short pages, about two minutes."
    ),
    ContributionKind.OSINT_PRESERVATION: _(
        "Pages, pictures or recordings that you kept as they were. Three short pages and the files."
    ),
    ContributionKind.TYPOLOGY: _(
        "A pattern that you see again and again: how it works, and by which signs it is noticed. "
        "About nobody: no name, no number, no account. Three short pages."
    ),
}


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    name: str
    about: str
    bases: str


@screen(may_view_own_contribution)
def home(request: ScreenRequest) -> HttpResponse:
    views = list_own(actor=request.actor)
    sent = [view for view in views if not is_draft(view)]
    page = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [line_of(view) for view in sent if waits_for_contributor(view)],
        "drafts": [line_of(view) for view in views if is_draft(view)],
        "sent": [line_of(view) for view in page.object_list],
        "page": page,
        "may_start": bool(may_start_contribution(request.actor)),
        "may_import": request.actor.has(*may_view_import.roles),
    }
    return render(request, "contributor/home.html", context)


@screen(may_start_contribution, methods=("GET", "POST"))
def start(request: ScreenRequest) -> HttpResponse:
    form = StartForm(posted(request), actor=request.actor)
    if form.is_valid():
        kind = ContributionKind(form.cleaned_data["kind"])
        contribution = start_contribution(actor=request.actor, kind=kind)
        return redirect(draft_url_of_new(contribution.pk, kind))
    status = NEEDS_CORRECTION if form.is_bound else 200
    return render(request, "contributor/start.html", _choice(request.actor, form), status=status)


def _choice(actor: Actor, form: StartForm) -> dict[str, object]:
    group = class_of(actor.contributor_kind) if actor.contributor_kind else None
    offered = [kind for kind in _ABOUT if group is None or kind in group.may_send]
    kinds = [
        Kind(
            kind.value, word(CONTRIBUTION_KIND_LABELS, kind), str(_ABOUT[kind]), _bases(group, kind)
        )
        for kind in offered
    ]
    return {
        "form": form,
        "kinds": kinds,
        "may_not": gettext(group.may_not) if group else "",
        "emergency_number": emergency_number_of(actor),
    }


def _bases(group: ContributorClass | None, kind: ContributionKind) -> str:
    """On which legal bases this class may send this kind, in plain words."""
    return (
        listed(word(LEGAL_BASIS_LABELS, basis) for basis in group.bases_for(kind)) if group else ""
    )
