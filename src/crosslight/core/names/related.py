"""Names that one person may bear side by side: short forms, nicknames, forms of one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crosslight.core.names.packaged import load, names_of, subject
from crosslight.core.names.spellings import word_of


@dataclass(frozen=True, slots=True)
class Relative:
    """`note` says to a user how the names are related, `source` is the region of its file."""

    source: str
    note: str
    words: tuple[str, ...]


def read_relatives() -> tuple[Relative, ...]:
    """All relations of all files in order; ValueError names the file and the one that is wrong."""
    return tuple(
        _relative(row, source=name)
        for name in names_of("related")
        for row in load(name)["relations"]
    )


def _relative(row: Mapping[str, Any], *, source: str) -> Relative:
    try:
        return Relative(subject(source), row["note"], words=tuple(map(word_of, row["names"])))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"relation {row} of {source}: {error!r}") from error
