from __future__ import annotations

from typing import NamedTuple


class Wrapped(NamedTuple):
    """A data key as it is stored, with the name of the key that it is wrapped under."""

    kek: str
    data: bytes
