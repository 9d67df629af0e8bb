"""Records laid aside while the files are read: found again by their row, or all at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute, parquet

from crosslight.core.matching import Attribute, Keys, Record
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.tables.model import BadRow, RejectCode

_COLUMNS = ("id", "schema", "country", "values")
_BAD = b"bad rows"


def part_name(number: int) -> str:
    return f"part-{number:06}.arrow"


def keys_name(number: int) -> str:
    return f"keys-{number:06}.parquet"


def write_keys(path: Path, found: Keys) -> None:
    """For DuckDB and Spark to read; keys are as good as random, so nothing would compress them."""
    table = pyarrow.table({"row": found.rows, "key": found.keys, "kind": found.kinds})
    parquet.write_table(table, path, compression="none", use_dictionary=False)


def packed_name(number: int) -> str:
    return f"packed-{number:06}.parquet"


def write_packed(path: Path, packed: Sequence[str]) -> None:
    """For Spark, which reads no Arrow files; rows are counted from 0 in each part."""
    rows = np.arange(len(packed), dtype=np.int32)
    parquet.write_table(pyarrow.table({"row": rows, "packed": list(packed)}), path)


def write_part(path: Path, records: Sequence[Record], *, bad: Iterable[BadRow]) -> None:
    """`bad` are the rows left out between the records."""
    described = json.dumps([asdict(row) for row in bad])
    table = pyarrow.table(
        {
            "id": [record.id for record in records],
            "schema": [record.schema for record in records],
            "country": [record.country for record in records],
            "values": [json.dumps(record.values, ensure_ascii=False) for record in records],
        },
        schema=pyarrow.schema(
            [(name, pyarrow.string()) for name in _COLUMNS], metadata={_BAD: described.encode()}
        ),
    )
    with pyarrow.OSFile(str(path), "wb") as sink, pyarrow.ipc.new_file(sink, table.schema) as file:
        file.write_table(table)


def read_part(path: Path) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """The part as a table that stays in its file until it is looked at."""
    return pyarrow.ipc.open_file(pyarrow.memory_map(str(path))).read_all()


def bad_rows(part: Any) -> list[BadRow]:  # noqa: ANN401 - pyarrow ships no types
    found = json.loads(part.schema.metadata[_BAD])
    return [BadRow(**{**row, "code": RejectCode(row["code"])}) for row in found]


def records_in(part: Any) -> Iterator[Record]:  # noqa: ANN401 - pyarrow ships no types
    return map(_record, part.select(_COLUMNS).to_pylist())


@dataclass(frozen=True, slots=True)
class Span:
    """One part: how many records it holds, and the place of their file among the inputs."""

    records: int
    source: int


class Spool:
    """Records numbered in the order they were read, from 0."""

    def __init__(self, folder: WorkFolder, spans: Sequence[Span]) -> None:
        self._folder = folder
        self.spans = tuple(spans)
        self._ends = np.cumsum([span.records for span in spans], dtype=np.int64)
        self._open: dict[int, Any] = {}

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    @property
    def sources(self) -> NDArray[np.int32]:
        """The file of each record."""
        return np.repeat(
            np.array([span.source for span in self.spans], dtype=np.int32),
            [span.records for span in self.spans],
        )

    def starts(self) -> Iterator[tuple[int, int]]:
        """Each part's number and the number of its first record."""
        for number, end in enumerate(self._ends):
            yield number, int(end) - self.spans[number].records

    def records(self, rows: NDArray[np.int64]) -> Iterator[tuple[Record, int]]:
        """Records as they were read, each with its file; `rows` in rising order."""
        numbers = np.searchsorted(self._ends, rows, side="right")
        for number in np.unique(numbers).tolist():
            span = self.spans[number]
            places = rows[numbers == number] - (self._ends[number] - span.records)
            for cells in self._part(number).select(_COLUMNS).take(places).to_pylist():
                yield _record(cells), span.source

    def find(self, identifier: str, *, source: int) -> int | None:
        """The number of the record of that id in a file."""
        for number, start in self.starts():
            if self.spans[number].source == source:
                place = compute.index(self._part(number).column("id"), identifier).as_py()
                if place >= 0:
                    return start + int(place)
        return None

    def _part(self, number: int) -> Any:  # noqa: ANN401 - pyarrow ships no types
        if number not in self._open:
            self._open[number] = read_part(self._folder.file(part_name(number)))
        return self._open[number]


_ATTRIBUTES = {attribute.value: attribute for attribute in Attribute}


def _record(cells: Mapping[str, str]) -> Record:
    values = json.loads(cells["values"])
    return Record(
        id=cells["id"],
        schema=cells["schema"],
        values={_ATTRIBUTES[name]: tuple(texts) for name, texts in values.items()},
        country=cells["country"],
    )
