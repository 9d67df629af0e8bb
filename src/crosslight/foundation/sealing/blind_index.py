"""Finding an exact identifier without storing it: a keyed hash, of use to who has the key alone.

Only for exact identifiers in their comparable form (phone, handle, document); names have none. A
phone number is short enough to be guessed by whoever holds the key, and by nobody else.
"""

from __future__ import annotations

import hashlib
import hmac

from crosslight.foundation.sealing.keys import open_for
from crosslight.foundation.sealing.purposes import Purpose

BYTES = 16
_SUBJECT = "blind-index"


def index_of(kind: str, value: str, *, purpose: Purpose) -> bytes:
    """16 bytes of HMAC-SHA-256 under the purpose's own index key. `value` is normalised."""
    key = open_for(_SUBJECT, purpose=purpose)
    return hmac.digest(key.key, f"{kind}\x00{value}".encode(), hashlib.sha256)[:BYTES]
