"""What looking at a stranger's file may cost."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionLimits:
    """Of one child, except `wall_seconds`, which is for a whole package.

    `restarts`: after an object on which the child came to its end, a new one goes on behind it, so
    that one hostile file does not hide what is in the others. `use_namespaces` is false only where
    a test shows that the child has no network without them, either.
    """

    memory_bytes: int = 512 * _MIB
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    restarts: int = 8
    answer_bytes: int = 8 * _MIB
    copy_bytes: int = 128 * _MIB
    pixels: int = 64_000_000
    scan_bytes: int = 512 * _MIB
    use_namespaces: bool = True


DEFAULT = InspectionLimits()
