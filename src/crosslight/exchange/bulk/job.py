"""What a bulk run is asked to do, what it tells, and what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crosslight.core.matching import BANDS, Band, Figures, Weighed, figures
from crosslight.exchange.reports import Style
from crosslight.exchange.tables.columns import Target

DEFAULT_MEMORY = "1GiB"
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([MGT])i?B?", re.IGNORECASE)
_MEBIBYTES = {"M": 1, "G": 1024, "T": 1024**2}


def mebibytes(size: str) -> int:
    """Of a size such as `2GiB`, `512M` or `1.5 GB`. Raises ValueError for anything else."""
    found = _SIZE.fullmatch(size.strip())
    if not found:
        raise ValueError(f"{size!r} is not a size")
    return round(float(found[1]) * _MEBIBYTES[found[2].upper()])


class Engine(StrEnum):
    """What finds and weighs the pairs; the pairs and their weights are the same."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least band, or the least weight in bits, that is worth writing."""

    band: Band = Band.WEAK
    weight: float | None = None

    @staticmethod
    def parse(wanted: str) -> Threshold:
        """A band's name or a number. Raises ValueError for anything else."""
        if wanted in BANDS:
            return Threshold(Band(wanted))
        return Threshold(weight=float(wanted))

    def wanted(self, weighed: Weighed) -> NDArray[np.bool_]:
        if self.weight is None:
            return np.asarray(weighed.bands >= BANDS.index(self.band))
        return np.asarray(weighed.weights >= self.weight)

    def __str__(self) -> str:
        return self.band.value if self.weight is None else f"{self.weight:g}"


@dataclass(frozen=True, slots=True)
class Source:
    """Files and how to read them: `overrides` change the guessed columns, None leaves one out."""

    paths: tuple[Path, ...]
    id_column: str = "id"
    overrides: Mapping[str, Target | None] = field(default_factory=dict)
    schema: str = "Person"
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What a run may use; none of it changes the result.

    `memory`, in MiB, bounds what DuckDB holds before it spills to disk; `master` is Spark's.
    """

    engine: Engine = Engine.DUCKDB
    processes: int = 1
    memory: int = mebibytes(DEFAULT_MEMORY)
    master: str = ""


@dataclass(frozen=True, slots=True)
class MatchJob:
    """`is_resumed`: go on with the work that an interrupted run of the same job left.

    `model` holds the figures that weigh, those of the release or of a model file.
    """

    source: Source
    out: Path
    threshold: Threshold = field(default_factory=Threshold)
    style: Style = Style.JSON_LINES
    language: str = "en"
    means: Means = field(default_factory=Means)
    model: Figures = field(default_factory=figures)
    is_resumed: bool = False


@dataclass(frozen=True, slots=True)
class MatchSummary:
    """`matches` counts the pairs by band; of them `written` are in the result.

    `common_keys` fetched no candidates, as too many rows hold them.
    """

    rows: int
    rejected: int
    compared: int
    matches: Mapping[str, int]
    written: int
    common_keys: int


class Watcher(Protocol):
    """Who is told how far the work is."""

    def note(self, sentence: str) -> None: ...

    def stage(
        self, label: str, *, length: int | None
    ) -> AbstractContextManager[Callable[[int], None]]: ...
