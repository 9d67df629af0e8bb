"""The rules that every cell has to pass, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from crosslight.exchange.tables.model import BadRow, RejectCode, Row

MOST_CHARACTERS = 1_000_000
_SHOWN_CHARACTERS = 500
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Overrides make text read otherwise than it is stored; marks and isolates are ordinary Arabic.
_OVERRIDE = re.compile("[\u202d\u202e]")


def checked_row(number: int, values: Mapping[str, Iterable[str]]) -> Row | BadRow:
    """The row without its empty cells, or what is wrong with it."""
    kept: dict[str, tuple[str, ...]] = {}
    for column, cells in values.items():
        texts = tuple(text for text in (cell.strip() for cell in cells) if text)
        for text in texts:
            fault = cell_fault(text)
            if fault:
                code, reason = fault
                return BadRow(number, code, f"Column {column!r} {reason}", shown(values))
        if texts:
            kept[column] = texts
    return Row(number, kept)


def cell_fault(text: str) -> tuple[RejectCode, str] | None:
    if len(text) > MOST_CHARACTERS:
        return RejectCode.CELL_TOO_LARGE, f"holds more than {MOST_CHARACTERS} characters."
    if text.isascii() and text.isprintable():
        return None
    if _SURROGATE.search(text):
        return RejectCode.UNDECODABLE, "holds bytes that are not text in the file's encoding."
    found = _CONTROL.search(text)
    if found:
        return RejectCode.CONTROL_CHARACTER, f"holds the control character {_name(found)}."
    found = _OVERRIDE.search(text)
    if found:
        return RejectCode.DIRECTION_OVERRIDE, f"holds the direction override {_name(found)}."
    return None


def _name(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"


def shown(values: Mapping[str, Iterable[str]]) -> str:
    """Beginning of a row's cells in one line."""
    return " | ".join("; ".join(cells)[:_SHOWN_CHARACTERS] for cells in values.values())[
        :_SHOWN_CHARACTERS
    ]
