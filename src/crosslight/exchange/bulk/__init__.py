"""Bulk matching of files: read, find candidates, weigh, explain; resumable at each stage."""

from __future__ import annotations

from crosslight.exchange.bulk.estimating import estimate_files
from crosslight.exchange.bulk.folder import work_path
from crosslight.exchange.bulk.job import (
    DEFAULT_MEMORY,
    Engine,
    MatchJob,
    MatchSummary,
    Means,
    Source,
    Threshold,
    Watcher,
    mebibytes,
)
from crosslight.exchange.bulk.pair import explain_rows
from crosslight.exchange.bulk.run import match_files

__all__ = [
    "DEFAULT_MEMORY",
    "Engine",
    "MatchJob",
    "MatchSummary",
    "Means",
    "Source",
    "Threshold",
    "Watcher",
    "estimate_files",
    "explain_rows",
    "match_files",
    "mebibytes",
    "work_path",
]
