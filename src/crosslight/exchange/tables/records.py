"""Rows become records ready for comparison; what can't become one is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.matching import (
    Attribute,
    Prepared,
    Record,
    prepare,
    record_from_properties,
)
from crosslight.exchange.tables.columns import Target
from crosslight.exchange.tables.model import BadRow, RejectCode, Row, Table

_PARTS = (Target.GIVEN_NAME, Target.MIDDLE_NAME, Target.SURNAME)
_COUNTRY_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a file are read; `country` (two letters) is where they were entered."""

    id_column: str
    mapping: Mapping[str, Target]
    schema: str = "Person"
    country: str | None = None


def read_records(table: Table, reading: Reading) -> Iterator[Prepared | BadRow]:
    """Records in order of rows; of rows that share an id only the first sound one is kept."""
    seen: dict[str, int] = {}
    for row in table.rows():
        found = row if isinstance(row, BadRow) else _ready(row, table, reading=reading, seen=seen)
        if isinstance(found, Prepared):
            seen[found.record.id] = row.number
        yield found


def _ready(
    row: Row, table: Table, *, reading: Reading, seen: Mapping[str, int]
) -> Prepared | BadRow:
    identifier = _identified(row, reading.id_column, seen=seen)
    if isinstance(identifier, BadRow):
        return identifier
    prepared = prepare(_record(row, identifier, table=table, reading=reading))
    if prepared.keys:
        return prepared
    reason = "Nothing in it can find a match: no identifier, no whole word of a name."
    return _bad(row, RejectCode.NOTHING_TO_COMPARE, reason)


def _identified(row: Row, id_column: str, *, seen: Mapping[str, int]) -> str | BadRow:
    given = row.first(id_column)
    if not given:
        return _bad(row, RejectCode.MISSING_ID, f"Column {id_column!r} is empty.")
    if given in seen:
        reason = f"Row {seen[given]} has the id {given!r} too."
        return _bad(row, RejectCode.DUPLICATE_ID, reason)
    return given


def _bad(row: Row, code: RejectCode, reason: str) -> BadRow:
    return BadRow(row.number, code, reason, _content(row))


def _content(row: Row) -> str:
    return " | ".join("; ".join(texts) for texts in row.values.values())[:500]


def _record(row: Row, identifier: str, *, table: Table, reading: Reading) -> Record:
    if table.is_entities:
        return record_from_properties(
            id=identifier,
            schema=row.first("schema"),
            properties=row.values,
            country=reading.country,
        )
    gathered: dict[Target, list[str]] = defaultdict(list)
    for column, target in reading.mapping.items():
        gathered[target] += row.values.get(column, ())
    return Record(
        id=identifier,
        schema=_schema(gathered.get(Target.SCHEMA, [])) or reading.schema,
        values=_values(gathered),
        country=_country(gathered.get(Target.COUNTRY, [])) or reading.country,
    )


_SCHEMA_NAMES = {name.casefold(): name for name in SCHEMATA}


def _schema(cells: list[str]) -> str | None:
    return _SCHEMA_NAMES.get(cells[0].casefold(), cells[0]) if cells else None


def _country(cells: list[str]) -> str | None:
    codes = [cell.upper() for cell in cells if len(cell) == _COUNTRY_LETTERS and cell.isalpha()]
    return codes[0] if codes else None


def _values(gathered: Mapping[Target, list[str]]) -> dict[Attribute, tuple[str, ...]]:
    found: dict[Attribute, tuple[str, ...]] = {}
    for attribute in Attribute:
        cells = gathered.get(Target(attribute.value), [])
        if attribute is Attribute.NAME:
            cells = cells or _joined(gathered, *_PARTS)
        if attribute is Attribute.ADDRESS:
            # The lines of an address, each in its own column, are one address.
            cells = _joined(gathered, Target.ADDRESS) + gathered.get(Target.POSTCODE, [])
        if cells:
            found[attribute] = tuple(dict.fromkeys(cells))
    return found


def _joined(gathered: Mapping[Target, list[str]], *targets: Target) -> list[str]:
    joined = " ".join(cell for target in targets for cell in gathered.get(target, ()))
    return [joined] if joined else []
