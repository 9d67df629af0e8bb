"""Files in, likely pairs out: the matching engine at work without a server."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from crosslight.core.matching import Band, Prepared, Weighing
from crosslight.core.matching.bulk import Pair, Pool, matched_pairs, pool
from crosslight.exchange.tables.columns import Target, find_id_column, map_columns
from crosslight.exchange.tables.errors import WRONG_FILE, UnusableInput
from crosslight.exchange.tables.model import BadRow, Table
from crosslight.exchange.tables.opening import open_table
from crosslight.exchange.tables.outputs import check_output, rejects_path, whole_file
from crosslight.exchange.tables.records import Reading, read_records
from crosslight.exchange.tables.rejects import Keep, rejects_beside
from crosslight.exchange.tables.workers import spread

_RISING = (Band.NONE, Band.WEAK, Band.PROBABLE, Band.STRONG)
_TWO_FILES = 2


@dataclass(frozen=True, slots=True)
class MatchJob:
    """`overrides` change the guessed columns; None leaves a column out."""

    paths: tuple[Path, ...]
    out: Path
    id_column: str
    is_wanted: Callable[[Weighing], bool]
    overrides: Mapping[str, Target | None] = field(default_factory=dict)
    schema: str = "Person"
    country: str | None = None
    processes: int = 1


@dataclass(frozen=True, slots=True)
class MatchSummary:
    """`matches` counts the written pairs by band; `common_keys` fetched no candidates."""

    rows: int
    rejected: int
    compared: int
    matches: Mapping[str, int]
    common_keys: int


class Watcher(Protocol):
    """Who is told how far the work is."""

    def note(self, sentence: str) -> None: ...

    def stage(
        self, label: str, *, length: int | None
    ) -> AbstractContextManager[Callable[[int], None]]: ...


def threshold(wanted: str) -> Callable[[Weighing], bool]:
    """Rule for a band's name or for a weight. Raises ValueError for anything else."""
    if wanted in _RISING:
        bands = frozenset(_RISING[_RISING.index(Band(wanted)) :])
        return lambda found: found.band in bands
    least = float(wanted)
    return lambda found: found.weight >= least


def match_files(job: MatchJob, *, watcher: Watcher) -> MatchSummary:
    """Writes likely pairs as JSON lines to `job.out`: all of them, or on failure none.

    One file is matched with itself, several with each other. Raises UnusableInput.
    """
    check_output(job.out, inputs=job.paths)
    tables = _opened(job, watcher=watcher)
    records, sources, rejected = _read(job, tables, watcher=watcher)
    among = pool(records, sources=sources if len(tables) > 1 else None)
    compared, matches = _compare(job, among, watcher=watcher)
    return MatchSummary(
        rows=len(records),
        rejected=rejected,
        compared=compared,
        matches=matches,
        common_keys=among.common_keys,
    )


def _opened(job: MatchJob, *, watcher: Watcher) -> list[tuple[Table, Reading]]:
    tables = []
    for path in job.paths:
        table = open_table(path)
        id_column = find_id_column(table, wanted=job.id_column)
        mapping = map_columns(table, id_column=id_column, overrides=job.overrides)
        _note_columns(table, mapping, id_column=id_column, watcher=watcher)
        tables.append((table, Reading(id_column, mapping, job.schema, job.country)))
    named = {column for table, _ in tables for column in table.columns}
    unknown = [column for column in job.overrides if column not in named]
    if unknown:
        raise UnusableInput(
            f"--map names the column {unknown[0]!r}, which no file has.",
            remedy="Write it as the header does.",
        )
    return tables


def _note_columns(
    table: Table, mapping: Mapping[str, Target], *, id_column: str, watcher: Watcher
) -> None:
    for note in table.notes:
        watcher.note(f"{table.path.name}: {note}")
    if table.is_entities:
        watcher.note(f"{table.path.name}: FollowTheMoney entities.")
        return
    read = ", ".join(f"{column} = {target}" for column, target in mapping.items())
    left_out = [name for name in table.columns if name not in mapping and name != id_column]
    unread = f"; not used: {', '.join(left_out)}" if left_out else ""
    watcher.note(f"{table.path.name}: {id_column} = id, {read}{unread}. Change it with --map.")


def _read(
    job: MatchJob, tables: Sequence[tuple[Table, Reading]], *, watcher: Watcher
) -> tuple[list[Prepared], list[int], int]:
    records: list[Prepared] = []
    sources: list[int] = []
    rejected = 0
    with (
        rejects_beside(job.out) as keep,
        watcher.stage("Reading rows", length=None) as advance,
    ):
        for source, (table, reading) in enumerate(tables):
            found, bad = _read_one(table, reading, keep=keep, advance=advance)
            rejected += bad
            records += found
            sources += [source] * len(found)
    empty = [table for place, (table, _) in enumerate(tables) if place not in set(sources)]
    if empty:
        _refuse_empty(empty[0], rejected=rejected, out=job.out)
    return records, sources, rejected


def _read_one(
    table: Table, reading: Reading, *, keep: Keep, advance: Callable[[int], None]
) -> tuple[list[Prepared], int]:
    records, bad = [], 0
    for found in read_records(table, reading):
        if isinstance(found, BadRow):
            bad += 1
            keep(table.path, found)
        else:
            records.append(found)
        advance(1)
    return records, bad


def _refuse_empty(table: Table, *, rejected: int, out: Path) -> None:
    if rejected:
        raise UnusableInput(
            f"No row of {table.path.name} can be used; each was rejected with a reason.",
            remedy=f"The reasons are in {rejects_path(out)}.",
        )
    raise UnusableInput(f"{table.path.name} has a header and no rows.", remedy=WRONG_FILE)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What the comparison of some left records found."""

    records: int
    compared: int
    bands: tuple[str, ...]
    lines: tuple[str, ...]


def _compare(job: MatchJob, among: Pool, *, watcher: Watcher) -> tuple[int, dict[str, int]]:
    compared, matches = 0, Counter[str]()
    with (
        whole_file(job.out) as stream,
        watcher.stage("Comparing", length=len(among.records)) as advance,
    ):
        work = partial(_batch, among=among, job=job)
        for batch in spread(work, positions=len(among.records), processes=job.processes):
            stream.writelines(batch.lines)
            compared += batch.compared
            matches.update(batch.bands)
            advance(batch.records)
    return compared, {band.value: matches[band] for band in reversed(_RISING) if matches[band]}


def _batch(positions: range, *, among: Pool, job: MatchJob) -> _Batch:
    counts: list[int] = []
    pairs = list(
        matched_pairs(among, is_wanted=job.is_wanted, positions=positions, progress=counts.append)
    )
    return _Batch(
        records=len(positions),
        compared=sum(counts),
        bands=tuple(pair.result.band.value for pair in pairs),
        lines=tuple(_line(pair, among=among, paths=job.paths) for pair in pairs),
    )


def _line(pair: Pair, *, among: Pool, paths: Sequence[Path]) -> str:
    line: dict[str, object] = {
        "left": among.records[pair.left].record.id,
        "right": among.records[pair.right].record.id,
        "weight": pair.result.weight,
        "band": pair.result.band.value,
        "explanation": [item.sentence for item in pair.result.evidence],
    }
    if among.sources is not None and len(paths) > _TWO_FILES:
        line["left_file"] = str(paths[among.sources[pair.left]])
        line["right_file"] = str(paths[among.sources[pair.right]])
    return json.dumps(line, ensure_ascii=False) + "\n"
