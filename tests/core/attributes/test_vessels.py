"""Ships and pirogues: numbers, painted registration, names and colours."""

from __future__ import annotations

import pytest

from crosslight.core.attributes import vessels


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("IMO 9074729", "9074729||||"),
        ("MV Invented Star, IMO: 9074729, MMSI 227006760", "9074729|227006760||invented star|"),
        ("9074729", "9074729||||"),
        ("Pirogue MAME DIARRA bleue et blanche, CR-1234", "||CR1234|mame diarra|blue white"),
        ("DK 345 P", "||DK345P||"),
        ("cayuco azul y blanco 'Sope Nabi'", "|||sope nabi|blue white"),
        ("gaal bu weex", "|||bu|white"),
        ("blue boat", None),
        ("", None),
    ],
)
def test_form_takes_a_description_apart(raw, expected):
    assert vessels.form(raw) == expected


def test_arabic_colours_are_read():
    assert vessels.form("قارب أزرق CR-1234") == "||CR1234||blue"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("IMO 9074729", "MV Other Name IMO 9074729", "same_number"),
        ("MMSI 227006760", "Invented Star MMSI 227006760", "same_number"),
        ("Star IMO 9074729", "Star IMO 9176187", "different"),
        ("Pirogue CR-1234", "CR 1234 bleue", "same_registration"),
        ("Pirogue CR-1Z34", "CR-1234", "different"),
        ("Pirogue CR-12345", "CR-12346", "one_character"),
        ("pirogue Mame Diarra bleue", "patera azul MAME DIARRA", "same_name_and_colours"),
        ("pirogue Mame Diarra bleue", "pirogue Mame Diarra rouge", "same_name"),
        ("pirogue Mame Diarra Bousso", "pirogue Mame Diarra", "near_name"),
        ("pirogue Mame Diarra", "pirogue Sope Nabi", "different"),
    ],
)
def test_level_names_how_two_boats_agree(left, right, expected):
    assert vessels.level(vessels.form(left), vessels.form(right)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Invented Star IMO 9074729 MMSI 227006760", "MMSI 227006760"),
        ("pirogue Mame Diarra CR-1234", "CR 1234"),
        ("pirogue Mame Diarra", "boat MAME DIARRA blue"),
    ],
)
def test_keys_and_variants_bring_the_same_boat_together(left, right):
    ours, theirs = (vessels.form(raw) for raw in (left, right))
    assert {vessels.key(ours), *vessels.variants(ours)} & {
        vessels.key(theirs),
        *vessels.variants(theirs),
    } - {None}
