"""The first stage: rows become records that are ready for comparison, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from crosslight.core.matching import (
    KEY_KINDS,
    Columns,
    Keys,
    Prepared,
    Record,
    columns,
    joined,
    keys,
    most_holders,
    pack,
    prepare,
)
from crosslight.exchange.bulk.folder import WorkFolder
from crosslight.exchange.bulk.inputs import Input
from crosslight.exchange.bulk.job import Engine, MatchJob, Watcher
from crosslight.exchange.bulk.spool import (
    Span,
    Spool,
    bad_rows,
    keys_name,
    packed_name,
    part_name,
    read_part,
    records_in,
    write_keys,
    write_packed,
    write_part,
)
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.model import BadRow, Row
from crosslight.exchange.tables.outputs import rejects_path
from crosslight.exchange.tables.records import identified_rows, nothing_to_compare, record_of
from crosslight.exchange.tables.rejects import rejects_beside
from crosslight.exchange.tables.workers import spread

# The result must not depend on who reads what: chunks are alike however many processes there are.
CHUNK_ROWS = 5_000
_WORTH_A_FORK = 300_000
_PARTS_JOINED = 16
_DONE = "reading.json"
# Kinds of keys that can find a match, and do not only count.
_FETCHES = np.array([most_holders(kind) > 0 for kind in KEY_KINDS])


@dataclass(frozen=True, slots=True)
class Read:
    """All records, laid aside in the spool with their keys, and part by part what compares.

    `parts` is empty where the comparison takes place elsewhere.
    """

    spool: Spool
    parts: list[Columns]
    rejected: int


@dataclass(frozen=True, slots=True)
class _Chunk:
    number: int
    source: int
    rows: tuple[Row | BadRow, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one chunk became; `rows` is how many it had."""

    span: Span
    columns: Columns | None
    bad: tuple[BadRow, ...]
    rows: int


def read_all(
    job: MatchJob, inputs: Sequence[Input], *, folder: WorkFolder, watcher: Watcher
) -> Read:
    """Keeps rejected rows beside the result. Raises UnusableInput where a file has no good row."""
    if folder.holds(_DONE):
        return _read_before(job, folder=folder, watcher=watcher)
    parts = _Parts(folder)
    reader = _Reader(inputs, folder, is_held=_is_held(job))
    rejected = 0
    with (
        rejects_beside(job.out) as keep,
        watcher.stage("Reading rows", length=None) as advance,
    ):
        for part in spread(reader.read, _chunks(inputs), processes=_processes(job)):
            for row in part.bad:
                keep(inputs[part.span.source].table.path, row)
            rejected += len(part.bad)
            parts.add(part)
            advance(part.rows)
    _refuse_empty(job, inputs, parts.spans)
    folder.write_json(
        _DONE,
        {"spans": [[span.records, span.source] for span in parts.spans], "rejected": rejected},
    )
    return parts.read(rejected=rejected)


class _Parts:
    """The parts so far. Every few of them are joined, as each brings words that others have."""

    def __init__(self, folder: WorkFolder) -> None:
        self.spans: list[Span] = []
        self._folder = folder
        self._joined: list[Columns] = []
        self._waiting: list[Columns] = []

    def add(self, part: _Part) -> None:
        self.spans.append(part.span)
        if part.columns is not None:
            self._waiting.append(part.columns)
        if len(self._waiting) >= _PARTS_JOINED:
            self._join()

    def _join(self) -> None:
        self._joined.append(joined(self._waiting))
        self._waiting.clear()

    def read(self, *, rejected: int) -> Read:
        if self._waiting:
            self._join()
        return Read(Spool(self._folder, self.spans), self._joined, rejected)


def _processes(job: MatchJob) -> int:
    """Little work is done before the first worker is ready."""
    size = sum(path.stat().st_size for path in job.source.paths)
    return job.means.processes if size > _WORTH_A_FORK else 1


def _is_held(job: MatchJob) -> bool:
    return job.means.engine is Engine.DUCKDB


