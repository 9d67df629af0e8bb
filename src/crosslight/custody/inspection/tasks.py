"""What the child is asked, and the lines in which it answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crosslight.custody.inspection.limits import DEFAULT, InspectionLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Look at a file, at several, at the objects of a package from `number` on, or copy that one.

    `suffix` is that of a lone file's name; the child is not told the name itself. `files` are
    several lone ones, each by its descriptor and suffix.
    """

    in_package: bool
    number: int = 1
    suffix: str = ""
    is_copy: bool = False
    files: tuple[tuple[int, str], ...] = ()
    limits: InspectionLimits = field(default=DEFAULT)

    def as_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Task:
        value = json.loads(text)
        files = tuple((descriptor, suffix) for descriptor, suffix in value["files"])
        limits = InspectionLimits(**value["limits"])
        return cls(**{**value, "files": files, "limits": limits})


def say(value: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()
