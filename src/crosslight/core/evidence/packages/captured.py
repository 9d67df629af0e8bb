"""Web captures inside a package: the one place where a reader of WACZ and WARC is joined on.

A package seals what it was given, so a capture may be damaged and still be evidence. It must then
be described with its `defects`; a capture that is damaged and said to be whole is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from crosslight.core.evidence.packages.description import Description
from crosslight.core.evidence.packages.faults import PackageFault

SUFFIXES = (".wacz", ".warc", ".gz")

# Takes the path of a capture inside the package; says what is wrong, or None where nothing is.
CaptureCheck = Callable[[str], str | None]


def check_captures(description: Description, *, check: CaptureCheck) -> None:
    for item in description.items:
        if not item.path.endswith(SUFFIXES) or item.facts.get("defects"):
            continue
        fault = check(item.path)
        if fault is not None:
            raise PackageFault(f"{item.path} is no sound capture: {fault}")
