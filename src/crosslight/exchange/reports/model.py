"""What a report shows, and what every kind of report can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from crosslight.core.matching import MatchResult, Record


class Style(StrEnum):
    JSON_LINES = "jsonl"
    CSV = "csv"
    HTML = "html"


_STYLES = {".csv": Style.CSV, ".html": Style.HTML, ".htm": Style.HTML}


def style_of(path: Path) -> Style:
    """The style that the name ends in; JSON lines for any other."""
    return _STYLES.get(path.suffix.lower(), Style.JSON_LINES)


# A page that a browser opens at once; the other styles hold every pair.
MOST_SHOWN: Mapping[Style, int] = {Style.HTML: 1_000}


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair; `file` names where it is from if there are several."""

    record: Record
    file: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    """`number` counts the pairs of a result from 1."""

    number: int
    left: Side
    right: Side
    result: MatchResult


@dataclass(frozen=True, slots=True)
class Overview:
    """The run that a report is of; `shown` of the `matches` by band are in it."""

    files: tuple[str, ...]
    rows: int
    rejected: int
    compared: int
    matches: Mapping[str, int]
    shown: int
    threshold: str

    @property
    def total(self) -> int:
        return sum(self.matches.values())


class Report(Protocol):
    """A result file: its head, one text for each pair, its foot."""

    @property
    def encoding(self) -> str: ...

    def head(self, overview: Overview) -> str: ...

    def pair(self, pair: ExplainedPair) -> str: ...

    def foot(self) -> str: ...
