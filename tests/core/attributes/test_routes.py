"""Routes: order of places and period."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import routes

_WAY = "Dakar > Nouakchott > Las Palmas, 2026-03"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (_WAY, "from Dakar to Nouakchott to Las Palmas 2026-03-15", "same"),
        (_WAY, "Dakar → Nouakchott → Las Palmas", "time_unknown"),
        (_WAY, "Dakar - Nouakchott - Las Palmas 2026-06", "other_time"),
        (_WAY, "Dakar > Nouadhibou > Las Palmas", "part"),
        (_WAY, "Las Palmas > Dakar", "reverse"),
        (_WAY, "Banjul > Tripoli", "different"),
    ],
)
def test_level_names_how_two_routes_agree(left, right, expected):
    ours, theirs = (routes.form(raw) for raw in (left, right))
    assert routes.level(ours, theirs) == expected
    is_key_shared = bool(set(routes.variants(ours)) & set(routes.variants(theirs)))
    assert is_key_shared is (expected != "different")


@pytest.mark.parametrize("raw", ["Dakar", "2026-03", ""])
def test_one_place_is_no_route(raw):
    assert routes.form(raw) is None


def test_many_stops_make_few_keys():
    form = routes.form(" > ".join(f"Place{letter}" for letter in "abcdefghijklm"))
    assert len(routes.variants(form)) == 6
