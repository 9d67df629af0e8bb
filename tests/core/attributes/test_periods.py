"""Moments and periods read from text, in UTC."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes import periods
from crosslight.core.attributes.periods import Period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T10:00Z", Period("2026-03-01T10:00", "2026-03-01T10:00")),
        ("2026-03-01 12:00:30 +02:00", Period("2026-03-01T10:00", "2026-03-01T10:00")),
        ("2026-03-01", Period("2026-03-01T00:00", "2026-03-01T23:59")),
        ("2024-02", Period("2024-02-01T00:00", "2024-02-29T23:59")),
        (
            "from 2026-03-01 10:00 to 2026-03-02 11:00",
            Period("2026-03-01T10:00", "2026-03-02T11:00"),
        ),
        ("2026-13-01", None),
        ("0000-00-00T00:00", None),
        ("", None),
    ],
)
def test_moments_make_a_period(text, expected):
    assert periods.read(text)[0] == expected


@given(st.text(alphabet="0123456789-T: Z+", max_size=40))
def test_any_text_is_a_period_that_reads_back_or_none(text):
    found, _ = periods.read(text)
    assert found is None or periods.from_text(f"{found.start}/{found.end}") == found
    assert found is None or found.widened(10).overlaps(found)


def test_days_are_those_touched_and_few():
    assert Period("2026-03-01T23:00", "2026-03-02T01:00").days == ("2026-03-01", "2026-03-02")
    assert len(Period("2026-01-01T00:00", "2026-12-31T00:00").days) == 7
