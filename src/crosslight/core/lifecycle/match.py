"""Life of a match between two units: procedures A.3, the main path, and the victim route A.6."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class MatchState(StrEnum):
    NOTIFIED = "notified"  # C1
    ACKNOWLEDGED = "acknowledged"  # C2
    NOT_SAME = "not_same"  # C3
    UNRESOLVED = "unresolved"  # C3u
    CONFIRMED_SAME = "confirmed_same"  # C4
    DELIBERATION = "deliberation"  # C5
    SEPARATE = "separate"  # C7a
    HANDOVER = "handover"  # C7b
    JOINT = "joint"  # C7c
    CLOSED = "closed"  # C10
    ANNULLED = "annulled"  # CA
    IN_PROTECTION = "in_protection"  # A.6: victim-protection officers only
    PROTECTION_DECIDED = "protection_decided"


class MatchVerb(StrEnum):
    BOTH_ACKNOWLEDGED = "both_acknowledged"
    BOTH_SAME = "both_same"
    BOTH_NOT_SAME = "both_not_same"
    ANSWERS_DIFFER = "answers_differ"
    OPEN_DELIBERATION = "open_deliberation"
    DECIDE_SEPARATE = "decide_separate"
    DECIDE_HANDOVER = "decide_handover"
    DECIDE_JOINT = "decide_joint"
    BOTH_REPORTED = "both_reported"
    ANNUL = "annul"
    DECIDE_PROTECTION = "decide_protection"


_S = MatchState
_V = MatchVerb
_DECIDED = (_S.SEPARATE, _S.HANDOVER, _S.JOINT)
_OPEN = (
    _S.NOTIFIED,
    _S.ACKNOWLEDGED,
    _S.UNRESOLVED,
    _S.CONFIRMED_SAME,
    _S.DELIBERATION,
    *_DECIDED,
    _S.IN_PROTECTION,
)

MATCH = Lifecycle(
    name="match",
    first=_S.NOTIFIED,
    moves=(
        Move(_S.NOTIFIED, _V.BOTH_ACKNOWLEDGED, _S.ACKNOWLEDGED),
        Move(_S.ACKNOWLEDGED, _V.BOTH_SAME, _S.CONFIRMED_SAME),
        Move(_S.ACKNOWLEDGED, _V.BOTH_NOT_SAME, _S.NOT_SAME),
        Move(_S.ACKNOWLEDGED, _V.ANSWERS_DIFFER, _S.UNRESOLVED),
        Move(_S.CONFIRMED_SAME, _V.OPEN_DELIBERATION, _S.DELIBERATION),
        Move(_S.DELIBERATION, _V.DECIDE_SEPARATE, _S.SEPARATE),
        Move(_S.DELIBERATION, _V.DECIDE_HANDOVER, _S.HANDOVER),
        Move(_S.DELIBERATION, _V.DECIDE_JOINT, _S.JOINT),
        *(Move(state, _V.BOTH_REPORTED, _S.CLOSED) for state in _DECIDED),
        Move(_S.IN_PROTECTION, _V.DECIDE_PROTECTION, _S.PROTECTION_DECIDED),
        *(Move(state, _V.ANNUL, _S.ANNULLED) for state in _OPEN),
    ),
)

# I4: these moves need a human of each side, named, with a reason; SYSTEM may never make them.
HUMAN_MOVES = frozenset(
    {
        _V.BOTH_SAME,
        _V.DECIDE_SEPARATE,
        _V.DECIDE_HANDOVER,
        _V.DECIDE_JOINT,
        _V.DECIDE_PROTECTION,
    }
)
OPEN_STATES = frozenset(_OPEN)
DECIDED_STATES = frozenset(_DECIDED)
# I1: the states in which the other side's verification set may be read, and not before.
SET_IS_OPEN = frozenset(
    {_S.ACKNOWLEDGED, _S.UNRESOLVED, _S.CONFIRMED_SAME, _S.DELIBERATION, *_DECIDED, _S.CLOSED}
)
# The states in which the case header of the other side may be read (C4 and after).
HEADER_IS_OPEN = frozenset({_S.CONFIRMED_SAME, _S.DELIBERATION, *_DECIDED, _S.CLOSED})

STATE_LABELS = {
    _S.NOTIFIED: "New: acknowledge",
    _S.ACKNOWLEDGED: "Compare and answer",
    _S.NOT_SAME: "Closed: not the same",
    _S.UNRESOLVED: "With the national points",
    _S.CONFIRMED_SAME: "Same: heads decide",
    _S.DELIBERATION: "Deciding together",
    _S.SEPARATE: "Decided: separately",
    _S.HANDOVER: "Decided: hand over",
    _S.JOINT: "Decided: together",
    _S.CLOSED: "Closed",
    _S.ANNULLED: "Annulled",
    _S.IN_PROTECTION: "Protection coordination needed",
    _S.PROTECTION_DECIDED: "Protection step decided",
}

# Clocks in calendar time (A.3): law for exchange inside the EU, borrowed here as defaults.
ACKNOWLEDGE_WITHIN = timedelta(days=3)
ACKNOWLEDGE_URGENT_WITHIN = timedelta(hours=8)
VERIFY_WITHIN = timedelta(hours=48)
DECIDE_WITHIN = timedelta(days=7)
JOINT_PLAN_WITHIN = timedelta(days=14)
OUTCOME_AFTER = timedelta(days=30)
