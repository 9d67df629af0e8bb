"""Opening one row for one actor."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from crosslight.core.policy import Actor, Rule
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.foundation.guard import require_standing
from crosslight.foundation.identifiers import is_id
from crosslight.foundation.scoping import Columns, scope

M = TypeVar("M", bound=Model)


def visible_row(rows: QuerySet[M], *, rule: Rule, actor: Actor, columns: Columns, row_id: str) -> M:
    """The row that `rule` lets `actor` see; absent and hidden are one answer."""
    require_standing(rule, actor)
    kind = row_id.partition("_")[0]
    if not is_id(row_id, kind=kind):
        raise NotFoundOrHidden
    row = rows.filter(scope(rule, actor, columns)).filter(pk=row_id).first()
    if row is None:
        raise NotFoundOrHidden
    return row
