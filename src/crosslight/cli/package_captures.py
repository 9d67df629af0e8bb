"""From what an inspection saw in a package to the check that verification asks of each capture."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crosslight.core.evidence.packages.captured import CaptureCheck
from crosslight.custody.inspection import Flag, ObjectInspection, inspect_package

NO_SOUND_CAPTURE = frozenset({Flag.DAMAGED, Flag.MISMATCHED_TYPE})


def captures_of(package: Path) -> CaptureCheck:
    """Looks into the package when the first capture of it is asked for."""
    checks: list[CaptureCheck] = []

    def check(path: str) -> str | None:
        if not checks:
            checks.append(check_from(inspect_package(package).objects))
        return checks[0](path)

    return check


def check_from(objects: Iterable[ObjectInspection]) -> CaptureCheck:
    """A capture that nobody got to see is no sound one, either."""
    flags = {seen.path: seen.flags for seen in objects}

    def check(path: str) -> str | None:
        if path not in flags:
            return "it could not be looked into."
        if flags[path] & NO_SOUND_CAPTURE:
            return "it is damaged, or was made to mislead. crosslight package inspect says more."
        return None

    return check
