"""The swap of the verification sets (procedures A.3, C2)."""

from __future__ import annotations

from collections.abc import Iterator

from crosslight.coordination.models import Match, MatchSide, OriginatorPermission, ReleasedValue
from crosslight.coordination.services.opening import Sides
from crosslight.core.entities.verification import SetValue, reduced
from crosslight.core.vocabulary.law import (
    HandlingCode,
    Nature,
    most_restrictive,
    needs_permission,
)
from crosslight.foundation import clock
from crosslight.investigations.models import Statement
from crosslight.investigations.selectors import current_statements


def release_sets(match: Match, sides: Sides) -> None:
    """Both sets in one statement, each value under its code; H3 stays with its owner."""
    moment = clock.now()
    rows = (
        *_set_of(match, sides.own, receiver=sides.other),
        *_set_of(match, sides.other, receiver=sides.own),
    )
    for row in rows:
        row.released_at = moment
    ReleasedValue.objects.bulk_create(rows)


def _set_of(match: Match, side: MatchSide, *, receiver: MatchSide) -> Iterator[ReleasedValue]:
    gathered: dict[SetValue, list[Statement]] = {}
    for statement in current_statements(side.entity):
        found = reduced(side.entity.schema, statement.property, statement.value)
        if found:
            gathered.setdefault(found, []).append(statement)
    withheld = set()
    for found, statements in gathered.items():
        if all(may_go(statement, receiver_id=receiver.unit_id) for statement in statements):
            yield _row(match, side, found, statements=statements)
        elif found.attribute not in withheld:
            withheld.add(found.attribute)
            yield _row(match, side, SetValue(found.attribute, ""), statements=statements)


def may_go(statement: Statement, *, receiver_id: str) -> bool:
    """I5: not H3, and nothing of another unit's under H2, unless the originator has agreed."""
    code = HandlingCode(statement.handling_code)
    is_ours = statement.originator_unit_id is None
    if code is HandlingCode.H3 or (needs_permission(code) and not is_ours):
        return has_permission(statement, receiver_id=receiver_id)
    return True


def has_permission(statement: Statement, *, receiver_id: str) -> bool:
    return OriginatorPermission.objects.filter(
        statement=statement, receiver_id=receiver_id
    ).exists()


def _row(
    match: Match, side: MatchSide, found: SetValue, *, statements: list[Statement]
) -> ReleasedValue:
    """The same value said twice goes under the most restrictive code, and as the weaker nature."""
    natures = {statement.nature for statement in statements}
    is_assessed = Nature.ASSESSMENT.value in natures
    return ReleasedValue(
        match=match,
        from_unit_id=side.unit_id,
        attribute=found.attribute.value,
        value=found.value,
        is_withheld=not found.value,
        handling_code=most_restrictive(*(HandlingCode(item.handling_code) for item in statements)),
        nature=Nature.ASSESSMENT if is_assessed else Nature.FACT,
    )
