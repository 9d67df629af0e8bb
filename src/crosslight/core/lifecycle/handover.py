"""A handover and its items: procedures C7b. Items are accepted or refused one by one."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class HandoverState(StrEnum):
    PREPARED = "prepared"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"


class HandoverVerb(StrEnum):
    OFFER = "offer"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"


class ItemState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ItemVerb(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"


HANDOVER = Lifecycle(
    name="handover",
    first=HandoverState.PREPARED,
    moves=(
        Move(HandoverState.PREPARED, HandoverVerb.OFFER, HandoverState.OFFERED),
        Move(HandoverState.PREPARED, HandoverVerb.WITHDRAW, HandoverState.WITHDRAWN),
        Move(HandoverState.OFFERED, HandoverVerb.WITHDRAW, HandoverState.WITHDRAWN),
        Move(HandoverState.OFFERED, HandoverVerb.COMPLETE, HandoverState.COMPLETED),
    ),
)
HANDOVER_ITEM = Lifecycle(
    name="handover item",
    first=ItemState.OFFERED,
    moves=(
        Move(ItemState.OFFERED, ItemVerb.ACCEPT, ItemState.ACCEPTED),
        Move(ItemState.OFFERED, ItemVerb.REFUSE, ItemState.REFUSED),
    ),
)
HANDOVER_LABELS = {
    HandoverState.PREPARED: "In preparation",
    HandoverState.OFFERED: "Offered",
    HandoverState.WITHDRAWN: "Withdrawn",
    HandoverState.COMPLETED: "Completed",
}
ITEM_LABELS = {
    ItemState.OFFERED: "Offered",
    ItemState.ACCEPTED: "Accepted",
    ItemState.REFUSED: "Refused",
}
ANSWER_WITHIN = timedelta(days=7)
