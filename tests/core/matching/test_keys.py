from __future__ import annotations

import numpy as np
import pytest

from crosslight.core.matching.model import Attribute, Record
from crosslight.core.matching.v1 import (
    COMMON_VALUE_HOLDERS,
    KEY_KINDS,
    columns,
    counted_keys,
    exact_keys,
    joined,
    key_of,
    keys,
    most_holders,
    prepare,
)
from tests.core.matching.builders import prepared


def found(*records):
    """Keys of each record that may fetch candidates."""
    held = keys(columns(records))
    usable = held.usable(np.ones(len(held), dtype=np.int64))
    return [set(held.keys[usable & (held.rows == row)].tolist()) for row in range(len(records))]


def kinds_of(*records):
    held = keys(columns(records))
    return {KEY_KINDS[kind] for kind in held.kinds.tolist()}


def test_exact_keys_are_the_identifiers_alone():
    person = prepared(name="Ousman Njie", phone="0044 7700 900123", email="o@example.org")
    assert set(exact_keys(person).values()) == {"phone:+447700900123", "email:o@example.org"}
    held = keys(columns([person]))
    assert set(held.keys[held.is_exact].tolist()) == set(exact_keys(person))
    assert key_of("phone:+447700900123") in exact_keys(person)


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
        (
            {"name": "Zibouba", "birthDate": "1990-03-04"},
            {"name": "Awa Kolly", "birthDate": "1990-03-04"},
        ),
    ],
)
def test_two_of_one_person_share_a_key(left, right):
    one, other = found(prepared(**left), prepared(**right))
    assert one & other


def test_the_country_of_entry_reads_national_numbers():
    record = Record("ent_1", "Person", {Attribute.PHONE: ("07700 900123",)})
    assert exact_keys(prepare(record)) == {}
    assert set(exact_keys(prepare(record, country="gb")).values()) == {"phone:+447700900123"}
    national = prepared(phone="07700 900123", entered_in="gb")
    assert set(exact_keys(national).values()) == {"phone:+447700900123"}


def test_placeholder_dates_make_no_date_key():
    person = prepared(name="Awa Sarr", birthDate=["1990-01-01", "1900-01-01"])
    assert not kinds_of(person) & {"date", "name_date", "start_date"}


def test_the_words_of_organisations_are_counted_apart():
    person, firm = prepared(name="Teranga Fish"), prepared(schema="Company", name="Teranga Fish")
    one, other = found(person, firm)
    assert not one & other


def test_only_an_address_that_is_an_entity_is_an_exact_key():
    assert exact_keys(prepared(schema="Address", full="12 rue Carnot, Dakar"))
    assert not exact_keys(prepared(schema="Address", full="Dakar, Senegal"))
    assert not exact_keys(prepared(schema="Person", address="12 rue Carnot, Dakar"))


def test_no_record_has_a_key_twice():
    held = keys(columns([prepared(name=["Awa Sarr", "Sarr Awa"], birthDate="1990-03-04")]))
    assert len(held) == len(set(held.keys.tolist()))


@pytest.mark.parametrize(
    ("kind", "holders", "usable"),
    [
        ("exact", COMMON_VALUE_HOLDERS, True),
        ("exact", COMMON_VALUE_HOLDERS + 1, False),
        ("name", COMMON_VALUE_HOLDERS + 1, True),
        ("name", 5_000, False),
        ("value", 1, False),
    ],
)
def test_a_common_value_gives_no_candidates(kind, holders, usable):
    assert (holders <= most_holders(kind)) is usable


def test_keys_do_not_depend_on_the_chunk_that_a_record_comes_in():
    people = [
        prepared(name="Awa Sarr", phone="+447700900123", birthPlace="Kolda"),
        prepared(name="Ousman Njie", birthDate=["1990-03-04", "1991"]),
        prepared(schema="Company", name="Teranga Fish", email="a@example.org"),
        prepared(address="12 rue Carnot, Dakar", alias=["Baye Zibouba", "Z"]),
    ]
    whole = keys(columns(people))
    parts = keys(joined([columns(people[:1]), columns(people[1:3]), columns(people[3:])]))
    assert (whole.rows == parts.rows).all()
    assert (whole.keys == parts.keys).all()
    assert (whole.kinds == parts.kinds).all()


def test_no_records_have_no_keys():
    assert len(keys(columns([]))) == 0


def test_counted_keys_are_those_of_words_and_describing_values():
    batch = columns(
        [
            prepared(name="Ousman Njie", birth_place="Banjul", phone="0044 7700 900123"),
            prepared(name="Binta Sow", nationality="gm"),
        ]
    )
    held = keys(batch)
    kinds = [KEY_KINDS.index(kind) for kind in ("word", "value")]
    counted = held.keys[np.isin(held.kinds, kinds)]
    assert set(counted_keys(batch).tolist()) == set(counted.tolist())
    assert len(counted_keys(batch)) == 5


def test_records_that_hold_nothing_have_no_counted_keys():
    assert counted_keys(columns([prepared(phone="0044 7700 900123")])).tolist() == []
