"""Dates of which nobody can tell whether the day or the month comes first."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from crosslight.core.attributes import dates
from crosslight.core.entities.schemata import PropertyType


def is_date(kind: PropertyType) -> bool:
    return kind is PropertyType.DATE


def readings_of(text: str) -> list[tuple[str, str]]:
    """Both days that a date may mean, where day and month can be exchanged; or nothing."""
    found = dates.parse(text)
    if found is None or not found.is_ambiguous or _is_year_first(text):
        return []
    both = (
        date(found.year, found.month, found.day),
        date(found.year, found.day, found.month),
    )
    return [(each.isoformat(), date_format(each, "j F Y")) for each in both]


def _is_year_first(text: str) -> bool:
    return text.strip()[:4].isdigit()
