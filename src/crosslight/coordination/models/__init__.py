"""Matches between units and what follows from them."""

from __future__ import annotations

from crosslight.coordination.models.decisions import Decision, Proposal
from crosslight.coordination.models.handovers import (
    Handover,
    HandoverItem,
    OriginatorPermission,
)
from crosslight.coordination.models.keys import KeyPopulation, MatchKey
from crosslight.coordination.models.matches import (
    Match,
    MatchSide,
    NotSamePair,
    ProtectionChoice,
    ReleasedValue,
)
from crosslight.coordination.models.rooms import JointRoom, RoomItem, RoomMessage

__all__ = [
    "Decision",
    "Handover",
    "HandoverItem",
    "JointRoom",
    "KeyPopulation",
    "Match",
    "MatchKey",
    "MatchSide",
    "NotSamePair",
    "OriginatorPermission",
    "Proposal",
    "ProtectionChoice",
    "ReleasedValue",
    "RoomItem",
    "RoomMessage",
]
