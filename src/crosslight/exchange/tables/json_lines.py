"""JSON lines: one object a line, either a plain row or a FollowTheMoney entity."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crosslight.exchange.tables.cells import MOST_CHARACTERS, cell_fault, checked_row
from crosslight.exchange.tables.encodings import Encoding, detect_encoding
from crosslight.exchange.tables.errors import UnusableInput
from crosslight.exchange.tables.header import MOST_COLUMNS
from crosslight.exchange.tables.lines import Lines
from crosslight.exchange.tables.model import BadRow, RejectCode, Row

_SHOWN_CHARACTERS = 500
_REMEDY = "Write one JSON object on each line, without brackets or commas around them."


@dataclass(frozen=True, slots=True)
class JsonLinesTable:
    path: Path
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    encoding: Encoding
    is_entities: bool

    def rows(self) -> Iterator[Row | BadRow]:
        for number, found in _objects(self.path, self.encoding):
            if isinstance(found, BadRow):
                yield found
            elif self.is_entities:
                yield _entity_row(number, found)
            else:
                yield _plain_row(number, found)


def open_json_lines(path: Path) -> JsonLinesTable:
    """Reads the whole file once for its columns: a key may first appear in the last line."""
    encoding = detect_encoding(path)
    objects = entities = 0
    columns: dict[str, None] = {}
    for _, found in _objects(path, encoding):
        if not isinstance(found, BadRow):
            objects += 1
            entities += _is_entity(found)
            columns.update(dict.fromkeys(found))
            _check_width(columns, path=path)
    if not objects:
        raise UnusableInput(f"{path.name} holds no JSON objects.", remedy=_REMEDY)
    notes = (encoding.note,) if encoding.note else ()
    return JsonLinesTable(path, tuple(columns), notes, encoding, entities * 2 >= objects)


def _check_width(columns: Mapping[str, None], *, path: Path) -> None:
    if len(columns) > MOST_COLUMNS:
        raise UnusableInput(
            f"The objects of {path.name} have more than {MOST_COLUMNS} different keys.",
            remedy="Use the same keys on every line.",
        )


def _is_entity(found: Mapping[str, object]) -> bool:
    return isinstance(found.get("schema"), str) and isinstance(found.get("properties"), dict)


def _objects(path: Path, encoding: Encoding) -> Iterator[tuple[int, Mapping[str, object] | BadRow]]:
    with encoding.open(path) as stream:
        lines = Lines(stream)
        while True:
            number = lines.begin_row()
            line = next(lines, None)
            if line is None:
                return
            if line.strip():
                yield number, _parsed(number, line)


def _parsed(number: int, line: str) -> Mapping[str, object] | BadRow:
    shown = line.strip()[:_SHOWN_CHARACTERS]
    if len(line) > MOST_CHARACTERS:
        reason = f"The line holds more than {MOST_CHARACTERS} characters."
        return BadRow(number, RejectCode.CELL_TOO_LARGE, reason, shown)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadRow(number, RejectCode.NOT_JSON, f"The line is not JSON: {error}.", shown)
    return _as_object(number, found, content=shown)


def _as_object(number: int, found: object, *, content: str) -> Mapping[str, object] | BadRow:
    if not isinstance(found, dict):
        return BadRow(number, RejectCode.NOT_JSON, "The line is not a JSON object.", content)
    fault = next(filter(None, map(cell_fault, found)), None)
    if fault:
        return BadRow(number, fault[0], f"A key of the object {fault[1]}", content)
    return found


def listed_row(number: int, found: object) -> Row | BadRow:
    """A row of a list of objects, by the rules of one on a line of its own."""
    known = _as_object(number, found, content=json.dumps(found)[:_SHOWN_CHARACTERS])
    return known if isinstance(known, BadRow) else _plain_row(number, known)


def _plain_row(number: int, found: Mapping[str, object]) -> Row | BadRow:
    values = {column: _texts(value) for column, value in found.items()}
    for column, texts in values.items():
        if texts is None:
            reason = f"{column!r} holds an object; only text, numbers and lists are read."
            return BadRow(number, RejectCode.NESTED_VALUE, reason, _shown(found))
    return checked_row(number, {column: texts or () for column, texts in values.items()})


def _entity_row(number: int, found: Mapping[str, object]) -> Row | BadRow:
    """Properties as columns beside `id` and `schema`."""
    properties = found.get("properties")
    if not _is_entity(found) or not isinstance(properties, dict):
        reason = "The object lacks `schema` or `properties` of a FollowTheMoney entity."
        return BadRow(number, RejectCode.NOT_AN_ENTITY, reason, _shown(found))
    return _plain_row(number, {**properties, "schema": found["schema"], "id": found.get("id")})


def _texts(value: object) -> tuple[str, ...] | None:
    """Values as text; None where the value is an object or holds one."""
    if value is None:
        return ()
    if isinstance(value, list):
        inner = [_texts(item) for item in value if not isinstance(item, list)]
        if len(inner) < len(value) or None in inner:
            return None
        return tuple(text for texts in inner for text in texts or ())
    if isinstance(value, dict):
        return None
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    return (str(value),)


def _shown(found: Mapping[str, object]) -> str:
    return json.dumps(found, ensure_ascii=True)[:_SHOWN_CHARACTERS]
