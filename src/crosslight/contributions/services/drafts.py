"""Writing a draft, page by page or whole. It is checked for sense here, for completeness later."""

from __future__ import annotations

from collections.abc import Mapping

from crosslight.contributions.deadlines import DRAFT_KEPT
from crosslight.contributions.models import Contribution
from crosslight.contributions.selectors import contribution_for, facts_of
from crosslight.contributions.services.finding import index_identifiers
from crosslight.contributions.values import read_content, refuse_foreign_fields
from crosslight.core.contributions import Content, danger_of
from crosslight.core.contributions.content import FIELDS_OF_PAGE, Page
from crosslight.core.indicators import catalogue
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import (
    may_edit_contribution,
    may_start_contribution,
    may_view_own_contribution,
)
from crosslight.core.vocabulary.contributions import ContributionKind
from crosslight.foundation import clock
from crosslight.foundation.codes import read_code
from crosslight.foundation.errors import StaleVersion
from crosslight.foundation.guard import require, require_standing
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.partnerships import selectors as partnerships


def start_contribution(*, actor: Actor, kind: ContributionKind) -> Contribution:
    """An empty draft on the latest catalogue, which it keeps whatever comes later (J6)."""
    with act():
        require(may_start_contribution, actor)
        organisation = partnerships.organisation(actor.organisation_id or "")
        contribution = Contribution.objects.create(
            organisation=organisation,
            country=organisation.country,
            author_id=actor.id,
            kind=kind.value,
            content=Content().to_dict(),
            catalogue_version=catalogue().version,
            expires_at=clock.now() + DRAFT_KEPT,
        )
        record(actor=actor, act=Act.CONTRIBUTION_STARTED, objects=[contribution.pk])
    return contribution


def save_page(
    *,
    actor: Actor,
    contribution_id: str,
    version: int,
    page: str,
    values: Mapping[str, object],
) -> Contribution:
    """Save one page of the form; a field of the page that `values` leaves out stays as it was.

    Raises FieldErrors (nothing of this page is saved, all other pages are kept) and StaleVersion
    with both texts.
    """
    with act():
        contribution = locked_for_contributor(contribution_id, actor, rule=may_edit_contribution)
        known_page = read_code(Page, page, field="page")
        refuse_foreign_fields(values, page=known_page)
        _refuse_stale(contribution, version=version, yours=values, page=known_page)
        _store(contribution, values, stored=contribution.content)
        record(
            actor=actor,
            act=Act.CONTRIBUTION_SAVED,
            objects=[contribution.pk],
            reference=known_page.value,
        )
    return contribution


def save_content(
    *, actor: Actor, contribution_id: str, version: int, content: Mapping[str, object]
) -> Contribution:
    """Replace the whole content: what is left out is unanswered."""
    with act():
        contribution = locked_for_contributor(contribution_id, actor, rule=may_edit_contribution)
        _refuse_stale(contribution, version=version, yours=content, page=None)
        _store(contribution, content, stored={})
        record(actor=actor, act=Act.CONTRIBUTION_SAVED, objects=[contribution.pk])
    return contribution


def locked_for_contributor(contribution_id: str, actor: Actor, *, rule: Rule) -> Contribution:
    """The row under lock, once `rule` has said yes; absent and hidden are one answer."""
    require_standing(rule, actor)
    contribution = contribution_for(
        may_view_own_contribution, actor, contribution_id, is_locked=True
    )
    require(rule, actor, facts_of(contribution))
    return contribution


def touch(contribution: Contribution) -> None:
    """Count a change by the contributor's hand, and keep the draft for as long again."""
    contribution.version += 1
    contribution.updated_at = clock.now()
    contribution.expires_at = contribution.updated_at + DRAFT_KEPT
    contribution.reminders = 0


def _refuse_stale(
    contribution: Contribution, *, version: int, yours: Mapping[str, object], page: Page | None
) -> None:
    if contribution.version == version:
        return
    names = contribution.content if page is None else FIELDS_OF_PAGE[page]
    theirs = {name: contribution.content.get(name) for name in names}
    raise StaleVersion(
        yours={**yours, "version": version}, theirs={**theirs, "version": contribution.version}
    )


def _store(
    contribution: Contribution, values: Mapping[str, object], *, stored: Mapping[str, object]
) -> None:
    region = contribution.organisation.country.dialling_region
    content = read_content(values, stored=stored, region=region)
    contribution.content = content.to_dict()
    contribution.is_danger = bool(
        danger_of(content, catalogue=catalogue(contribution.catalogue_version))
    )
    touch(contribution)
    contribution.save()
    index_identifiers(contribution, content)
