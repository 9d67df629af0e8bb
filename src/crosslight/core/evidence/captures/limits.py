"""How much a capture may ask of its reader."""

from __future__ import annotations

from dataclasses import dataclass

_KIB, _MIB, _GIB = 2**10, 2**20, 2**30


@dataclass(frozen=True, slots=True)
class CaptureLimits:
    """`ratio` holds once more than `ratio_from` bytes came out: small text packs very well."""

    entries: int = 10_000
    total_bytes: int = 20 * _GIB
    ratio: int = 100
    ratio_from: int = 16 * _MIB
    records: int = 2_000_000
    warc_header_bytes: int = 32 * _KIB
    http_header_bytes: int = 256 * _KIB
    index_line_bytes: int = _MIB
    json_bytes: int = 8 * _MIB

    def is_too_much(self, *, came_in: int, came_out: int) -> bool:
        return came_out > self.ratio_from and came_out > self.ratio * max(came_in, 1)


LIMITS = CaptureLimits()
