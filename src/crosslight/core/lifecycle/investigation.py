"""Registration of an investigation: procedures A.2. Only REGISTERED ones are matched."""

from __future__ import annotations

from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class InvestigationState(StrEnum):
    DRAFT = "draft"
    REGISTERED = "registered"
    CLOSED = "closed"


class InvestigationVerb(StrEnum):
    APPROVE = "approve"
    CLOSE = "close"


_S = InvestigationState
_V = InvestigationVerb

INVESTIGATION = Lifecycle(
    name="investigation",
    first=_S.DRAFT,
    moves=(
        Move(_S.DRAFT, _V.APPROVE, _S.REGISTERED),
        Move(_S.DRAFT, _V.CLOSE, _S.CLOSED),
        Move(_S.REGISTERED, _V.CLOSE, _S.CLOSED),
    ),
)
STATE_LABELS = {
    _S.DRAFT: "Draft",
    _S.REGISTERED: "Registered",
    _S.CLOSED: "Closed",
}
