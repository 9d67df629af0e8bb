from __future__ import annotations

import json

import pytest

from crosslight.core.entities.comparable import comparable_form
from crosslight.core.entities.snapshot import (
    EntitySnapshot,
    StatementSnapshot,
    is_barred_from_court,
)
from crosslight.core.vocabulary.law import HandlingCode


def statement(code):
    return StatementSnapshot("name", "Ada", "Unit B, B-1", "A", "1", code, "fact", "", "uni_1")


def test_a_snapshot_survives_json():
    snapshot = EntitySnapshot("Person", "Ada", "recruiter", "suspect", (statement("H1"),))
    assert EntitySnapshot.from_dict(json.loads(json.dumps(snapshot.to_dict()))) == snapshot


@pytest.mark.parametrize(
    ("codes", "winner"),
    [(["H0"], "H0"), (["H0", "H1"], "H1"), (["H3", "H0", "H2"], "H3"), (["H2", "H1"], "H2")],
)
def test_the_most_restrictive_code_wins(codes, winner):
    snapshot = EntitySnapshot("Person", "Ada", "", "", tuple(map(statement, codes)))
    assert snapshot.handling_code == winner


def test_everything_above_h0_carries_the_mark():
    assert [is_barred_from_court(code) for code in HandlingCode] == [False, True, True, True]


@pytest.mark.parametrize(
    ("schema", "name", "one", "other"),
    [
        ("Person", "phone", "+44 7700 900123", "07700 900123"),
        ("Person", "name", "DIALLO Mamadou", "Mamadou Diallo"),
        ("BankAccount", "iban", "GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32"),
    ],
)
def test_the_same_value_has_one_comparable_form(schema, name, one, other):
    form = comparable_form(schema, name, one, country="GB")
    assert form
    assert form == comparable_form(schema, name, other, country="GB")


def test_what_cannot_be_compared_has_no_form():
    assert comparable_form("Person", "notes", "a note", country="GB") == ""
    assert comparable_form("Person", "email", "a\x00@example.org", country="GB") == ""
