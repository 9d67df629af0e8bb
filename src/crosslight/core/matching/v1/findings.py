"""What a comparison finds, before it is put into words."""

from __future__ import annotations

from typing import NamedTuple

from crosslight.core.matching.model import Attribute
from crosslight.core.names import NameKind


class Finding(NamedTuple):
    """`holders` is the counted number of entities that hold the value, 0 where not counted.

    `agreeing_words` and `name_kind` are of names only.
    """

    attribute: Attribute
    level: str
    weight: float
    left: str
    right: str
    holders: int = 0
    agreeing_words: int = 0
    name_kind: NameKind | None = None


def heaviest(findings: list[Finding]) -> Finding:
    """The finding of greatest weight; a tie is settled alike from both sides."""
    if len(findings) == 1:
        return findings[0]
    return max(
        findings,
        key=lambda item: (item.weight, item.level, *sorted((item.left, item.right))),
    )
