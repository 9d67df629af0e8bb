"""The job that a peer is given, and what it hands back."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow
from pyarrow import parquet

Row = dict[str, str | None]


class Job:
    def __init__(self) -> None:
        self.config: dict[str, Any] = json.loads(sys.argv[1])
        self.stages: dict[str, float] = {}

    def rows(self) -> list[list[Row]]:
        """The rows of each table; empty cells are None."""
        return [parquet.read_table(path).to_pylist() for path in self.config["tables"]]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.stages[name] = time.perf_counter() - started

    def hand_back(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        columns = list(zip(*pairs, strict=True)) or [[], [], []]
        kinds = (pyarrow.string(), pyarrow.string(), pyarrow.float64())
        arrays = [pyarrow.array(c, k) for c, k in zip(columns, kinds, strict=True)]
        table = pyarrow.Table.from_arrays(arrays, ["left", "right", "score"])
        parquet.write_table(table, self.config["out"])
        self.end()

    def end(self) -> None:
        """All that a peer without pairs hands back: how long each stage took."""
        print(json.dumps(self.stages))
