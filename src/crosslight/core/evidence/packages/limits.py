"""How large a package and its parts may be; all of it is checked before anything large is read."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    entries: int = 5_000
    total_bytes: int = 20 * 2**30
    name_bytes: int = 240
    segment_bytes: int = 128
    manifest_bytes: int = 4 * _MIB
    json_bytes: int = 8 * _MIB
    json_depth: int = 16
    json_values: int = 250_000
    statement_bytes: int = 64 * 2**10


LIMITS = Limits()
