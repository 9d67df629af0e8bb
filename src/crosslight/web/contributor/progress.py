"""Where a contribution stands, in the contributor's words only (J1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from crosslight.contributions.contributor_view import ContributorView
from crosslight.core.contributions import FIELDS_OF_PAGE, Content, FormatFault, Page
from crosslight.core.contributions.content import PAGES_OF_KIND
from crosslight.core.lifecycle.contribution import SEEN_BY_CONTRIBUTOR, ContributionState
from crosslight.core.vocabulary.contributions import CONTRIBUTION_KIND_LABELS, ContributionKind
from crosslight.web.shared.components import Tone
from crosslight.web.shared.words import word

_S = ContributionState
_WORDS = SEEN_BY_CONTRIBUTOR
_TONES: Mapping[str, Tone] = {
    _WORDS[_S.DRAFT]: Tone.NEUTRAL,
    _WORDS[_S.RETURNED_FORMAT]: Tone.ATTENTION,
    _WORDS[_S.RETURNED_QUALITY]: Tone.ATTENTION,
    _WORDS[_S.QUESTION_OPEN]: Tone.WAITING,
    _WORDS[_S.RECEIVED]: Tone.PROGRESS,
    _WORDS[_S.NOT_ACCEPTED]: Tone.STOPPED,
    _WORDS[_S.WITHDRAWN]: Tone.STOPPED,
    _WORDS[_S.ERASED]: Tone.STOPPED,
    _WORDS[_S.NO_FURTHER_INTEREST]: Tone.DONE,
    _WORDS[_S.CLOSED]: Tone.DONE,
}
_ENDED = frozenset(
    _WORDS[state]
    for state in (
        _S.NOT_ACCEPTED,
        _S.WITHDRAWN,
        _S.ERASED,
        _S.NO_FURTHER_INTEREST,
        _S.CLOSED,
    )
)
_NEEDS_ANSWER = frozenset(
    _WORDS[state] for state in (_S.RETURNED_FORMAT, _S.RETURNED_QUALITY, _S.QUESTION_OPEN)
)


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution in a list."""

    id: str
    title: str
    about: str
    state: str
    tone: Tone
    at: datetime
    until: datetime | None
    url: str
    receipt: str
    has_feedback: bool


@dataclass(frozen=True, slots=True)
class Step:
    word: str
    place: str


def title_of(view: ContributorView) -> str:
    """The kind, and the title or the place where the contributor gave one."""
    kind = word(CONTRIBUTION_KIND_LABELS, view.kind)
    given = view.content.title or view.content.place
    return f"{kind}: {given}" if given else kind


def tone_of(view: ContributorView) -> Tone:
    return _TONES[view.state]


def line_of(view: ContributorView) -> Line:
    receipt = view.receipt
    return Line(
        id=view.id,
        title=title_of(view),
        about=_about(view),
        state=gettext(view.state),
        tone=tone_of(view),
        at=receipt.time if receipt else view.saved_at,
        until=view.expires_at,
        url=draft_url(view),
        receipt=receipt.code if receipt else "",
        has_feedback=bool(view.feedback),
    )


def _about(view: ContributorView) -> str:
    if view.state == _WORDS[_S.QUESTION_OPEN]:
        return gettext("The desk asks about something you may already know.")
    if view.state in _NEEDS_ANSWER:
        return gettext("Something is missing. It keeps its reference.")
    return gettext("The desk says how useful it was.") if has_news(view) else ""


def is_draft(view: ContributorView) -> bool:
    return view.state == _WORDS[_S.DRAFT]


def has_news(view: ContributorView) -> bool:
    return any(not each.is_read for each in view.feedback)


def waits_for_contributor(view: ContributorView) -> bool:
    return view.state in _NEEDS_ANSWER or has_news(view)


def way_of(view: ContributorView) -> tuple[Step, ...]:
    """Draft, received, end: nothing in between tells what an authority does."""
    words = [gettext("Draft"), gettext("Received"), gettext("Closed")]
    now = 2 if view.state in _ENDED else int(not view.is_editable or view.receipt is not None)
    words[now] = gettext(view.state)
    places = ["done"] * now + ["now"] + ["later"] * (2 - now)
    return tuple(map(Step, words, places))


# --- where a draft goes on ----------------------------------------------------------------------


def draft_url(view: ContributorView) -> str:
    return reverse("contributor:page", args=[view.id, page_to_continue(view).value])


def page_to_continue(view: ContributorView) -> Page:
    """The last page with an answer on it; the first one where there is none yet.

    A page that was being written when the browser was closed comes back with its text.
    """
    pages = PAGES_OF_KIND[view.kind]
    answered = [page for page in pages if _is_answered(view.content, page)]
    return answered[-1] if answered else pages[0]


def _is_answered(content: Content, page: Page) -> bool:
    given, empty = content.to_dict(), Content().to_dict()
    return any(given[name] != empty[name] for name in FIELDS_OF_PAGE[page])


def page_of_fault(fault: FormatFault, pages: Iterable[Page]) -> Page:
    """The page on which the fault can be corrected; the first where it is on none of them."""
    name = fault.field.split(".", 1)[0]
    known = list(pages)
    return next((page for page in known if name in FIELDS_OF_PAGE[page]), known[0])


def draft_url_of_new(contribution_id: str, kind: ContributionKind) -> str:
    return reverse("contributor:page", args=[contribution_id, PAGES_OF_KIND[kind][0].value])
