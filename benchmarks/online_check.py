"""One new entity against all that are indexed: time, memory, and whether it finds its own."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from benchmarks import online_index, splink_online
from benchmarks.engine import Row
from benchmarks.measures import quantile
from benchmarks.online_index import Asked, Place
from benchmarks.people import people
from benchmarks.processes import run_apart
from benchmarks.report import Cell, Report, json_option, quick_option, rows_option, show, tell
from benchmarks.targets import (
    ONLINE_FIRST_TEN,
    ONLINE_MEDIAN,
    ONLINE_MEMORY,
    ONLINE_SLOWEST,
    Verdict,
    judge,
)

_ROWS, _QUICK_ROWS = 1_000_000, 5_000
_QUERIES, _QUICK_QUERIES = 2_000, 200
# A scan of everything takes so long that fewer queries must do.
_SCANS, _SPLINKS = 50, 10
_SEED = 1
_DSN = "CROSSLIGHT_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Trial:
    """Rows that are indexed, and others of the same persons that are asked for."""

    indexed: Sequence[Row]
    queries: Sequence[Row]
    persons: Mapping[str, str]

    @staticmethod
    def of(rows: Sequence[Row], *, wanted: int) -> Trial:
        """Of some persons who were registered more than once, one row each is held back."""
        by_person: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_person[str(row["truth_person"])].append(row)
        several = sorted(person for person, held in by_person.items() if len(held) > 1)
        rng = random.Random(_SEED)
        chosen = rng.sample(several, min(wanted, len(several)))
        queries = [rng.choice(by_person[person]) for person in chosen]
        held_back = {row["id"] for row in queries}
        return Trial(
            indexed=[row for row in rows if row["id"] not in held_back],
            queries=queries,
            persons={str(row["id"]): str(row["truth_person"]) for row in rows},
        )

    def in_first(self, found: Sequence[Sequence[str]], *, most: int) -> float:
        """Part of the queries that have a row of their own person among the first so many."""
        asked = zip(self.queries, found, strict=False)
        hits = [
            any(self.persons[other] == self.persons[str(row["id"])] for other in others[:most])
            for row, others in asked
        ]
        return sum(hits) / max(1, len(hits))


def reports(
    *, quick: bool = False, rows: int | None = None, dsn: str | None = None
) -> Iterator[Report]:
    size = rows or (_QUICK_ROWS if quick else _ROWS)
    trial = Trial.of(people(size).rows, wanted=_QUICK_QUERIES if quick else _QUERIES)
    url = dsn or os.environ.get(_DSN)
    ours, memory = _crosslight(trial, url=None)
    lines = [_line("crosslight on SQLite", trial, ours, memory=memory)]
    if url:
        lines.append(_postgres(trial, url=url))
    lines += [_scan(trial), _splink(trial)]
    yield Report(
        title=f"Online check: one new entity against {len(trial.indexed)}",
        rows=lines,
        notes=[
            "Ours prepares the record, fetches candidates by key and weighs them in a transaction.",
            "Memory is that of the process that checks; PostgreSQL's own is not in it.",
            *([] if url else [f"PostgreSQL was not asked: {_DSN} names none."]),
        ],
        verdicts=[] if quick or rows else _verdicts(trial, ours, memory=memory),
    )


def _verdicts(trial: Trial, ours: Asked, *, memory: float) -> list[Verdict]:
    return [
        judge(ONLINE_MEDIAN, quantile(ours.milliseconds, 0.5)),
        judge(ONLINE_SLOWEST, quantile(ours.milliseconds, 0.99)),
        judge(ONLINE_FIRST_TEN, trial.in_first(ours.found, most=10)),
        judge(ONLINE_MEMORY, memory),
    ]


def _crosslight(trial: Trial, *, url: str | None) -> tuple[Asked, float]:
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder, url)
        tell(f"Filling the index on {'PostgreSQL' if url else 'SQLite'} …")
        filled = run_apart(online_index.fill, place, trial.indexed)
        tell(f"{filled.result} keys in {filled.seconds:.0f} s. {len(trial.queries)} checks …")
        asked = run_apart(online_index.ask, place, trial.queries)
        return asked.result, asked.peak_mib


def _postgres(trial: Trial, *, url: str) -> dict[str, Cell]:
    asked, memory = _crosslight(trial, url=url)
    return _line("crosslight on PostgreSQL", trial, asked, memory=memory)


def _line(tool: str, trial: Trial, asked: Asked, *, memory: float | None = None) -> dict[str, Cell]:
    return {
        "tool": tool,
        "queries": len(asked.milliseconds),
        "p50, ms": quantile(asked.milliseconds, 0.5),
        "p99, ms": quantile(asked.milliseconds, 0.99),
        "own first": trial.in_first(asked.found, most=1),
        "own in ten": trial.in_first(asked.found, most=10),
        "memory, MiB": memory,
        "database, MiB": asked.database_bytes / 1024**2 if asked.database_bytes else None,
    }


def _scan(trial: Trial) -> dict[str, Cell]:
    """Every name compared with the new one, nothing but names."""
    tell("A scan with rapidfuzz …")
    names = [default_process(row["name"] or "") for row in trial.indexed]
    milliseconds, found = [], []
    for row in trial.queries[:_SCANS]:
        started = time.perf_counter()
        best = process.extract(
            default_process(row["name"] or ""), names, scorer=fuzz.token_sort_ratio, limit=10
        )
        milliseconds.append((time.perf_counter() - started) * 1e3)
        found.append([str(trial.indexed[place]["id"]) for _, _, place in best])
    return _line("rapidfuzz scan of names", trial, Asked(milliseconds, found, 0))


def _splink(trial: Trial) -> dict[str, Cell]:
    tell("Splink, trained on what is indexed, one record at a time …")
    asked = run_apart(splink_online.ask, trial.indexed, trial.queries[:_SPLINKS])
    return _line("Splink 5, raw names", trial, asked.result, memory=asked.peak_mib)


@click.command(epilog="Example: python -m benchmarks.online_check --rows 100000")
@rows_option
@click.option("--dsn", envvar=_DSN, help="PostgreSQL to fill and ask, too: an empty database.")
@quick_option
@json_option
def main(*, rows: int | None, dsn: str | None, quick: bool, as_json: bool) -> None:
    """Milliseconds for a check, own entity among the first ten, memory; ours beside its peers."""
    show(reports(quick=quick, rows=rows, dsn=dsn), as_json=as_json)


if __name__ == "__main__":
    main()
