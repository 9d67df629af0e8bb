"""Reads of contributions. Every one takes the actor and can return nothing the policy hides."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crosslight.contributions.models import (
    Contribution,
    ContributionImport,
    ImportRow,
    Question,
    Typology,
)
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.lifecycle.importing import ACCEPTED, IN_WORK
from crosslight.core.policy import Actor, Condition, Facts, Relation, Rule
from crosslight.core.policy.rules import may_view_import, may_view_own_contribution
from crosslight.core.vocabulary.imports import RowOutcome
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.scoping import NOTHING, Columns, scope

LONGEST_LIST = 200
LONGEST_LIST_OF_IMPORTS = 50


def _own_organisation(actor: Actor) -> Q:
    if actor.organisation_id is None:
        return NOTHING
    return Q(organisation_id=actor.organisation_id)


def _own_country(actor: Actor) -> Q:
    return NOTHING if actor.country is None else Q(country_id=actor.country)


COLUMNS = Columns(
    relations={
        Relation.AUTHOR: lambda actor: Q(author_id=actor.id),
        Relation.OWN_ORGANISATION: _own_organisation,
        Relation.OWN_COUNTRY: _own_country,
    },
    conditions={Condition.NOT_RESTRICTED: lambda _actor: Q(restricted_at=None)},
)


def facts_of(contribution: Contribution) -> Facts:
    return Facts(
        state=contribution.state,
        author_id=contribution.author_id,
        organisation_id=contribution.organisation_id,
        country=contribution.country_id,
        is_restricted=contribution.restricted_at is not None,
    )


def contributions_for(rule: Rule, actor: Actor) -> QuerySet[Contribution]:
    """All contributions for which `rule` says yes to `actor`."""
    return Contribution.objects.filter(scope(rule, actor, COLUMNS)).select_related(
        "organisation__country"
    )


def contribution_for(
    rule: Rule, actor: Actor, contribution_id: str, *, is_locked: bool = False
) -> Contribution:
    """The one contribution, or NotFoundOrHidden: absent and hidden are one answer."""
    if not is_id(contribution_id, kind="con"):
        raise NotFoundOrHidden
    rows = contributions_for(rule, actor)
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    contribution = rows.filter(pk=contribution_id).first()
    if contribution is None:
        raise NotFoundOrHidden
    return contribution


def own_contributions(actor: Actor) -> QuerySet[Contribution]:
    """What a contributor may see of its organisation, newest first."""
    return contributions_for(may_view_own_contribution, actor).order_by("-created_at", "-pk")


def contribution_for_contributor(actor: Actor, contribution_id: str) -> Contribution:
    return contribution_for(may_view_own_contribution, actor, contribution_id)


def contribution_id_of(question_id: str) -> str:
    """Which contribution a question belongs to; whoever asks then checks that it may be seen."""
    if not is_id(question_id, kind="que"):
        raise NotFoundOrHidden
    question = Question.objects.filter(pk=question_id).only("contribution_id").first()
    if question is None:
        raise NotFoundOrHidden
    return question.contribution_id


# --- imports in bulk -------------------------------------------------------------------------

IMPORT_COLUMNS = Columns(relations={Relation.OWN_ORGANISATION: _own_organisation})


def facts_of_import(found: ContributionImport) -> Facts:
    return Facts(
        state=found.state, author_id=found.author_id, organisation_id=found.organisation_id
    )


def imports_for(rule: Rule, actor: Actor) -> QuerySet[ContributionImport]:
    """All imports for which `rule` says yes to `actor`, newest first."""
    rows = ContributionImport.objects.filter(scope(rule, actor, IMPORT_COLUMNS))
    return rows.select_related("organisation__country", "author", "accepted_by").order_by(
        "-created_at", "-pk"
    )


def import_for(
    rule: Rule, actor: Actor, import_id: str, *, is_locked: bool = False
) -> ContributionImport:
    """The one import, or NotFoundOrHidden: absent and hidden are one answer."""
    if not is_id(import_id, kind="imp"):
        raise NotFoundOrHidden
    rows = imports_for(rule, actor)
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=import_id).first()
    if found is None:
        raise NotFoundOrHidden
    return found


def import_for_contributor(actor: Actor, import_id: str) -> ContributionImport:
    return import_for(may_view_import, actor, import_id)


def rows_of(
    found: ContributionImport, outcomes: tuple[RowOutcome, ...] = tuple(RowOutcome)
) -> QuerySet[ImportRow]:
    """Its rows in the order of the file; none are left of an import that is over."""
    return ImportRow.objects.filter(source=found, outcome__in=outcomes).order_by("number")


def sent_before(found: ContributionImport) -> ContributionImport | None:
    """The first import of the same file that the same organisation accepted before this one."""
    same = ContributionImport.objects.filter(
        organisation_id=found.organisation_id, sha256=found.sha256, state__in=ACCEPTED
    ).exclude(pk=found.pk)
    if found.accepted_at is not None:
        same = same.filter(accepted_at__lt=found.accepted_at)
    return same.order_by("accepted_at").first()


def ids_of_imports_in_work() -> tuple[str, ...]:
    """Those with something to do that needs nobody's hand, oldest first."""
    rows = ContributionImport.objects.filter(state__in=IN_WORK).order_by("created_at")
    return tuple(rows.values_list("pk", flat=True))


# --- the library of typologies ---------------------------------------------------------------


def library() -> QuerySet[Typology]:
    """The typologies that stand in the library now, newest first; nobody is hidden any of them."""
    return (
        Typology.objects.filter(
            taken_out_at=None,
            contribution__state=ContributionState.CLOSED,
            contribution__erased_at=None,
            contribution__restricted_at=None,
        )
        .select_related("contribution")
        .order_by("-taken_in_at", "-pk")
    )


def typology_in_library(typology_id: str) -> Typology:
    found = library().filter(pk=typology_id).first() if is_id(typology_id, kind="typ") else None
    if found is None:
        raise NotFoundOrHidden
    return found
