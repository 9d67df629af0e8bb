"""What coordination holds of an entity: keys, profile, sets, snapshots, reasons. All of it goes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from crosslight.coordination.models import (
    Decision,
    HandoverItem,
    JointRoom,
    Match,
    MatchKey,
    MatchSide,
    NotSamePair,
    Proposal,
    ProtectionChoice,
    ReleasedValue,
    RoomItem,
    RoomMessage,
    ValueAppeal,
)
from crosslight.coordination.services.annulment import annul_matches, recall_copies
from crosslight.coordination.services.index import drop_keys
from crosslight.coordination.services.matching import match_entity
from crosslight.core.policy import Actor
from crosslight.investigations.models import Entity

# Of a decision's terms these say who leads; all others are sentences.
_KEPT_TERMS = frozenset({"lead_unit", "until"})


@dataclass(frozen=True, slots=True)
class Traces:
    """How much there is, and which units could read of it."""

    keys: int
    matches: int
    handed_over: int
    shown_in_rooms: int
    units: tuple[str, ...]


def traces_of(entity: Entity) -> Traces:
    matches = _matches(entity)
    items = HandoverItem.objects.filter(entity=entity)
    shown = RoomItem.objects.filter(entity=entity)
    sides = MatchSide.objects.filter(match__in=matches).exclude(unit_id=entity.unit_id)
    read = sides.filter(
        match__in=ReleasedValue.objects.filter(from_unit_id=entity.unit_id).values("match")
    )
    units = {
        *read.values_list("unit_id", flat=True),
        *items.values_list("handover__receiver_id", flat=True),
        *sides.filter(match__decision__room__items__in=shown).values_list("unit_id", flat=True),
    }
    return Traces(
        keys=MatchKey.objects.filter(profile__entity=entity).count(),
        matches=matches.count(),
        handed_over=items.count(),
        shown_in_rooms=shown.count(),
        units=tuple(sorted(units)),
    )


def erase_traces(entity: Entity, *, actor: Actor) -> None:
    """Index rows and profile, open matches, sets, snapshots, and every text about the pair.

    A joint room is about this one pair, so its plan and messages go, too.
    """
    drop_keys(entity)
    annul_matches(entity, actor=actor)
    recall_copies(entity, actor=actor)
    matches = list(_matches(entity).values_list("pk", flat=True))
    HandoverItem.objects.filter(entity=entity).update(
        snapshot={}, snapshot_sha256="", refusal_note=""
    )
    RoomItem.objects.filter(entity=entity).update(snapshot={})
    NotSamePair.objects.filter(Q(low_entity=entity) | Q(high_entity=entity)).delete()
    ValueAppeal.objects.filter(entity=entity).update(reason="", answer="")
    _empty_matches(matches)
    _empty_decisions(matches)


def _empty_matches(matches: list[str]) -> None:
    Match.objects.filter(pk__in=matches).update(evidence=[])
    MatchSide.objects.filter(match__in=matches).update(
        verdict_reason="", outcome_note="", criteria={}
    )
    ProtectionChoice.objects.filter(match__in=matches).update(reason="", ground="")


def _empty_decisions(matches: list[str]) -> None:
    for row in Proposal.objects.filter(match__in=matches):
        Proposal.objects.filter(pk=row.pk).update(reason="", terms=_codes_of(row.terms))
    for decision in Decision.objects.filter(match__in=matches):
        Decision.objects.filter(pk=decision.pk).update(
            reason_a="", reason_b="", terms=_codes_of(decision.terms)
        )
    rooms = JointRoom.objects.filter(decision__match__in=matches)
    RoomMessage.objects.filter(room__in=rooms).update(text="")
    rooms.update(plan="")


def leave_matching(entity: Entity, *, actor: Actor) -> None:
    """Restricted data are combined with nothing: no keys, no open match, no copy in a room."""
    drop_keys(entity)
    annul_matches(entity, actor=actor)
    recall_copies(entity, actor=actor)


def return_to_matching(entity: Entity) -> None:
    match_entity(entity)


def _matches(entity: Entity) -> QuerySet[Match]:
    return Match.objects.filter(sides__entity=entity)


def _codes_of(terms: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in terms.items() if name in _KEPT_TERMS}
