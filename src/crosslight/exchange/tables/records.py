"""Rows become records; what can't become one is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.matching import Attribute, Record, record_from_properties
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


def identified_rows(table: Table, reading: Reading) -> Iterator[Row | BadRow]:
    """Rows in their order; of those that say something and share an id only the first is good."""
    seen: dict[str, int] = {}
    is_telling = _telling_columns(table, reading)
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
        elif any(map(is_telling, row.values)):
            yield _identified(row, reading.id_column, seen=seen)
        else:
            given = row.first(reading.id_column)
            yield nothing_to_compare(row) if given else _unidentified(row, reading.id_column)


def _telling_columns(table: Table, reading: Reading) -> Callable[[str], bool]:
    if table.is_entities:
        return lambda column: column not in (reading.id_column, "schema")
    unsaying = (Target.COUNTRY, Target.SCHEMA)
    return {name for name, target in reading.mapping.items() if target not in unsaying}.__contains__


def _identified(row: Row, id_column: str, *, seen: dict[str, int]) -> Row | BadRow:
    given = row.first(id_column)
    if not given:
        return _unidentified(row, id_column)
    if given in seen:
        reason = f"Row {seen[given]} has the id {given!r} too."
        return _bad(row, RejectCode.DUPLICATE_ID, reason)
    seen[given] = row.number
    return row


def _unidentified(row: Row, id_column: str) -> BadRow:
    return _bad(row, RejectCode.MISSING_ID, f"Column {id_column!r} is empty.")


def nothing_to_compare(row: Row) -> BadRow:
    reason = "Nothing in it can find a match: no identifier, no whole word of a name."
    return _bad(row, RejectCode.NOTHING_TO_COMPARE, reason)


def _bad(row: Row, code: RejectCode, reason: str) -> BadRow:
    return BadRow(row.number, code, reason, _content(row))


def _content(row: Row) -> str:
    return " | ".join("; ".join(texts) for texts in row.values.values())[:500]


def record_of(row: Row, reading: Reading, *, is_entity: bool) -> Record:
    """`is_entity`: the row is a FollowTheMoney entity, which no column needs to be mapped of."""
    identifier = row.first(reading.id_column)
    if is_entity:
        return record_from_properties(
            id=identifier,
            schema=row.first("schema"),
            properties=row.values,
            country=reading.country,
        )
    gathered: dict[Target, list[str]] = defaultdict(list)
    for column, cells in row.values.items():
        target = reading.mapping.get(column)
        if target:
            gathered[target] += cells
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


_ATTRIBUTES = {attribute.value: attribute for attribute in Attribute}
_PLAIN = {
    target: _ATTRIBUTES[target.value]
    for target in Target
    if target.value in _ATTRIBUTES and target not in (Target.NAME, Target.ADDRESS)
}


def _values(gathered: Mapping[Target, list[str]]) -> dict[Attribute, tuple[str, ...]]:
    found: dict[Attribute, tuple[str, ...]] = {}
    names = gathered.get(Target.NAME) or _joined(gathered, *_PARTS)
    if names:
        found[Attribute.NAME] = tuple(dict.fromkeys(names))
    # The lines of an address, each in its own column, are one address.
    addresses = _joined(gathered, Target.ADDRESS) + gathered.get(Target.POSTCODE, [])
    if addresses:
        found[Attribute.ADDRESS] = tuple(dict.fromkeys(addresses))
    for target, cells in gathered.items():
        if target in _PLAIN:
            found[_PLAIN[target]] = tuple(dict.fromkeys(cells))
    return found


def _joined(gathered: Mapping[Target, list[str]], *targets: Target) -> list[str]:
    joined = " ".join(cell for target in targets for cell in gathered.get(target, ()))
    return [joined] if joined else []
