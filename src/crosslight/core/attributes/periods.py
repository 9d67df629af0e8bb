"""Moments and periods in text, in UTC to the minute; text form sorts as time does."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

_MOMENT = re.compile(
    r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?"
    r"\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?)?(?![\d:])"
)
_MOST_DAYS = 7
_SHORTEST = "%Y-%m-%dT%H:%M"


class Period(NamedTuple):
    """First and last minute, as `2026-03-01T10:00`."""

    start: str
    end: str

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end

    def widened(self, minutes: int) -> Period:
        step = timedelta(minutes=minutes)
        return Period(_shifted(self.start, -step), _shifted(self.end, step))

    @property
    def days(self) -> tuple[str, ...]:
        """Days that the period touches, the first seven."""
        first = date.fromisoformat(self.start[:10])
        length = (date.fromisoformat(self.end[:10]) - first).days
        return tuple(
            str(first + timedelta(days=day)) for day in range(min(length, _MOST_DAYS - 1) + 1)
        )


def _shifted(moment: str, step: timedelta) -> str:
    try:
        return (datetime.fromisoformat(moment) + step).strftime(_SHORTEST)
    except OverflowError:
        return moment


def read(text: str) -> tuple[Period | None, str]:
    """Period from the first to the last moment in `text`, and the text without them.

    A day, month or year-and-month alone is all of its minutes; times without a zone are UTC.
    """
    found = [period for period in map(_period, _MOMENT.finditer(text)) if period]
    rest = _MOMENT.sub(" ", text) if found else text
    if not found:
        return None, rest
    return Period(min(item.start for item in found), max(item.end for item in found)), rest


def from_text(value: str) -> Period | None:
    """Period from `start/end`."""
    start, _, end = value.partition("/")
    try:
        moments = datetime.fromisoformat(start), datetime.fromisoformat(end)
    except ValueError:
        return None
    is_plain = all(
        moment.strftime(_SHORTEST) == text
        for moment, text in zip(moments, (start, end), strict=True)
    )
    return Period(start, end) if is_plain and start <= end else None


def _period(found: re.Match[str]) -> Period | None:
    year, month, day, hour, minute, zone = found.groups()
    try:
        if hour:
            moment = _moment(f"{year}-{month}-{day}T{hour}:{minute}", zone)
            return Period(moment, moment)
        last = int(day) if day else monthrange(int(year), int(month))[1]
        first = date(int(year), int(month), int(day or 1))
    except (ValueError, OverflowError):
        return None
    return Period(f"{first}T00:00", f"{first.replace(day=last)}T23:59")


def _moment(text: str, zone: str | None) -> str:
    offset = "+00:00" if zone in {None, "Z", "UTC"} else str(zone)
    return datetime.fromisoformat(text + offset).astimezone(UTC).strftime(_SHORTEST)
