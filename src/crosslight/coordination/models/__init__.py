"""Matches between units and what follows from them."""

from __future__ import annotations

from crosslight.coordination.models.common_values import CommonValue, ValueAppeal
from crosslight.coordination.models.decisions import Decision, Proposal
from crosslight.coordination.models.handovers import (
    Handover,
    HandoverItem,
    OriginatorPermission,
)
from crosslight.coordination.models.keys import (
    KeyPopulation,
    MatchKey,
    MatchProfile,
    ValueCount,
)
from crosslight.coordination.models.matches import (
    Match,
    MatchSide,
    NotSamePair,
    ProtectionChoice,
    ReleasedValue,
)
from crosslight.coordination.models.rooms import JointRoom, RoomItem, RoomMessage

__all__ = [
    "CommonValue",
    "Decision",
    "Handover",
    "HandoverItem",
    "JointRoom",
    "KeyPopulation",
    "Match",
    "MatchKey",
    "MatchProfile",
    "MatchSide",
    "NotSamePair",
    "OriginatorPermission",
    "Proposal",
    "ProtectionChoice",
    "ReleasedValue",
    "RoomItem",
    "RoomMessage",
    "ValueAppeal",
    "ValueCount",
]
