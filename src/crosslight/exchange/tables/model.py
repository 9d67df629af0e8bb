"""What a reader of tables gives: good rows, and bad rows with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class RejectCode(StrEnum):
    """Why a row was left out."""

    RAGGED = "ragged"
    UNDECODABLE = "undecodable"
    CELL_TOO_LARGE = "cell-too-large"
    CONTROL_CHARACTER = "control-character"
    DIRECTION_OVERRIDE = "direction-override"
    NOT_JSON = "not-json"
    NOT_AN_ENTITY = "not-an-entity"
    NESTED_VALUE = "nested-value"
    FORMULA_WITHOUT_VALUE = "formula-without-value"
    MISSING_ID = "missing-id"
    DUPLICATE_ID = "duplicate-id"
    NOTHING_TO_COMPARE = "nothing-to-compare"


@dataclass(frozen=True, slots=True)
class Row:
    """Columns that hold something, with their values; `number` is the line or sheet row."""

    number: int
    values: Mapping[str, tuple[str, ...]]

    def first(self, column: str) -> str:
        return next(iter(self.values.get(column, ())), "")


@dataclass(frozen=True, slots=True)
class BadRow:
    """`content` is the beginning of the row as read, so that it can be found and repaired."""

    number: int
    code: RejectCode
    reason: str
    content: str = ""


class Table(Protocol):
    """An input file whose columns are known and whose rows are read when asked for.

    `notes` says what the reader had to assume. `is_entities` tells FollowTheMoney entities,
    whose columns are `id`, `schema` and property names.
    """

    @property
    def path(self) -> Path: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def is_entities(self) -> bool: ...

    def rows(self) -> Iterator[Row | BadRow]: ...
