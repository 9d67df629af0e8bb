"""Splink on a file of synthetic persons, as a function that a process of its own can run."""

from __future__ import annotations

import time
from dataclasses import replace

from pyarrow import parquet

from benchmarks.engine import canonical_words
from benchmarks.found import Found
from benchmarks.splink_peer import run_splink
from benchmarks.splink_persons import PERSONS, raw_words, worded


def splink_on_persons(truth_path: str, names: str, least: float | None = None) -> Found:
    """`names` are "raw" or "canonical"; making them canonical is a stage of its own."""
    rows = parquet.read_table(truth_path).to_pylist()
    started = time.perf_counter()
    table = worded(rows, raw_words if names == "raw" else canonical_words)
    worded_in = time.perf_counter() - started
    del rows
    found = run_splink((table,), PERSONS, least=least)
    return replace(found, stages={"names": worded_in, **found.stages})
