"""The FEBRL sets as both of their benchmarks and all of their peers take them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow

from benchmarks.linkage import (
    F1_BESIDE_SPLINK,
    LinkageTask,
    notes_of,
    rows_of,
    run_all,
    run_named,
)
from benchmarks.outside import Job
from benchmarks.reference import csv_rows, reference_file
from benchmarks.report import Report
from benchmarks.splink_peer import SplinkTask
from benchmarks.targets import judge, no_less_than_peer

QUICK_ROWS = 1_000

_DEDUPE_FIELDS = {
    "given_name": "String",
    "surname": "String",
    "date_of_birth": "String",
    "soc_sec_id": "String",
    "postcode": "ShortString",
    "address_1": "String",
    "suburb": "String",
}


def febrl_table(name: str, *, rows: int | None = None) -> pyarrow.Table:
    records = csv_rows(reference_file("matching", "febrl", name))[:rows]
    return pyarrow.Table.from_pylist(
        [{column: cell.strip() or None for column, cell in row.items()} for row in records]
    )


def recordlinkage_job() -> Job:
    """The comparisons of recordlinkage's own guide to FEBRL, with blocks in Splink's manner."""
    return {
        "blocks": [
            ["given_name"],
            ["surname"],
            ["date_of_birth"],
            ["soc_sec_id"],
            ["postcode", "street_number"],
        ],
        "compare": {
            "given_name": "jarowinkler",
            "surname": "jarowinkler",
            "date_of_birth": "exact",
            "soc_sec_id": "exact",
            "suburb": "jarowinkler",
            "state": "exact",
            "address_1": "jarowinkler",
        },
    }


def dedupe_job() -> Job:
    """Labels: as many examples of same and different as its own guides suggest, and more."""
    return {"fields": _DEDUPE_FIELDS, "labels": 500, "seed": 1}


def febrl_report(
    heading: str, tables: Sequence[pyarrow.Table], splink: SplinkTask, *, quick: bool
) -> Report:
    task = LinkageTask(
        tables=tuple(tables),
        id_column="rec_id",
        truth=lambda identifier: identifier.split("-")[1],
        splink=splink,
        not_splinks=("address_2", "suburb"),
        outside={
            "recordlinkage": ("recordlinkage_pairs", recordlinkage_job()),
            **({} if quick else {"dedupe": ("dedupe_pairs", dedupe_job())}),
        },
    )
    runs = run_all(task)
    peer = run_named(runs, "Splink 5").best.f1
    return Report(
        title=f"{heading} {len(task.entities)} rows, {task.positives} true pairs",
        rows=list(rows_of(task, runs)),
        notes=notes_of(task, runs),
        verdicts=[
            judge(no_less_than_peer(measure, peer), run.best.f1)
            for measure, run in zip(F1_BESIDE_SPLINK, runs, strict=False)
        ],
    )
