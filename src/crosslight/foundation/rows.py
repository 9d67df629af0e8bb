"""Opening one row for one actor."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from crosslight.core.policy import Actor, Denial, Rule
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.scoping import Columns, scope

M = TypeVar("M", bound=Model)

# What a person lacks whatever the object is; told before anyone looks for the object.
_OF_THE_PERSON = frozenset({Denial.MANDATE_EXPIRED, Denial.MFA})


def require_standing(rule: Rule, actor: Actor) -> None:
    """Raise what keeps `actor` from every object of the rule: role, expired mandate, factor."""
    if rule(actor).denial in _OF_THE_PERSON | {Denial.ROLE}:
        require(rule, actor)


def visible_row(rows: QuerySet[M], *, rule: Rule, actor: Actor, columns: Columns, row_id: str) -> M:
    """The row that `rule` lets `actor` see; absent and hidden are one answer."""
    if rule(actor).denial in _OF_THE_PERSON:
        require(rule, actor)
    kind = row_id.partition("_")[0]
    if not is_id(row_id, kind=kind):
        raise NotFoundOrHidden
    row = rows.filter(scope(rule, actor, columns)).filter(pk=row_id).first()
    if row is None:
        raise NotFoundOrHidden
    return row
