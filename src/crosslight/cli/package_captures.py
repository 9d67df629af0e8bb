"""From what an inspection saw in a package to the check that verification asks of each capture."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from crosslight.core.evidence.packages.captured import CaptureCheck

_DAMAGED = "damaged"


class Seen(Protocol):
    """One object of a package; `flags` are codes."""

    @property
    def path(self) -> str: ...
    @property
    def flags(self) -> Collection[str]: ...


def check_from(objects: Iterable[Seen]) -> CaptureCheck:
    """A capture that nobody got to see is no sound one, either."""
    flags = {seen.path: frozenset(map(str, seen.flags)) for seen in objects}

    def check(path: str) -> str | None:
        if path not in flags:
            return "it could not be looked into."
        if _DAMAGED in flags[path]:
            return "it is damaged, or was made to mislead. crosslight package inspect says more."
        return None

    return check
