"""The pages of a contribution, with their titles and their order."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crosslight.core.contributions import Page
from crosslight.core.contributions.content import PAGES_OF_KIND
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.foundation.errors import NotFoundOrHidden

TITLES: dict[Page, str | Promise] = {
    Page.NOTICED: _("What did you notice?"),
    Page.WHERE_WHEN: _("Where and when?"),
    Page.IDENTIFIERS: _("Anything that identifies the people or places behind it?"),
    Page.WORDS: _("In your own words"),
    Page.SHARING: _("Sharing and consent"),
    Page.PATTERN: _("What is the pattern?"),
    Page.RED_FLAGS: _("By which signs is it noticed, and by whom?"),
    Page.RELEASE: _("Who may read it?"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One page of one kind: its number, and what comes before and after (None: check answers)."""

    page: Page
    number: int
    total: int
    before: Page | None
    after: Page | None

    @property
    def title(self) -> str | Promise:
        return TITLES[self.page]


def place_of(kind: str, name: str) -> Place:
    """Raises NotFoundOrHidden for a page that this kind does not have."""
    pages = PAGES_OF_KIND[ContributionKind(kind)]
    if name not in pages:
        raise NotFoundOrHidden
    at = pages.index(Page(name))
    return Place(
        page=pages[at],
        number=at + 1,
        total=len(pages),
        before=pages[at - 1] if at else None,
        after=pages[at + 1] if at + 1 < len(pages) else None,
    )
