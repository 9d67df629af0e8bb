from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from crosslight.exchange.tables import RejectCode, UnusableInput, open_table
from tests.exchange.tables.reading import bad, good, written


def saved(folder: Path, columns: dict[str, list[object]]) -> Path:
    path = folder / "people.parquet"
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_reads_every_plain_type(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        {
            "id": [1, 2],
            "name": ["Awa", None],
            "dob": [date(1987, 3, 14), None],
            "seen": [datetime(2020, 1, 2), None],  # noqa: DTZ001  no zone in the file
            "phones": [["a", "b"], []],
            "weight": [1.5, float("nan")],
        },
    )
    assert good(path) == [
        {
            "id": "1",
            "name": "Awa",
            "dob": "1987-03-14",
            "seen": "2020-01-02",
            "phones": "a; b",
            "weight": "1.5",
        },
        {"id": "2"},
    ]


def test_rejects_structures_and_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, {"id": ["1", "2"], "photo": [None, b"\x00"]})
    assert good(path) == [{"id": "1"}]
    assert bad(path) == [(2, RejectCode.NESTED_VALUE)]


def test_refuses_damage_and_emptiness(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="not a sound parquet"):
        open_table(written(tmp_path, b"PAR1 and then nothing", name="broken.parquet"))
    with pytest.raises(UnusableInput, match="no rows"):
        open_table(saved(tmp_path, {"id": []}))


def test_names_of_columns_are_stripped(tmp_path: Path) -> None:
    path = saved(tmp_path, {" id": ["1"], "name ": ["Awa"]})
    assert good(path) == [{"id": "1", "name": "Awa"}]
