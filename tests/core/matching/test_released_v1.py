"""Model v1 as released: these figures never change. A better model is a new sub-package."""

from __future__ import annotations

import pytest

from tests.core.matching.builders import Counted, matched, prepared

_POPULATION = Counted(
    {
        "token:diallo": 4_000,
        "token:mamadou": 5_000,
        "token:ndiaye": 3_000,
        "phone:+447700900123": 2,
        "phone:+447700900456": 900,
    }
)


@pytest.mark.parametrize(
    ("left", "right", "weight", "band"),
    [
        ({"name": "Mamadou Diallo"}, {"name": "Momodou Jallow"}, 8.504, "weak"),
        (
            {"name": "Ousmane Ndiaye", "birthDate": "1990-03-14"},
            {"name": "Ousman Njie", "birthDate": "14/03/1990"},
            23.262,
            "probable",
        ),
        (
            {"name": "Ousmane Ndiaye", "birthDate": "1990-03-04"},
            {"name": "Njie Ousman", "birthDate": "1990-04-03"},
            18.762,
            "probable",
        ),
        (
            {"name": "Ousmane Ndiaye", "birthDate": "1990-01-01"},
            {"name": "Ousman Njie", "birthDate": "1990-01-01"},
            11.762,
            "weak",
        ),
        (
            {"name": "Fatou Diop", "phone": "+447700900123"},
            {"name": "Fatou Jobe", "phone": "0044 7700 900123"},
            26.553,
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
            8.932,
            "probable",
        ),
        (
            {"name": "Sidi Ould Ahmed", "passportNumber": "X0001234"},
            {"name": "Sidi Mohamed Ould Ahmed", "passportNumber": "X0001235"},
            23.361,
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
            15.362,
            "weak",
        ),
        (
            {"name": "Mamadou Diallo", "birthDate": "1990-03-14"},
            {"name": "Mamadou Diarra", "birthDate": "1990-03-14"},
            10.67,
            "none",
        ),
    ],
)
def test_weight_and_band(left, right, weight, band):
    result = matched(prepared(**left), prepared(**right), rarity=_POPULATION)
    assert (result.weight, result.band) == (weight, band)


def test_keys():
    found = prepared(
        name="El Hadji Ousman Njie",
        birthDate="14/03/1990",
        birthPlace="Kolda",
        phone="+447700900123",
        passportNumber="XO001234",
    )
    assert sorted(found.keys) == [
        "doc:X0001234",
        "name:ndiaye ousmane",
        "namedate:ndiaye|1990-03-14",
        "namedate:ousmane|1990-03-14",
        "nameplace:ndiaye|kolda",
        "nameplace:ousmane|kolda",
        "namestart:ndi ous",
        "nameyear:ndiaye ousmane|1990",
        "phone:+447700900123",
        "phonetail:00900123",
        "startplace:ndi|kolda",
        "startplace:ous|kolda",
        "startyear:ndi|1990",
        "startyear:ous|1990",
        "token:ndiaye",
        "token:ousmane",
    ]
