"""What every step of the procedure begins with: the row, the two sides, who is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crosslight.accounts.models import NoticeKind, User
from crosslight.accounts.services import notify, settle_notices
from crosslight.coordination.models import Match, MatchSide
from crosslight.coordination.selectors.scopes import MATCH_COLUMNS, facts_of_match
from crosslight.core.lifecycle.match import HUMAN_MOVES, MATCH, MatchState, MatchVerb
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import may_view_match
from crosslight.core.vocabulary.people import UNIT_ROLES, ActorKind, Role
from crosslight.foundation.errors import NotAllowed
from crosslight.foundation.guard import advance, require
from crosslight.foundation.rows import visible_row
from crosslight.partnerships.selectors import users_with_role


@dataclass(frozen=True, slots=True)
class Sides:
    own: MatchSide
    other: MatchSide


def opened_match(actor: Actor, match_id: str, *, to: Rule, seen_by: Rule = may_view_match) -> Match:
    """The match, locked until the transaction ends; hidden and absent alike if not to be seen."""
    match = visible_row(
        Match.objects.select_for_update(),
        rule=seen_by,
        actor=actor,
        columns=MATCH_COLUMNS,
        row_id=match_id,
    )
    require(to, actor, facts_of_match(match))
    return match


def sides_of(match: Match, *, unit_id: str | None) -> Sides:
    """The half of `unit_id` and the other half."""
    sides = {
        side.unit_id: side
        for side in match.sides.select_related("unit", "country", "investigation", "entity__unit")
    }
    own = sides.pop(str(unit_id))
    (other,) = sides.values()
    return Sides(own=own, other=other)


def require_human(actor: Actor) -> None:
    """I4: a named person stands behind every step towards "same" and towards a decision."""
    if actor.kind is not ActorKind.PERSON:
        raise NotAllowed("You cannot do this. A named person of the unit has to.")


def move(match: Match, verb: MatchVerb, *, actor: Actor) -> None:
    """Advance the state; the escalation mark belongs to the clock of the state that ends."""
    if verb in HUMAN_MOVES:
        require_human(actor)
    match.state = advance(MATCH, MatchState(match.state), verb)
    match.escalated_at = None


def tell_units(
    match: Match,
    kind: NoticeKind,
    *,
    due_at: datetime | None = None,
    roles: Iterable[Role] = UNIT_ROLES,
    object_id: str | None = None,
) -> None:
    """Both sides in one statement and so at one instant (I2)."""
    units = match.sides.values_list("unit_id", flat=True)
    people = [user for unit_id in units for user in users_with_role(roles, unit_id=unit_id)]
    notify(users=people, kind=kind, object_id=object_id or match.pk, due_at=due_at)


def tell_countries(
    match: Match, kind: NoticeKind, *, roles: Iterable[Role], due_at: datetime | None = None
) -> None:
    """Holders of the roles in both countries, each once, at one instant."""
    people: dict[str, User] = {}
    for country in match.sides.values_list("country_id", flat=True):
        people |= {user.pk: user for user in users_with_role(roles, country=country)}
    notify(users=people.values(), kind=kind, object_id=match.pk, due_at=due_at)


def settle(match: Match, kinds: Iterable[NoticeKind], *, unit_id: str | None = None) -> None:
    """The step was taken: by one unit, or (without `unit_id`) by both."""
    units = [unit_id] if unit_id else list(match.sides.values_list("unit_id", flat=True))
    people = [user for unit in units for user in users_with_role(UNIT_ROLES, unit_id=unit)]
    settle_notices(object_id=match.pk, kinds=kinds, users=people)


def parties(match: Match) -> list[str]:
    """Ids of both units, for the ledger's recipients."""
    return sorted(match.sides.values_list("unit_id", flat=True))