def _chunks(inputs: Sequence[Input]) -> Iterator[_Chunk]:
    numbers = count()
    for source, item in enumerate(inputs):
        rows = identified_rows(item.table, item.reading)
        while chunk := tuple(islice(rows, CHUNK_ROWS)):
            yield _Chunk(next(numbers), source, chunk)


@dataclass(frozen=True, slots=True)
class _Reader:
    """`is_held`: what compares goes back to the caller; else it is left to Spark in a file."""

    inputs: Sequence[Input]
    folder: WorkFolder
    is_held: bool

    def read(self, chunk: _Chunk) -> _Part:
        name = part_name(chunk.number)
        if self.folder.holds(name):
            return self._read_again(chunk)
        sound, held, found = _sound(chunk, self.inputs[chunk.source])
        bad = _bad(chunk, sound)
        records = [item.record for item in sound]
        self.folder.write(keys_name(chunk.number), lambda path: write_keys(path, found))
        if not self.is_held:
            packed = [pack(item.prepared) for item in sound]
            self.folder.write(packed_name(chunk.number), lambda path: write_packed(path, packed))
        self.folder.write(name, lambda path: write_part(path, records, bad=bad))
        span = Span(len(sound), chunk.source)
        return _Part(span, held if self.is_held else None, tuple(bad), len(chunk.rows))

    def _read_again(self, chunk: _Chunk) -> _Part:
        part = read_part(self.folder.file(part_name(chunk.number)))
        span = Span(part.num_rows, chunk.source)
        held = None
        if self.is_held:
            held = columns([prepare(record) for record in records_in(part)])
        return _Part(span, held, tuple(bad_rows(part)), len(chunk.rows))


@dataclass(frozen=True, slots=True)
class _Sound:
    row: int
    record: Record
    prepared: Prepared


def _sound(chunk: _Chunk, item: Input) -> tuple[list[_Sound], Columns, Keys]:
    """Rows in which something can find a match, what compares of them, and their keys."""
    kept = []
    for row in chunk.rows:
        if isinstance(row, Row):
            record = record_of(row, item.reading, is_entity=item.table.is_entities)
            kept.append(_Sound(row.number, record, prepare(record)))
    while True:
        held = columns([item.prepared for item in kept])
        found = keys(held)
        keyed = set(found.rows[_FETCHES[found.kinds]].tolist())
        if len(keyed) == len(kept):
            return kept, held, found
        kept = [item for place, item in enumerate(kept) if place in keyed]


def _bad(chunk: _Chunk, sound: Sequence[_Sound]) -> list[BadRow]:
    kept = {item.row for item in sound}
    found = (
        row if isinstance(row, BadRow) else nothing_to_compare(row)
        for row in chunk.rows
        if isinstance(row, BadRow) or row.number not in kept
    )
    return list(found)


def _refuse_empty(job: MatchJob, inputs: Sequence[Input], spans: Sequence[Span]) -> None:
    for source, item in enumerate(inputs):
        own = [span for span in spans if span.source == source]
        name = item.table.path.name
        if not own:
            raise UnusableInput(f"{name} has a header and no rows.", remedy=WRONG_FILE)
        if not any(span.records for span in own):
            raise UnusableInput(
                f"No row of {name} can be used; each was rejected with a reason.",
                remedy=f"The reasons are in {rejects_path(job.out)}.",
            )


def _read_before(job: MatchJob, *, folder: WorkFolder, watcher: Watcher) -> Read:
    """What an interrupted run had read to the end."""
    known = folder.read_json(_DONE)
    spool = Spool(folder, [Span(*span) for span in known["spans"]])
    chunks = [_Chunk(number, span.source, ()) for number, span in enumerate(spool.spans)]
    parts = _Parts(folder)
    reader = _Reader((), folder, is_held=_is_held(job))
    with watcher.stage("Taking up rows", length=len(spool)) as advance:
        for part in spread(reader.read, chunks, processes=_processes(job)):
            parts.add(part)
            advance(part.span.records)
    return parts.read(rejected=int(known["rejected"]))
