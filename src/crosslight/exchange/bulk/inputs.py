"""The files of a run, opened, with what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crosslight.exchange.bulk.job import Source, Watcher
from crosslight.exchange.tables.columns import Target, find_id_column, map_columns
from crosslight.exchange.tables.errors import UnusableInput
from crosslight.exchange.tables.model import Table
from crosslight.exchange.tables.opening import open_table
from crosslight.exchange.tables.records import Reading


@dataclass(frozen=True, slots=True)
class Input:
    table: Table
    reading: Reading


def open_inputs(source: Source, *, watcher: Watcher) -> tuple[Input, ...]:
    """Says what was recognised in each file. Raises UnusableInput."""
    found = []
    for path in source.paths:
        table = open_table(path)
        id_column = find_id_column(table, wanted=source.id_column)
        mapping = map_columns(table, id_column=id_column, overrides=source.overrides)
        _note_columns(table, mapping, id_column=id_column, watcher=watcher)
        found.append(Input(table, Reading(id_column, mapping, source.schema, source.country)))
    named = {column for item in found for column in item.table.columns}
    unknown = [column for column in source.overrides if column not in named]
    if unknown:
        raise UnusableInput(
            f"--map names the column {unknown[0]!r}, which no file has.",
            remedy="Write it as the header does.",
        )
    return tuple(found)


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
