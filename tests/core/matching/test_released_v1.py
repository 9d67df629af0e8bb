"""Model v1 as released: these figures never change. A better model is a new sub-package."""

from __future__ import annotations

import pytest

from crosslight.core.matching import KEY_KINDS, columns, keys
from tests.core.matching.builders import counted, matched, prepared

_POPULATION = counted(
    {
        "person=diallo": 4_000,
        "person=mamadou": 5_000,
        "person=ndiaye": 3_000,
        "phone:+447700900123": 2,
        "phone:+447700900456": 900,
    }
)


@pytest.mark.parametrize(
    ("left", "right", "weight", "band"),
    [
        ({"name": "Mamadou Diallo"}, {"name": "Momodou Jallow"}, 7.599, "weak"),
        (
            {"name": "Ousmane Ndiaye", "birthDate": "1990-03-14"},
            {"name": "Ousman Njie", "birthDate": "14/03/1990"},
            22.085,
            "probable",
        ),
        (
            {"name": "Ousmane Ndiaye", "birthDate": "1990-03-04"},
            {"name": "Njie Ousman", "birthDate": "1990-04-03"},
            19.021,
            "probable",
        ),
        (
            {"name": "Ousmane Ndiaye", "birthDate": "1990-01-01"},
            {"name": "Ousman Njie", "birthDate": "1990-01-01"},
            13.417,
            "weak",
        ),
        (
            {"name": "Fatou Diop", "phone": "+447700900123"},
            {"name": "Fatou Jobe", "phone": "0044 7700 900123"},
            18.923,
            "strong",
        ),
        (
            {"name": "Fatou Diop", "phone": "+447700900456"},
            {"name": "Binta Coly", "phone": "+447700900456"},
            -8.8,
            "none",
        ),
        (
            {"name": "Fatou Diop", "phone": "+447700900123"},
            {"name": "Lamine Kanté", "phone": "+447700900123"},
            -0.117,
            "probable",
        ),
        (
            {"name": "Sidi Ould Ahmed", "passportNumber": "X0001234"},
            {"name": "Sidi Mohamed Ould Ahmed", "passportNumber": "X0001235"},
            19.797,
            "probable",
        ),
        (
            {"name": "Awa Sarr", "birthPlace": "Tambacounda", "gender": "f", "nationality": "sn"},
            {
                "name": "Awa Saar",
                "birthPlace": "Tambakunda",
                "gender": "female",
                "nationality": "gm",
            },
            18.047,
            "weak",
        ),
        (
            {"name": "Mamadou Diallo", "birthDate": "1990-03-14"},
            {"name": "Mamadou Diarra", "birthDate": "1990-03-14"},
            9.816,
            "none",
        ),
    ],
)
def test_weight_and_band(left, right, weight, band):
    result = matched(prepared(**left), prepared(**right), population=_POPULATION)
    assert (result.weight, result.band) == (weight, band)


def test_keys():
    """An index made by one installation is read by the next: keys are the same numbers for ever."""
    person = prepared(
        name="El Hadji Ousman Njie",
        birthDate="14/03/1990",
        birthPlace="Kolda",
        phone="+447700900123",
        passportNumber="XO001234",
    )
    held = keys(columns([person]))
    kinds = [KEY_KINDS[kind] for kind in held.kinds.tolist()]
    assert sorted(zip(kinds, held.keys.tolist(), strict=True)) == [
        ("date", -2726183608860754771),
        ("date_place", 3174693567409948749),
        ("exact", 2510045043832272747),
        ("exact", 3852599714988717615),
        ("name", 3866230321050010479),
        ("name_date", -3496695083838577799),
        ("name_date", -3021239948922277505),
        ("name_place", -1466176098178321449),
        ("name_place", -1190240642633852448),
        ("name_start", -9059169527849869982),
        ("name_year", -7399242094035034780),
        ("start_date", -436021962708382076),
        ("start_date", 4883240159278800768),
        ("start_place", -6178614543701779921),
        ("start_place", -1395065655300182548),
        ("start_year", -1480028927312447355),
        ("start_year", 2412331671893295839),
        ("starts_year", 3168359279880576902),
        ("value", -3237968799472541579),
        ("variant", -8362680325475415439),
        ("variant", -1528125383638488985),
        ("word", -6460529417184078689),
        ("word", -5940778262784903590),
    ]
