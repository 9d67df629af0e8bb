"""A due time in words, in UTC, and on the clock of the reader's country."""

from __future__ import annotations

from datetime import UTC, datetime

from crosslight.partnerships.models import Country
from crosslight.web.unit.clocks import clock_of
from tests.coordination.factories import confirmed
from tests.factories import World
from tests.web.unit.asking import page

DUE = datetime(2026, 11, 28, 22, 30, tzinfo=UTC)


def test_the_local_time_is_that_of_the_readers_country(world: World) -> None:
    Country.objects.filter(code="XN").update(time_zone="Africa/Kampala")

    here = clock_of(world.fatou, DUE)
    there = clock_of(world.lamin, DUE)

    assert here is not None
    assert there is not None
    assert (here.local, here.place) == ("29 Nov 01:30", "Norland")
    assert there.local == ""
    assert clock_of(world.fatou, None) is None


def test_the_page_says_both(world: World) -> None:
    Country.objects.filter(code="XN").update(time_zone="Africa/Kampala")
    pair = confirmed(world)

    seen = page(world.fatou, "decide", pair.match.pk)

    assert "due in 6 days" in seen
    assert "UTC" in seen
    assert "in Norland" in seen
    assert "in Suderland" not in page(world.lamin, "decide", pair.match.pk)
