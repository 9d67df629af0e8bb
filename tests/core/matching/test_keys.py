from __future__ import annotations

import pytest

from crosslight.core.matching import COMMON_VALUE_HOLDERS, Attribute, Record, is_key_usable, prepare
from tests.core.matching.builders import prepared


def test_a_person_has_keys_of_identifiers_names_and_birth():
    keys = prepared(
        name="Ousman Njie", phone="0044 7700 900123", birthDate="14/03/1990", passportNumber="XO1I"
    ).keys
    assert {
        "phone:+447700900123",
        "phonetail:00900123",
        "doc:X011",
        "name:ndiaye ousmane",
        "nameyear:ndiaye ousmane|1990",
        "namedate:ndiaye|1990-03-14",
    } <= keys


def test_exact_keys_are_the_identifiers_alone():
    found = prepared(name="Ousman Njie", phone="0044 7700 900123", email="o@example.org")
    assert found.exact_keys == {"phone:+447700900123", "email:o@example.org"}
    assert found.exact_keys < found.keys


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"name": "Ousmane Ndiaye"}, {"name": "NJIE Ousman"}),
        (
            {"name": "Awa Sarr", "birthDate": "1990-03-04"},
            {"name": "X Sarr", "birthDate": "1990-04-03"},
        ),
        ({"name": "A", "phone": "+447700900123"}, {"name": "B", "phone": "07700 900123"}),
        (
            {"name": "Awa Sarr", "birthPlace": "Tambacounda"},
            {"name": "Ama Saar", "birthPlace": "Tambakunda"},
        ),
    ],
)
def test_two_of_one_person_share_a_key(left, right):
    assert prepared(**left).keys & prepared(**right).keys


def test_the_country_of_entry_reads_national_numbers():
    record = Record("ent_1", "Person", {Attribute.PHONE: ("07700 900123",)})
    assert prepare(record).exact_keys == frozenset()
    assert prepare(record, country="gb").exact_keys == {"phone:+447700900123"}
    assert prepared(phone="07700 900123", entered_in="gb").exact_keys == {"phone:+447700900123"}


def test_placeholder_dates_make_no_date_key():
    keys = prepared(name="Awa Sarr", birthDate=["1990-01-01", "1900-01-01"]).keys
    assert not any(key.startswith("namedate:") for key in keys)
    assert not any(key.endswith("|1900") for key in keys)


def test_the_words_of_organisations_are_counted_apart():
    keys = prepared(schema="Company", name="Teranga Fish SARL").keys
    assert "orgname:fis teranga" in keys or "orgname:fiX teranga" in keys
    assert not any(key.startswith(("name:", "token:")) for key in keys)


def test_only_a_precise_address_is_an_exact_key():
    assert prepared(schema="Address", full="12 rue Carnot, Dakar").exact_keys
    assert not prepared(schema="Address", full="Dakar, Senegal").exact_keys
    assert not prepared(schema="Person", address="12 rue Carnot, Dakar").exact_keys


@pytest.mark.parametrize(
    ("key", "holders", "usable"),
    [
        ("phone:+447700900123", COMMON_VALUE_HOLDERS, True),
        ("phone:+447700900123", COMMON_VALUE_HOLDERS + 1, False),
        ("name:diallo mamadou", COMMON_VALUE_HOLDERS + 1, True),
        ("name:diallo mamadou", 5_000, False),
    ],
)
def test_a_common_value_gives_no_candidates(key, holders, usable):
    assert is_key_usable(key, holders) is usable
