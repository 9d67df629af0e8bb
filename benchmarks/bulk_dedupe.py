"""A million synthetic persons within themselves: ours beside Splink's train and predict."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log2
from pathlib import Path

import click

from benchmarks.found import Found
from benchmarks.linkage import match_command, read_matches
from benchmarks.measures import Curve, best_f1, recall_at
from benchmarks.people import People, people
from benchmarks.processes import Run, run_apart, run_command
from benchmarks.report import Cell, Report, json_option, quick_option, rows_option, show, tell
from benchmarks.splink_run import splink_on_persons
from benchmarks.targets import BULK_RECALL, BULK_TIME, Verdict, judge

_ROWS, _QUICK_ROWS = 1_000_000, 10_000
# What is not worth a look is left out on both sides: neither writes pairs far under its best F1.
# With ten times the rows, a pair must tell so many bits more to be as likely one person.
_LEAST_WEIGHT = 12.0
_AT_ROWS = 10_000
_LEAST_PROBABILITY = 0.01
_CANONICAL_ROWS = 100_000
_STAGES = {
    "read": "Reading rows",
    "find": "Indexing keys",
    "weigh": "Comparing",
    "word": "Explaining",
}
_SPLINKS = ("names", "train", "predict")
_OURS = ("read", "find", "weigh")
_SHOWN = (*_SPLINKS, *_STAGES)


def least_weight(rows: int) -> str:
    return f"{_LEAST_WEIGHT + log2(rows / _AT_ROWS):.1f}"


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    persons = people(rows or (_QUICK_ROWS if quick else _ROWS))
    tell(f"crosslight match on {len(persons.truth)} rows …")
    ours = _crosslight(persons)
    lines = [_line("crosslight match", ours, persons)]
    peers: list[Run[Found]] = []
    for names in ("raw", "canonical") if len(persons.truth) <= _CANONICAL_ROWS else ("raw",):
        tell(f"Splink on {names} names …")
        peers.append(
            run_apart(splink_on_persons, str(persons.truth_path), names, _LEAST_PROBABILITY)
        )
        lines.append(_line(f"Splink 5, {names} names", peers[-1], persons))
    beside = ours.result.seconds / peers[0].result.seconds
    alike = _to_weighed_pairs(ours.result, _OURS) / _to_weighed_pairs(peers[0].result, _SPLINKS)
    recall = recall_at(_curve(ours, persons), precision=0.99)
    is_judged = not (quick or rows)
    yield Report(
        title=f"Bulk: {len(persons.truth)} synthetic persons, {persons.positives} true pairs",
        rows=lines,
        notes=(
            "Ours is the whole command: starting, reading, finding, weighing, wording and writing.",
            "Splink's is training and prediction of rows that lie in memory, names ready.",
            f"Ours writes pairs of weight {least_weight(len(persons.truth))} or more, with their "
            f"sentences; Splink gives those of probability {_LEAST_PROBABILITY} or more.",
            f"Splink on canonical names is run up to {_CANONICAL_ROWS} rows; past that it takes "
            "more memory than machines of this size have.",
            f"Time beside Splink on raw names: {beside:.2f}× for the whole command; {alike:.2f}× "
            "from rows to weighed pairs, ours with reading and Splink's with making its words.",
        ),
        verdicts=_verdicts(whole=beside, alike=alike, recall=recall) if is_judged else [],
    )


def _to_weighed_pairs(found: Found, stages: Sequence[str]) -> float:
    return sum(found.stages[name] for name in stages)


def _verdicts(*, whole: float, alike: float, recall: float) -> list[Verdict]:
    """Of the time for the same work, and of the command as a person runs it."""
    same_work = replace(BULK_TIME, measure=f"{BULK_TIME.measure}, from rows to weighed pairs")
    return [
        judge(same_work, alike),
        judge(replace(BULK_TIME, measure=f"{BULK_TIME.measure}, the whole command"), whole),
        judge(BULK_RECALL, recall),
    ]


def _crosslight(persons: People) -> Run[Found]:
    with tempfile.TemporaryDirectory() as folder:
        out, said = Path(folder, "matches.jsonl"), Path(folder, "said.json")
        command = [*match_command(), str(persons.path), "--out", str(out), "--json"]
        run = run_command([*command, "--threshold", least_weight(len(persons.truth))], stdout=said)
        lasted = json.loads(said.read_text(encoding="utf-8"))["stages"]
        stages = {name: lasted[label] for name, label in _STAGES.items()}
        found = replace(read_matches(out, seconds=run.seconds), stages=stages)
        return Run(found, run.seconds, run.peak_bytes)


def _curve(run: Run[Found], persons: People) -> Curve:
    return run.result.curve(persons.truth, positives=persons.positives)


def _line(tool: str, run: Run[Found], persons: People) -> dict[str, Cell]:
    found, points = run.result, _curve(run, persons)
    return {
        "tool": tool,
        "seconds": found.seconds,
        **{name: found.stages.get(name) for name in _SHOWN},
        "MiB": run.peak_mib,
        "pairs": len(found),
        "best F1": best_f1(points).f1,
        "recall at p .99": recall_at(points, precision=0.99),
        "recall at p .95": recall_at(points, precision=0.95),
        "recall of all given": points.point(-1).recall if len(points) else 0.0,
    }


@click.command(epilog="Example: python -m benchmarks.bulk_dedupe --rows 100000")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Time, memory and quality of a bulk run, beside Splink on raw and on canonical names."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
