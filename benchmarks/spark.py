"""The bulk run on Apache Spark, local and on a cluster of two workers, beside that on DuckDB."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.linkage import match_command, read_matches
from benchmarks.outside import ROOT
from benchmarks.people import people
from benchmarks.processes import run_command
from benchmarks.report import Cell, Report, json_option, quick_option, ratio, show, tell
from benchmarks.targets import SAME_PAIRS, judge

_SIZES, _QUICK_SIZES = (10_000, 100_000), (300, 3_000)
_CLUSTER = ROOT / "scripts" / "spark-cluster"
_MASTER = "spark://127.0.0.1:7077"
_DUCKDB, _LOCAL, _STANDALONE = "DuckDB", "Spark local[2]", "Spark, two workers"
Pair = tuple[str, str, float, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """What one carrier made of one file; `pairs` are those that it wrote, with weight and band."""

    carrier: str
    rows: int
    compared: int
    pairs: frozenset[Pair]
    seconds: float
    mib: float

    @property
    def microseconds(self) -> float:
        """For a pair compared, with everything that the run does besides."""
        return self.seconds / max(1, self.compared) * 1e6


def reports(*, quick: bool = False) -> Iterator[Report]:
    sizes = _QUICK_SIZES if quick else _SIZES
    runs: list[Carried] = []
    failed: list[str] = []
    for carrier in _carriers():
        try:
            runs += _all_sizes(carrier, sizes=sizes)
        except subprocess.CalledProcessError as error:
            tell(f"{carrier[0]}: {error}")
            failed.append(carrier[0])
    exact = {run.rows: run.pairs for run in runs if run.carrier == _DUCKDB}
    others = [run for run in runs if run.carrier != _DUCKDB]
    apart = sum(len(run.pairs ^ exact[run.rows]) for run in others)
    yield Report(
        title="One model, three carriers: Spark beside DuckDB, the whole command each time",
        rows=[_line(run, exact=exact[run.rows]) for run in runs],
        notes=[
            *_growth(runs, sizes=sizes),
            "Spark's time holds the start of Java, its memory all but the cluster's own workers.",
            *(f"{name} could not be run." for name in failed),
            *([] if others else ["Spark was not run: it needs Java and pyspark."]),
        ],
        verdicts=[judge(SAME_PAIRS, apart)] if others else [],
    )


def _carriers() -> Iterator[tuple[str, Sequence[str]]]:
    """Each carrier with its options, the cluster started only while its runs are made."""
    yield _DUCKDB, ()
    if not shutil.which("java"):
        return
    yield _LOCAL, ("--engine", "spark", "--master", "local[2]")
    if _CLUSTER.is_file():
        with _cluster() as master:
            yield _STANDALONE, ("--engine", "spark", "--master", master)


@contextlib.contextmanager
def _cluster() -> Iterator[str]:
    """A standalone master with two workers on this machine."""
    tell("Starting a Spark master and two workers …")
    started = subprocess.run(
        [str(_CLUSTER), "start"], check=True, stdout=subprocess.PIPE, text=True
    )
    masters = [word for word in started.stdout.split() if word.startswith("spark://")]
    try:
        yield masters[-1] if masters else _MASTER
    finally:
        subprocess.run([str(_CLUSTER), "stop"], check=True, stdout=subprocess.DEVNULL)


def _all_sizes(carrier: tuple[str, Sequence[str]], *, sizes: Sequence[int]) -> list[Carried]:
    """Of one carrier the runs of every size, or none."""
    name, options = carrier
    return [_carried(name, options, rows=rows) for rows in sizes]


def _carried(name: str, options: Sequence[str], *, rows: int) -> Carried:
    tell(f"{name}, {rows} rows …")
    with tempfile.TemporaryDirectory() as folder:
        out, said = Path(folder, "matches.jsonl"), Path(folder, "said.json")
        command = [*match_command(), str(people(rows).path), "--out", str(out), "--json"]
        run = run_command([*command, *options], stdout=said)
        found = read_matches(out, seconds=run.seconds)
        compared = json.loads(said.read_text(encoding="utf-8"))["compared"]
    columns = (
        found.left.to_pylist(),
        found.right.to_pylist(),
        found.scores.tolist(),
        found.bands,
    )
    pairs = frozenset(zip(*columns, strict=True))
    return Carried(name, rows, compared, pairs, run.seconds, run.peak_mib)


def _line(run: Carried, *, exact: frozenset[Pair]) -> dict[str, Cell]:
    return {
        "carrier": run.carrier,
        "rows": run.rows,
        "pairs compared": run.compared,
        "pairs written": len(run.pairs),
        "unlike DuckDB's": len(run.pairs ^ exact),
        "seconds": run.seconds,
        "µs per pair": run.microseconds,
        "MiB": run.mib,
    }


def _growth(runs: Sequence[Carried], *, sizes: Sequence[int]) -> Iterator[str]:
    for name in dict.fromkeys(run.carrier for run in runs):
        first, last = (
            next(run for run in runs if run.carrier == name and run.rows == rows)
            for rows in (sizes[0], sizes[-1])
        )
        beside = ratio(last.microseconds, first.microseconds)
        tenfold = sizes[-1] // sizes[0]
        yield f"{name}: time per pair at {tenfold} times the rows {beside}; 1 is flat."


@click.command(epilog="Example: python -m benchmarks.spark --quick")
@quick_option
@json_option
def main(*, quick: bool, as_json: bool) -> None:
    """Same pairs, weights and bands on Spark as on DuckDB, with time and memory."""
    show(reports(quick=quick), as_json=as_json)


if __name__ == "__main__":
    main()
