"""An erasure or restriction: asked for with its ground, looked at, confirmed. Never undone."""

from __future__ import annotations

from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class ErasureState(StrEnum):
    REQUESTED = "requested"
    ERASED = "erased"
    RESTRICTED = "restricted"
    LIFTED = "lifted"
    DROPPED = "dropped"


class ErasureVerb(StrEnum):
    ERASE = "erase"
    RESTRICT = "restrict"
    LIFT = "lift"
    DROP = "drop"


_S = ErasureState
_V = ErasureVerb

ERASURE = Lifecycle(
    name="erasure",
    first=_S.REQUESTED,
    moves=(
        Move(_S.REQUESTED, _V.ERASE, _S.ERASED),
        Move(_S.REQUESTED, _V.RESTRICT, _S.RESTRICTED),
        Move(_S.REQUESTED, _V.DROP, _S.DROPPED),
        Move(_S.RESTRICTED, _V.LIFT, _S.LIFTED),
    ),
)
ERASURE_LABELS = {
    _S.REQUESTED: "Asked for",
    _S.ERASED: "Erased",
    _S.RESTRICTED: "Restricted",
    _S.LIFTED: "Restriction lifted",
    _S.DROPPED: "Not done",
}
