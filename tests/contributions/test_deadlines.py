from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crosslight.contributions.deadlines import add_working_days, triage_due


@pytest.mark.parametrize(
    ("day", "expected"), [(16, 18), (17, 19), (18, 20), (19, 23), (20, 24), (21, 24), (22, 24)]
)
def test_two_working_days_skip_the_weekend(day: int, expected: int) -> None:
    moment = datetime(2026, 11, day, 9, 30, tzinfo=UTC)
    assert add_working_days(moment, days=2) == datetime(2026, 11, expected, 9, 30, tzinfo=UTC)


def test_danger_does_not_wait_for_a_working_day() -> None:
    sunday = datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert triage_due(sunday, is_danger=True) == sunday + timedelta(hours=1)
