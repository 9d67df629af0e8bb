"""The one clock. Everything is UTC; a country's calendar is applied only when a date is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

_fixed: ContextVar[datetime | None] = ContextVar("crosslight_fixed_time", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def is_fixed() -> bool:
    """Whether a block of `at` says what time it is."""
    return _fixed.get() is not None


def today() -> date:
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run a block as if it were `moment`: exercises replay a past, tests let clocks run out."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    with at(now() + by):
        yield
