"""Time stamps on checkpoints: when, at the latest, the ledger had this state.

Whoever steals the ledger's key can sign another past, but not have it stamped in the past.
"""

from __future__ import annotations

from datetime import datetime

from crosslight.core.evidence.checkpoint import Checkpoint
from crosslight.core.evidence.timestamps import Authority, Stamp, StampFault, verify_stamp


def stamped_message(checkpoint: Checkpoint) -> bytes:
    """What a stamp is about: the checkpoint's text. Signatures may be added to it later."""
    return checkpoint.to_text().encode()


def verify_checkpoint_stamp(response: bytes, *, checkpoint: Checkpoint, trust: Authority) -> Stamp:
    """The stamp, once it is sure that it holds and is of this checkpoint; else StampFault."""
    stamp = verify_stamp(response, data=stamped_message(checkpoint), authority=trust)
    if not stamp.signer:
        raise StampFault("The certificate of the authority is missing.")
    return stamp


def is_after(at: datetime, entry_time: str) -> bool:
    """Not stamped before the last entry was made. Authorities may leave out fractions."""
    last = datetime.fromisoformat(entry_time).replace(microsecond=0)
    return at >= last
