"""The generated persons as a parquet or CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pyarrow
from pyarrow import parquet

from benchmarks.synthetic.population import (
    MATCHED_COLUMNS,
    TRUTH_COLUMNS,
    Plan,
    Row,
    rows_of_block,
)

_COLUMNS = (*MATCHED_COLUMNS, *TRUTH_COLUMNS)
_SCHEMA = pyarrow.schema([(column, pyarrow.string()) for column in _COLUMNS])


def write_persons(plan: Plan, out: Path, *, processes: int = 1) -> None:
    """Write the plan's rows; memory holds a few blocks, whatever the number of rows."""
    blocks = _blocks(plan, processes=processes)
    if out.suffix == ".csv":
        _write_csv(blocks, out)
    else:
        _write_parquet(blocks, out)


def _blocks(plan: Plan, *, processes: int) -> Iterator[list[Row]]:
    if processes == 1 or plan.blocks == 1:
        yield from (rows_of_block(plan, block) for block in range(plan.blocks))
        return
    make = partial(rows_of_block, plan)
    with ProcessPoolExecutor(processes) as pool:
        for first in range(0, plan.blocks, processes):
            yield from pool.map(make, range(first, min(first + processes, plan.blocks)))


def _write_parquet(blocks: Iterable[list[Row]], out: Path) -> None:
    with parquet.ParquetWriter(out, _SCHEMA, compression="zstd") as writer:
        for rows in blocks:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=_SCHEMA))


def _write_csv(blocks: Iterable[list[Row]], out: Path) -> None:
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _COLUMNS)
        writer.writeheader()
        for rows in blocks:
            writer.writerows(rows)
