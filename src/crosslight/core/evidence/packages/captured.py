"""Web captures inside a package: the one place where a reader of WACZ and WARC is joined on.

A package seals what it was given, so a capture may be damaged and still be evidence. It must then
be described with its `defects`; a capture that is damaged and said to be whole is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from crosslight.core.evidence.packages.archive import Archive
from crosslight.core.evidence.packages.description import Description
from crosslight.core.evidence.packages.faults import PackageFault

SUFFIXES = (".wacz", ".warc", ".gz")

# Takes a capture that can seek, and its suffix; says what is wrong, or None where nothing is.
CaptureCheck = Callable[[BinaryIO, str], str | None]


def check_captures(files: Archive, description: Description, *, check: CaptureCheck) -> None:
    for item in description.items:
        suffix = item.path.rpartition(".")[2]
        if f".{suffix}" not in SUFFIXES or item.facts.get("defects"):
            continue
        with files.open(item.path) as capture:
            fault = check(capture, f".{suffix}")
        if fault is not None:
            raise PackageFault(f"{item.path} is no sound capture: {fault}")
