"""100 000 synthetic persons: ours beside Splink with raw, folded, canonical and true names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from benchmarks.engine import canonical_words, folded_words, unlisted_share
from benchmarks.linkage import (
    Judged,
    LinkageTask,
    judged,
    notes_of,
    rows_of,
    run_crosslight,
    run_named,
)
from benchmarks.measures import recall_at
from benchmarks.outside import Job, run_outside
from benchmarks.people import People, people
from benchmarks.report import Report, json_option, quick_option, rows_option, show, tell
from benchmarks.splink_peer import run_splink
from benchmarks.splink_persons import PERSONS, Wording, raw_words, true_words, worded
from benchmarks.synthetic import MATCHED_COLUMNS
from benchmarks.targets import SYNTHETIC_RECALL, judge

_ROWS, _QUICK_ROWS = 100_000, 5_000
# What a peer that can't do the whole in reason is given; ours is run on the same.
_SAMPLE, _QUICK_SAMPLE = 10_000, 1_000
_WORDINGS: dict[str, Wording] = {
    "raw": raw_words,
    "folded": folded_words,
    "canonical": canonical_words,
    "true": true_words,
}
_PROPERTIES = {
    "name": "name",
    "birth_date": "birthDate",
    "sex": "gender",
    "nationality": "nationality",
    "birth_place": "birthPlace",
    "phone": "phone",
    "document": "idNumber",
}
_OUTSIDE: dict[str, tuple[str, Job]] = {
    "recordlinkage": (
        "recordlinkage_pairs",
        {
            "blocks": [["birth_date"], ["phone"], ["document"], ["name"]],
            "compare": {
                "name": "jarowinkler",
                "birth_date": "exact",
                "sex": "exact",
                "nationality": "exact",
                "birth_place": "jarowinkler",
                "phone": "exact",
                "document": "exact",
            },
        },
    ),
    "nomenklatura logic-v2": (
        "nomenklatura_pairs",
        {"algorithm": "logic-v2", "properties": _PROPERTIES, "most_pairs": 100_000},
    ),
    "nomenklatura regression-v1": (
        "nomenklatura_pairs",
        {"algorithm": "regression-v1", "properties": _PROPERTIES, "most_pairs": 100_000},
    ),
    "dedupe": (
        "dedupe_pairs",
        {
            "fields": {
                "name": "String",
                "birth_date": "String",
                "sex": "Exact",
                "nationality": "Exact",
                "birth_place": "String",
                "phone": "String",
                "document": "String",
            },
            "labels": 500,
            "seed": 1,
        },
    ),
}
_SLOW = ("dedupe",)


def reports(*, quick: bool = False, rows: int | None = None) -> Iterator[Report]:
    whole = people(rows or (_QUICK_ROWS if quick else _ROWS))
    yield _beside_splink(whole, is_judged=not (quick or rows))
    yield _beside_others(people(_QUICK_SAMPLE if quick else _SAMPLE), quick=quick)


def _task(persons: People) -> LinkageTask:
    return LinkageTask(
        tables=(persons.table.select(list(MATCHED_COLUMNS)),),
        id_column="id",
        truth=persons.truth.__getitem__,
        splink=PERSONS,
    )


def _beside_splink(persons: People, *, is_judged: bool) -> Report:
    task = _task(persons)
    runs = [judged("crosslight", run_crosslight(task), task)]
    for name, wording in _WORDINGS.items():
        tell(f"Splink on {name} names …")
        found = run_splink((worded(persons.rows, wording),), task.splink)
        runs.append(judged(f"Splink 5, {name} names", found, task))
    outside = unlisted_share(persons.rows)
    return Report(
        title=_title(persons),
        rows=list(rows_of(task, runs)),
        notes=[
            *notes_of(task, runs),
            "True names: what an oracle would write, each word in one agreed spelling.",
            f"{outside:.0%} of the words of names are in no lexicon of ours.",
        ],
        verdicts=[judge(SYNTHETIC_RECALL, _recall(runs))] if is_judged else [],
    )


def _title(persons: People) -> str:
    return f"Synthetic persons: {len(persons.truth)} rows, {persons.positives} true pairs"


def _recall(runs: Sequence[Judged]) -> float:
    return recall_at(run_named(runs, "crosslight").curve, precision=0.99)


def _beside_others(persons: People, *, quick: bool) -> Report:
    task = _task(persons)
    runs = [judged("crosslight", run_crosslight(task), task)]
    for tool, (peer, job) in _OUTSIDE.items():
        if quick and tool in _SLOW:
            continue
        shown = persons.table if "labels" in job else task.tables[0]
        found = run_outside(peer, {"id_column": "id", **job}, shown)
        if found:
            runs.append(judged(tool, found, task))
    return Report(
        title=f"{_title(persons)}, for peers that take too long on more",
        rows=list(rows_of(task, runs)),
        notes=[
            *notes_of(task, runs),
            *(["dedupe was shown the truth of 500 rows."] if not quick else []),
        ],
    )


@click.command(epilog="Example: python -m benchmarks.synthetic_persons --rows 20000")
@rows_option
@quick_option
@json_option
def main(*, rows: int | None, quick: bool, as_json: bool) -> None:
    """Recall at precision .99 and the rest, ours beside Splink and others."""
    show(reports(quick=quick, rows=rows), as_json=as_json)


if __name__ == "__main__":
    main()
