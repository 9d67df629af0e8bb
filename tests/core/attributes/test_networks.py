"""Internet addresses and the time at which they were seen; addresses are those of RFC 5737."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import networks

_MORNING = "203.0.113.7 2026-03-01T10:00Z"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (_MORNING, "203.0.113.7|2026-03-01T10:00/2026-03-01T10:00"),
        ("203.0.113.7:443", "203.0.113.7|"),
        ("2001:DB8:0::1 2026-03-01", "2001:db8::1|2026-03-01T00:00/2026-03-01T23:59"),
        ("::ffff:203.0.113.7", "203.0.113.7|"),
        ("1.2.3", None),
        ("999.1.1.1", None),
        ("2026-03-01 10:00", None),
    ],
)
def test_form_holds_address_and_period(raw, expected):
    assert networks.form(raw) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (_MORNING, "203.0.113.7 2026-03-01 12:05 +02:00", "same_time"),
        (_MORNING, "203.0.113.7 2026-03-01T18:00Z", "same_day"),
        (_MORNING, "203.0.113.7 2026-04-01T18:00Z", "other_time"),
        (_MORNING, "203.0.113.7", "time_unknown"),
        (_MORNING, "203.0.113.9 2026-03-01T10:01Z", "same_network"),
        (_MORNING, "203.0.113.9 2026-04-01T10:01Z", "different"),
        (_MORNING, "198.51.100.7 2026-03-01T10:00Z", "different"),
        ("192.168.1.1 2026-03-01", "192.168.1.1 2026-03-01", "different"),
    ],
)
def test_level_asks_for_the_same_time(left, right, expected):
    assert networks.level(networks.form(left), networks.form(right)) == expected


def test_an_address_is_a_key_only_with_its_day_and_never_inside_a_network():
    assert networks.key(networks.form(_MORNING)) == "203.0.113.7 2026-03-01"
    assert networks.key(networks.form("203.0.113.7")) is None
    assert networks.key(networks.form("10.0.0.1 2026-03-01")) is None
    assert networks.variants(networks.form("10.0.0.1 2026-03-01")) == ()
