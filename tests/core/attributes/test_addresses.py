"""Addresses and places: doors, streets and distances."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import addresses


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("12, rue Carnot, Dakar", "12"),
        ("12 bis rue Carnot, Dakar", "12bis"),
        ("Rue Carnot n° 12, Dakar", "12"),
        ("Villa 0012, Cité Carnot, Dakar", "12"),
        ("Rue 10, Médina, Dakar", ""),
        ("12 rue 10, Médina, Dakar", "12"),
    ],
)
def test_the_number_of_the_door_is_told_from_a_street_called_by_a_number(raw, expected):
    assert addresses.form(raw).split("|")[1] == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("12, rue Carnot, Dakar", "Carnot Street 12, Dakar, Senegal", "same_door"),
        ("12 rue Carnot, Dakar", "C/ Carnot 12, Dakar", "same_door"),
        ("12 rue Carnot Dakar", "12, rue Carnot, Dakar", "same_door"),
        ("12 rue 10, Médina, Dakar", "Rue 10 no 12, Medina", "same_door"),
        (
            "Unité 10, Villa 123, Parcelles Assainies",
            "Parcelles Assainies U10 villa 123, Dakar",
            "same_door",
        ),
        ("Brusubi Phase 2, House 34", "34 Brusubi Phase II", "same_door"),
        ("HLM Grand Yoff Villa 45 Dakar", "Villa 45 HLM Grand-Yoff, Dakar, Sénégal", "same_door"),
        ("Calle Mayor, 5, 2º B, Las Palmas", "C/ Mayor 5, Las Palmas", "same_door"),
        ("12, Médina, Dakar", "12 rue Carnot, Médina, Dakar", "same_place"),
        ("Via Roma 10, Napoli", "Roma, Italia", "different"),
        ("12, rue Carnot, Dakar", "14, rue Carnot, Dakar", "same_street"),
        ("rue Carnot, Dakar", "12 avenue Carnot, Dakar", "same_street"),
        ("12, rue Carnot, Dakar", "12, rue Carnot, Thiès", "different"),
        ("12, rue Carnot, Dakar", "8, rue Blanchot, Dakar", "same_place"),
        ("Tambacounda", "Tambakunda, Senegal", "same_place"),
        ("Dakar, Senegal", "Thiès, Senegal", "different"),
        ("13.45490, -16.57900", "geo:13.4551,-16.5791", "within_50m"),
        ("13.45490, -16.57900", "13.45700, -16.58000", "within_500m"),
        ("13.45490, -16.57900", "13.47000, -16.58000", "within_5km"),
        ("13.45490, -16.57900", "14.47000, -16.58000", "different"),
        (
            "12 rue Carnot, Dakar 14.66900, -17.43800",
            "12 rue Carnot, Dakar 14.8, -17.438",
            "same_door",
        ),
        (
            "12 rue Carnot, Dakar 14.66900, -17.43800",
            "12 rue Carnot, Dakar 14.80, -17.43",
            "same_place",
        ),
    ],
)
def test_level_names_how_two_addresses_agree(left, right, expected):
    assert addresses.level(addresses.form(left), addresses.form(right)) == expected


def test_a_door_is_an_exact_key_only_with_street_and_town():
    left, right = (
        addresses.form(raw) for raw in ("12, rue Carnot, Dakar", "Carnot Street 12, Dakar, Senegal")
    )
    assert addresses.key(left) == addresses.key(right) is not None
    assert addresses.key(addresses.form("rue Carnot, Dakar")) is None
    assert addresses.key(addresses.form("Dakar")) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("12, rue Carnot, Dakar", "12 rue Carnot"),
        ("12, rue Carnot, Dakar", "rue Carnot, Dakar"),
        ("beach 13.45490, -16.57900", "13.45700, -16.58000"),
    ],
)
def test_variants_bring_near_places_together(left, right):
    ours, theirs = (addresses.variants(addresses.form(raw)) for raw in (left, right))
    assert set(ours) & set(theirs)
