"""Splink 5 asked for one new record at a time, as its guide to incremental linkage does it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from benchmarks.engine import Row
from benchmarks.online_index import Asked
from benchmarks.splink_peer import trained_with
from benchmarks.splink_persons import PERSONS, raw_words, worded

_WITH_FREQUENCIES = ("whole", "nationality", "phone")


def ask(indexed: Sequence[Row], queries: Sequence[Row], *, limit: int = 10) -> Asked:
    linker, frames, api = trained_with((worded(indexed, raw_words),), PERSONS)
    for column in _WITH_FREQUENCIES:
        linker.table_management.compute_tf_table(column)
    milliseconds, found = [], []
    for row in queries:
        started = time.perf_counter()
        new = api.register(worded([row], raw_words))
        pairs = linker.inference.predict_between(new, frames[0]).as_pyarrow_table()
        milliseconds.append((time.perf_counter() - started) * 1e3)
        found.append(_best(pairs.to_pylist(), row, limit=limit))
    return Asked(milliseconds, found, 0)


def _best(pairs: Sequence[dict[str, Any]], row: Row, *, limit: int) -> list[str]:
    ordered = sorted(pairs, key=lambda pair: -pair["match_probability"])[:limit]
    return [pair["id_r"] if pair["id_l"] == row["id"] else pair["id_l"] for pair in ordered]
