"""Reads of contributions. Every one takes the actor and can return nothing the policy hides."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crosslight.contributions.models import Contribution, Question, Typology
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.policy import Actor, Condition, Facts, Relation, Rule
from crosslight.core.policy.rules import may_view_own_contribution
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.scoping import NOTHING, Columns, scope

LONGEST_LIST = 200


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
