"""The synthetic persons as files, made once and kept, with the truth beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow
from pyarrow import parquet

from benchmarks import synthetic
from benchmarks.measures import true_pairs
from benchmarks.report import tell
from benchmarks.synthetic import MATCHED_COLUMNS, Plan, write_persons

CACHE = Path(__file__).resolve().parents[1] / ".cache" / "benchmarks"
_PROCESSES = 2


@dataclass(frozen=True)
class People:
    """`path` holds what a matcher is given, `truth_path` the same rows with the truth."""

    path: Path
    truth_path: Path

    @cached_property
    def table(self) -> pyarrow.Table:
        """With the truth: for those who judge, and for the oracle."""
        return parquet.read_table(self.truth_path)

    @cached_property
    def truth(self) -> dict[str, str]:
        ids, persons = (self.table[name].to_pylist() for name in ("id", "truth_person"))
        return dict(zip(ids, persons, strict=True))

    @cached_property
    def positives(self) -> int:
        return true_pairs(self.truth.values())

    @cached_property
    def rows(self) -> Sequence[dict[str, str | None]]:
        return self.table.to_pylist()


def people(rows: int, *, seed: int = 1) -> People:
    """Made anew when the generator's code changed."""
    CACHE.mkdir(parents=True, exist_ok=True)
    stem = f"people-{rows}-{seed}-{_release()}"
    found = People(CACHE / f"{stem}.parquet", CACHE / f"{stem}-truth.parquet")
    if not found.path.is_file():
        tell(f"Making {rows} synthetic persons, seed {seed} …")
        write_persons(Plan(rows=rows, seed=seed), found.truth_path, processes=_PROCESSES)
        table = parquet.read_table(found.truth_path, columns=list(MATCHED_COLUMNS))
        parquet.write_table(table, found.path, compression="zstd")
    return found


def _release() -> str:
    sources = sorted(Path(synthetic.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
