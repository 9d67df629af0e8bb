"""Time and memory of a bulk run as rows grow tenfold."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from benchmarks.bulk_dedupe import least_weight
from benchmarks.linkage import match_command
from benchmarks.people import People, people
from benchmarks.processes import Run, run_apart, run_command
from benchmarks.report import Cell, Report, json_option, quick_option, show, tell
from benchmarks.splink_run import splink_on_persons

_SIZES, _QUICK_SIZES = (10_000, 100_000, 1_000_000), (1_000, 10_000)


def reports(*, quick: bool = False) -> Iterator[Report]:
    sizes = _QUICK_SIZES if quick else _SIZES
    lines = [line for size in sizes for line in (_ours(people(size)), _splinks(people(size)))]
    lines.sort(key=lambda line: str(line["tool"]))
    yield Report(
        title="Time and memory as rows grow",
        rows=lines,
        notes=(
            "Ours writes pairs of weight 12 or more at 10 000 rows, of 3.3 more at ten times as "
            "many, with their sentences.",
            "Memory is the greatest sum over all processes, pages that they share counted once.",
        ),
    )


def _ours(persons: People) -> dict[str, Cell]:
    tell(f"crosslight match on {len(persons.truth)} rows …")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "matches.jsonl")
        said = Path(folder, "said.json")
        command = [*match_command(), str(persons.path), "--out", str(out), "--json"]
        run = run_command([*command, "--threshold", least_weight(len(persons.truth))], stdout=said)
        pairs = json.loads(said.read_text(encoding="utf-8"))["compared"]
    return _line("crosslight match", persons, pairs=pairs, run=run)


def _splinks(persons: People) -> dict[str, Cell]:
    tell(f"Splink on {len(persons.truth)} rows …")
    run = run_apart(splink_on_persons, str(persons.truth_path), "raw")
    run = replace(run, seconds=run.result.seconds)
    return _line("Splink 5, raw names", persons, pairs=len(run.result), run=run)


def _line(tool: str, persons: People, *, pairs: int, run: Run[Any]) -> dict[str, Cell]:
    rows = len(persons.truth)
    return {
        "tool": tool,
        "rows": rows,
        "pairs compared": pairs,
        "pairs per row": pairs / rows,
        "seconds": run.seconds,
        "µs per row": run.seconds / rows * 1e6,
        "µs per pair": run.seconds / max(1, pairs) * 1e6,
        "MiB": run.peak_mib,
    }


@click.command(epilog="Example: python -m benchmarks.memory_and_growth --quick")
@quick_option
@json_option
def main(*, quick: bool, as_json: bool) -> None:
    """Seconds, megabytes and cost per pair at 10⁴, 10⁵ and 10⁶ rows."""
    show(reports(quick=quick), as_json=as_json)


if __name__ == "__main__":
    main()
