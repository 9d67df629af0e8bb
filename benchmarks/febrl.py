"""The FEBRL sets as both of their benchmarks and all of their peers take them."""

from __future__ import annotations

import pyarrow

from benchmarks.outside import Job
from benchmarks.reference import csv_rows, reference_file

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
