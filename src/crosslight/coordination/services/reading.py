"""Opening and listing: each leaves a line with its purpose in the ledger (I6).

The line names every record of which something is shown, of the other side, too: who asks later
which eyes a record met must find them all (Directive (EU) 2016/680, article 25).
"""

from __future__ import annotations

from collections.abc import Iterable

from crosslight.coordination.models import Handover, JointRoom, Match
from crosslight.coordination.selectors.handovers import (
    handover_row,
    handover_view,
    records_shown,
)
from crosslight.coordination.selectors.matches import (
    board_row,
    entities_shown,
    match_row,
    match_view,
    own_entity,
)
from crosslight.coordination.selectors.protection import protection_view
from crosslight.coordination.selectors.rooms import items_shown, room_row, room_view
from crosslight.coordination.selectors.scopes import (
    HANDOVER_COLUMNS,
    MATCH_COLUMNS,
    ROOM_COLUMNS,
    handovers_for,
    matches_for,
    protection_matches_for,
    rooms_for,
    timers_for,
)
from crosslight.coordination.selectors.views import (
    BoardRow,
    HandoverRow,
    HandoverView,
    MatchRow,
    MatchView,
    ProtectionView,
    RoomRow,
    RoomView,
)
from crosslight.core.policy import Actor, Rule
from crosslight.core.policy.rules import (
    may_view_handover,
    may_view_match,
    may_view_match_timers,
    may_view_protection,
    may_view_room,
)
from crosslight.foundation.guard import require_standing
from crosslight.foundation.rows import visible_row
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record

MOST_ROWS = 200


def consult_match(*, actor: Actor, match_id: str, purpose: str) -> MatchView:
    with act():
        match = _visible_match(actor, match_id, rule=may_view_match)
        shown = [match.pk, *entities_shown(match, actor=actor)]
        _record(actor, Act.MATCH_CONSULTED, shown, purpose=purpose)
        return match_view(match, actor=actor)


def list_matches(*, actor: Actor, purpose: str = "overview") -> list[MatchRow]:
    """The unit's matches, the newest first."""
    require_standing(may_view_match, actor)
    with act():
        matches = list(matches_for(actor)[:MOST_ROWS])
        captions = [own_entity(match, actor=actor) for match in matches]
        shown = [*(match.pk for match in matches), *captions]
        _record(actor, Act.MATCH_LISTED, shown, purpose=purpose)
        return [match_row(match, actor=actor) for match in matches]


def board(*, actor: Actor, purpose: str = "overview") -> list[BoardRow]:
    """For national points (own country) and the regional office: ids, kinds, clocks."""
    require_standing(may_view_match_timers, actor)
    with act():
        matches = list(timers_for(actor)[:MOST_ROWS])
        _record(actor, Act.MATCH_LISTED, [match.pk for match in matches], purpose=purpose)
        return [board_row(match) for match in matches]


def list_protection(*, actor: Actor, purpose: str = "overview") -> list[ProtectionView]:
    require_standing(may_view_protection, actor)
    with act():
        matches = list(protection_matches_for(actor)[:MOST_ROWS])
        _record(actor, Act.MATCH_LISTED, [match.pk for match in matches], purpose=purpose)
        return [protection_view(match, actor=actor) for match in matches]


def consult_protection(*, actor: Actor, match_id: str, purpose: str) -> ProtectionView:
    with act():
        match = _visible_match(actor, match_id, rule=may_view_protection)
        _record(actor, Act.MATCH_CONSULTED, [match.pk], purpose=purpose)
        return protection_view(match, actor=actor)


def consult_handover(*, actor: Actor, handover_id: str, purpose: str) -> HandoverView:
    with act():
        handover = visible_row(
            Handover.objects.select_related("giver", "receiver", "decision"),
            rule=may_view_handover,
            actor=actor,
            columns=HANDOVER_COLUMNS,
            row_id=handover_id,
        )
        view = handover_view(handover, actor=actor)
        shown = [handover.pk, *records_shown(handover, view)]
        _record(actor, Act.HANDOVER_CONSULTED, shown, purpose=purpose)
        return view


def list_handovers(*, actor: Actor, purpose: str = "overview") -> list[HandoverRow]:
    require_standing(may_view_handover, actor)
    with act():
        handovers = list(handovers_for(actor)[:MOST_ROWS])
        _record(actor, Act.HANDOVER_LISTED, [row.pk for row in handovers], purpose=purpose)
        return [handover_row(handover, actor=actor) for handover in handovers]


def consult_room(*, actor: Actor, room_id: str, purpose: str) -> RoomView:
    with act():
        room = visible_row(
            JointRoom.objects.select_related("lead_unit", "decision__match"),
            rule=may_view_room,
            actor=actor,
            columns=ROOM_COLUMNS,
            row_id=room_id,
        )
        shown = [room.pk, *items_shown(room)]
        _record(actor, Act.ROOM_CONSULTED, shown, purpose=purpose)
        return room_view(room, actor=actor)


def list_rooms(*, actor: Actor, purpose: str = "overview") -> list[RoomRow]:
    require_standing(may_view_room, actor)
    with act():
        rooms = list(rooms_for(actor)[:MOST_ROWS])
        _record(actor, Act.ROOM_LISTED, [room.pk for room in rooms], purpose=purpose)
        return [room_row(room) for room in rooms]


def _visible_match(actor: Actor, match_id: str, *, rule: Rule) -> Match:
    return visible_row(
        Match.objects.prefetch_related(
            "sides__unit__country", "sides__investigation", "sides__entity"
        ),
        rule=rule,
        actor=actor,
        columns=MATCH_COLUMNS,
        row_id=match_id,
    )


def _record(actor: Actor, kind: Act, ids: Iterable[str], *, purpose: str) -> None:
    record(actor=actor, act=kind, objects=list(ids), justification=purpose)
