"""Records for the tests of matching: invented people, reserved phone numbers."""

from __future__ import annotations

from crosslight.core.matching.model import Counts, Uncounted
from crosslight.core.matching.records import record_from_properties
from crosslight.core.matching.v1 import compare, key_of, prepare


def counted(holders=None, *, total=100_000):
    """A population in which the named keys have the given numbers of holders."""
    named = holders or {}
    return Counts.of({key_of(text): number for text, number in named.items()}, total=total)


def record(*, schema="Person", entered_in=None, **properties):
    listed = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in properties.items()
    }
    return record_from_properties(id="ent_1", schema=schema, properties=listed, country=entered_in)


def prepared(**properties):
    return prepare(record(**properties))


def matched(left, right, *, population=None):
    return compare(left, right, population=population or Uncounted())


def level(result, attribute):
    return next((item.level for item in result.evidence if item.attribute == attribute), None)
