from __future__ import annotations

import pytest

from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.entities.verification import (
    SET_LABELS,
    SetAttribute,
    last_characters,
    reduced,
    town_of,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("X0012345", "…345"), ("x-00 12 345", "…345"), ("AB12", "…12"), ("AB1", "…1"), ("7", "…")],
)
def test_of_a_number_its_end_and_never_more_than_half(value, shown):
    assert last_characters(value) == shown


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("12 Quay Road, Harbourtown", "Harbourtown"),
        ("12 Quay Road, Harbourtown, 4711", "Harbourtown"),
        ("12 Quay Road", ""),
        ("", ""),
    ],
)
def test_of_an_address_the_town_alone(address, town):
    assert town_of(address) == town


def test_the_set_of_a_person_is_what_the_procedure_lists():
    names = [name for name in SCHEMATA["Person"].properties if reduced("Person", name, "a, b")]
    assert names == [
        "birthDate",
        "birthPlace",
        "nationality",
        "passportNumber",
        "idNumber",
        "address",
    ]


@pytest.mark.parametrize("schema", SCHEMATA)
def test_no_set_holds_a_name_a_contact_or_a_note(schema):
    for name in ("name", "alias", "phone", "email", "notes", "summary", "remarks", "website"):
        found = reduced(schema, name, "some value 12345")
        assert found is None or found.value == "…345"


def test_every_attribute_has_a_label():
    assert set(SET_LABELS) == set(SetAttribute)
