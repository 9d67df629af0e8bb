"""How long each step of a contribution may take (procedures B.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

DRAFT_KEPT = timedelta(days=30)
DRAFT_REMINDERS = (timedelta(days=7), timedelta(days=1))
DANGER_LOOKED_AT = timedelta(hours=1)
TRIAGE_WORKING_DAYS = 2
FIRST_ANSWER = timedelta(days=7)
QUALITY_REPLY = timedelta(days=10)
QUESTION_REPLY = timedelta(days=14)
# Rows of an import that nobody goes on with, and bad rows that nobody fetched.
IMPORT_KEPT = timedelta(days=3)
BAD_ROWS_KEPT = timedelta(days=7)
_FRIDAY = 4


def triage_due(submitted_at: datetime, *, is_danger: bool) -> datetime:
    """Danger is looked at round the clock, by the calendar; the rest in working days."""
    if is_danger:
        return submitted_at + DANGER_LOOKED_AT
    return add_working_days(submitted_at, days=TRIAGE_WORKING_DAYS)


def add_working_days(moment: datetime, *, days: int) -> datetime:
    """Monday to Friday; public holidays are not known and count as working days."""
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.weekday() <= _FRIDAY
    return moment
