"""Life of an import in bulk: its rows are sealed while it lives, and gone when it ends."""

from __future__ import annotations

from enum import StrEnum

from crosslight.core.lifecycle.table import Lifecycle, Move


class ImportState(StrEnum):
    UPLOADED = "uploaded"  # read into rows; which column holds what is to be said
    CHECKING = "checking"  # the rows are looked at, batch by batch
    CHECKED = "checked"  # preview: ready rows and bad ones
    SENDING = "sending"  # accepted; ready rows become contributions, batch by batch
    SENT = "sent"  # bad rows wait to be downloaded
    ENDED = "ended"  # rows and their key are gone; counts and codes stay
    CANCELLED = "cancelled"  # the same, and nothing was sent


class ImportVerb(StrEnum):
    CHECK = "check"
    COUNT = "count"
    ACCEPT = "accept"
    COMPLETE = "complete"
    END = "end"
    CANCEL = "cancel"


_S = ImportState
_V = ImportVerb

IMPORT = Lifecycle(
    name="import",
    first=_S.UPLOADED,
    moves=(
        Move(_S.UPLOADED, _V.CHECK, _S.CHECKING),
        Move(_S.CHECKING, _V.CHECK, _S.CHECKING),
        Move(_S.CHECKED, _V.CHECK, _S.CHECKING),
        Move(_S.CHECKING, _V.COUNT, _S.CHECKED),
        Move(_S.CHECKED, _V.ACCEPT, _S.SENDING),
        Move(_S.SENDING, _V.COMPLETE, _S.SENT),
        # Accepted rows that were not sent yet are not sent any more.
        Move(_S.SENDING, _V.END, _S.ENDED),
        Move(_S.SENT, _V.END, _S.ENDED),
        Move(_S.UPLOADED, _V.CANCEL, _S.CANCELLED),
        Move(_S.CHECKING, _V.CANCEL, _S.CANCELLED),
        Move(_S.CHECKED, _V.CANCEL, _S.CANCELLED),
    ),
)

IN_WORK = frozenset({_S.CHECKING, _S.SENDING})
OVER = frozenset({_S.ENDED, _S.CANCELLED})
ACCEPTED = frozenset({_S.SENDING, _S.SENT, _S.ENDED})

IMPORT_LABELS = {
    _S.UPLOADED: "Columns to be matched",
    _S.CHECKING: "Being checked",
    _S.CHECKED: "Waits for you",
    _S.SENDING: "Being sent",
    _S.SENT: "Sent; bad rows wait for you",
    _S.ENDED: "Done",
    _S.CANCELLED: "Not sent",
}
