"""Points in time as packages write them: UTC, whole seconds, one spelling."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from crosslight.core.evidence.packages.faults import PackageFault, shown

_SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(text: object) -> datetime:
    if isinstance(text, str) and _SHAPE.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise PackageFault(f"{shown(text)} is not a time such as 2026-11-21T17:21:52Z.")
