"""Acts in the order of their moments: the ledger's time never runs backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from operator import attrgetter

from crosslight.accounts.selectors import user_by_email
from crosslight.core.policy import Actor
from crosslight.exercises.worlds import World, WorldError, mail_of
from crosslight.foundation import clock
from crosslight.partnerships.selectors import actor_of

_OPENING = time(8, 30)
# Acts of one day lie this far apart and within eight hours of the day's opening.
_APART = timedelta(minutes=7)
_OFFICE_HOURS = timedelta(hours=8)
_JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days before today as moments, so that "today" is always today."""

    now: datetime

    def morning(self, *, days_ago: int, place: int = 0) -> datetime:
        """A moment of that day's office hours; `place` spreads the acts of one list over them."""
        opening = datetime.combine(
            self.now.date() - timedelta(days=days_ago), _OPENING, tzinfo=self.now.tzinfo
        )
        return self.past(opening + (_APART * place) % _OFFICE_HOURS)

    def moment(self, *, days_ago: int, minutes_ago: int | None, place: int = 0) -> datetime:
        """That many minutes ago where the data say so, else on the morning of that day."""
        if minutes_ago is not None:
            return self.now - timedelta(minutes=minutes_ago)
        return self.morning(days_ago=days_ago, place=place)

    def past(self, moment: datetime) -> datetime:
        """`moment`, or just now where it is still to come."""
        return min(moment, self.now - _JUST_NOW)


@dataclass
class Stage:
    """What has been made so far: the ids behind the keys of the data, and who acts."""

    world: World
    calendar: Calendar
    ids: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """The person of that key, signed in with a second factor as a persona is."""
        if key not in self._actors:
            user = user_by_email(mail_of(key))
            if user is None:
                raise WorldError(f"nobody is called {key}")
            self._actors[key] = actor_of(user, has_mfa=True)
        return self._actors[key]

    def id(self, key: str) -> str:
        try:
            return self.ids[key]
        except KeyError:
            raise WorldError(f"{key} was not made yet") from None


@dataclass(frozen=True, slots=True)
class Step:
    moment: datetime
    play: Callable[[Stage], object]


def play(stage: Stage, steps: Iterable[Step]) -> None:
    """Let every step happen at its own moment, the earliest first."""
    for step in sorted(steps, key=attrgetter("moment")):
        with clock.at(step.moment):
            step.play(stage)
