"""Reads of erasures, and the objects that a data-protection officer may decide on."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crosslight.contributions.models import Contribution
from crosslight.core.policy import Actor, Facts, Relation
from crosslight.core.policy.rules import may_request_erasure, may_view_erasures
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require_standing
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.rows import visible_row
from crosslight.foundation.scoping import NOTHING, Columns, scope
from crosslight.investigations.models import Entity
from crosslight.oversight.erasure.models import Erasure

Target = Contribution | Entity
MOST_ROWS = 200

COLUMNS = Columns(
    relations={
        Relation.OWN_COUNTRY: lambda actor: (
            NOTHING if actor.country is None else Q(country_id=actor.country)
        )
    }
)


def facts_of(erasure: Erasure) -> Facts:
    return Facts(state=erasure.state, country=erasure.country_id)


def country_of(target: Target) -> str:
    return (
        target.country_id if isinstance(target, Contribution) else target.investigation.country_id
    )


def erasures_for(actor: Actor) -> QuerySet[Erasure]:
    """Newest first, of the actor's country."""
    return (
        Erasure.objects.filter(scope(may_view_erasures, actor, COLUMNS))
        .select_related("requested_by", "decided_by")
        .order_by("-requested_at", "-pk")
    )


def erasure_for(actor: Actor, erasure_id: str, *, is_locked: bool = False) -> Erasure:
    rows = Erasure.objects.all()
    return visible_row(
        rows.select_for_update() if is_locked else rows.select_related("requested_by"),
        rule=may_view_erasures,
        actor=actor,
        columns=COLUMNS,
        row_id=erasure_id,
    )


def target_for(actor: Actor, object_id: str, *, is_locked: bool = False) -> Target:
    """A contribution or a record of the actor's country; absent and hidden are one answer.

    Whoever protects the data of all may decide on each, and reads none of it.
    """
    require_standing(may_request_erasure, actor)
    target = _target(object_id, is_locked=is_locked)
    if target is None or not may_request_erasure(actor, Facts(country=country_of(target))):
        raise NotFoundOrHidden
    return target


def _target(object_id: str, *, is_locked: bool) -> Target | None:
    if is_id(object_id, kind="con"):
        contributions = Contribution.objects.select_related("organisation")
        if is_locked:
            contributions = contributions.select_for_update(of=("self",))
        return contributions.filter(pk=object_id).first()
    if is_id(object_id, kind="ent"):
        entities = Entity.objects.select_related("investigation__country", "unit")
        if is_locked:
            entities = entities.select_for_update(of=("self",))
        return entities.filter(pk=object_id).first()
    return None
