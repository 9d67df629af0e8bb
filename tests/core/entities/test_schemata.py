from __future__ import annotations

import pytest
from followthemoney import model

from crosslight.core.entities.schemata import SCHEMATA, caption_of, property_label


@pytest.mark.parametrize("schema", SCHEMATA.values(), ids=lambda schema: schema.name)
def test_every_property_is_followthemoneys_own(schema):
    theirs = model.get(schema.name)
    assert theirs is not None
    for name, ours in schema.properties.items():
        assert theirs.properties[name].type.name == ours.type.value, name
    assert set(schema.caption) <= set(schema.properties)


def test_the_schemata_are_those_that_units_need():
    assert set(SCHEMATA) == {
        "Person",
        "Organization",
        "Company",
        "Vehicle",
        "Vessel",
        "BankAccount",
        "Identification",
        "UserAccount",
        "Address",
    }


@pytest.mark.parametrize(
    ("schema", "properties", "caption"),
    [
        ("Person", {"name": ["Ada Example", "A. Example"], "phone": ["1"]}, "Ada Example"),
        ("Person", {"phone": ["+44 7700 900123"]}, "+44 7700 900123"),
        ("Vehicle", {"registrationNumber": ["AB 123"], "type": ["Van"]}, "AB 123"),
        ("Person", {"nationality": ["XN"]}, ""),
        ("Person", {}, ""),
    ],
)
def test_caption_is_the_best_name_there_is(schema, properties, caption):
    assert caption_of(schema, properties) == caption


def test_a_label_may_depend_on_the_schema():
    assert property_label("Vehicle", "registrationNumber") == "Plate"
    assert property_label("Vessel", "registrationNumber") == "Registration number"
    assert property_label("Vehicle", "unheardOf") == "unheardOf"
