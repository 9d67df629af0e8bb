"""Due times as people read them: in words, in UTC, and on the clock of the reader's country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crosslight.core.policy import Actor
from crosslight.partnerships.selectors import country
from crosslight.web.shared.dates import MOMENT_NEAR, written


@dataclass(frozen=True, slots=True)
class Clock:
    """`local` is empty where the country's clock shows UTC itself."""

    at: datetime
    local: str
    place: str


def clock_of(actor: Actor, at: datetime | None) -> Clock | None:
    if at is None:
        return None
    if actor.country is None:
        return Clock(at=at, local="", place="")
    here = country(actor.country)
    local = at.astimezone(ZoneInfo(here.time_zone))
    is_utc = not local.utcoffset()
    return Clock(at=at, local="" if is_utc else written(local, MOMENT_NEAR), place=here.name)
