"""Dates as people write them: full, month or year only, and placeholders for "unknown"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from crosslight.core.attributes.text import to_ascii_digits

_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_MISWRITTEN = re.compile(r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$")
_MONTHS = 12
_UNKNOWN_YEARS = frozenset({1, 1111, 1900, 9999})


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which day, or day and month, may be unknown (0)."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def is_full(self) -> bool:
        return self.day > 0

    @property
    def is_placeholder(self) -> bool:
        """1 January stands for "year only" on many papers; 1900-01-01 for "unknown"."""
        return self.is_unknown or (self.month == 1 and self.day == 1)

    @property
    def is_unknown(self) -> bool:
        return self.year in _UNKNOWN_YEARS and self.month == 1 and self.day == 1

    @property
    def is_ambiguous(self) -> bool:
        """Whether day and month could be swapped and still make a different date."""
        return 0 < self.day <= _MONTHS and self.day != self.month

    def __str__(self) -> str:
        if not self.month:
            return f"{self.year:04d}"
        if not self.day:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def parse(raw: str) -> PartialDate | None:
    """Date from ISO 8601, compact or day-first text; month-first when day-first is impossible."""
    text = to_ascii_digits(raw).strip()
    found = _COMPACT.match(text) or _ISO.match(text)
    if found:
        year, month, day = (int(part or 0) for part in found.groups())
        return _checked(year, month=month, day=day)
    found = _DAY_FIRST.match(text)
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    return _checked(year, month=second, day=first) or _checked(year, month=first, day=second)


def parse_miswritten(raw: str) -> PartialDate | None:
    """Year, month and day as they stand where no such day exists, as in 1852-72-05.

    A slip of the pen: of use to find the date that was meant, never to be shown as a date.
    """
    found = _MISWRITTEN.match(to_ascii_digits(raw).strip())
    if found is None or not int(found.group(1)):
        return None
    return PartialDate(*(int(part) for part in found.groups()))


def _checked(year: int, *, month: int, day: int) -> PartialDate | None:
    if not year or month > _MONTHS:
        return None
    if month == 0:
        return PartialDate(year)
    if day > monthrange(year, month)[1]:
        return None
    return PartialDate(year, month, day)


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """ISO 8601 text of the known parts."""
    date = parse(raw)
    return str(date) if date else None


def display(value: str) -> str:
    return value
