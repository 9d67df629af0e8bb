"""Positions in text, distances and the cells under which near positions meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes import coordinates
from crosslight.core.attributes.coordinates import Position

_LATITUDES = st.floats(-60, 60)
_LONGITUDES = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13.45490, -16.57900", "13.45490,-16.57900"),
        ("(13.4549 -16.5790)", "13.45490,-16.57900"),
        ("geo:13.4549,-16.579;u=35", "13.45490,-16.57900"),
        ("https://www.openstreetmap.org/#map=17/13.4549/-16.579", "13.45490,-16.57900"),
        (
            "https://www.openstreetmap.org/?mlat=13.4549&mlon=-16.579#map=5/1/1",
            "13.45490,-16.57900",
        ),
        ("https://www.google.com/maps/@13.4549,-16.579,15z", "13.45490,-16.57900"),
        ("https://maps.google.com/?q=13.4549,-16.579", "13.45490,-16.57900"),
        (
            "https://www.google.com/maps/place/X/@13.1,-16.1,17z/data=!3d13.4549!4d-16.579",
            "13.45490,-16.57900",
        ),
        ("13°27'17.6\"N 16°34'44.4\"W", "13.45489,-16.57900"),
        ("13° 27' N, 16° 34' O", "13.45000,-16.56667"),
    ],
)
def test_a_position_is_read_in_many_writings(text, expected):
    found, rest = coordinates.read(f"House by the river {text} blue door")
    assert str(found) == expected
    assert rest.split() == ["House", "by", "the", "river", "blue", "door"]


@pytest.mark.parametrize("text", ["0.00, 0.00", "95.123, 12.123", "12, 13", "rue 12.5", ""])
def test_other_numbers_are_no_position(text):
    assert coordinates.read(text) == (None, text)


def test_distance_is_that_of_the_great_circle():
    assert coordinates.metres_between(Position(0, 0), Position(0, 1)) == pytest.approx(
        111_195, abs=1
    )
    assert coordinates.metres_between(Position(10, 20), Position(10, 20)) == 0
    assert coordinates.metres_between(Position(0, 179.9), Position(0, -179.9)) < 23_000


@given(_LATITUDES, _LONGITUDES, st.floats(-0.0044, 0.0044), st.floats(-0.0044, 0.0044))
def test_positions_within_500_metres_share_a_cell(latitude, longitude, north, east):
    left = Position(latitude, longitude)
    right = Position(latitude + north, max(-180, min(180, longitude + east)))
    assert set(coordinates.cells(left)) & set(coordinates.cells(right))


def test_cells_meet_across_the_date_line():
    left, right = Position(1, 179.999), Position(1, -179.999)
    assert set(coordinates.cells(left)) & set(coordinates.cells(right))


@given(st.text(max_size=60))
def test_any_text_is_a_position_or_none(text):
    found, _ = coordinates.read(text)
    assert found is None or coordinates.from_text(str(found)) is not None or abs(found.latitude) < 1
