from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.entities.draft import (
    MOST_STATEMENTS,
    EntityDraft,
    StatementDraft,
    check_entity,
)
from crosslight.core.entities.schemata import SCHEMATA
from crosslight.core.vocabulary.coordination import Audience, EntityRole, Route, Visibility
from crosslight.core.vocabulary.law import DataSubjectCategory

TODAY = date(2025, 11, 21)


def said(name, value, **rest):
    return StatementDraft(name, value, "Interview note 7", **rest)


def codes(schema, *statements):
    draft = EntityDraft(schema, tuple(statements))
    return [(fault.code, fault.field) for fault in check_entity(draft, today=TODAY)]


@pytest.mark.parametrize(
    ("schema", "name", "value"),
    [
        ("Person", "name", "Njie"),
        ("Person", "birthDate", "1987-03-14"),
        ("Person", "birthDate", "14/03/1987"),
        ("Person", "birthDate", "1987"),
        ("Person", "nationality", "SN"),
        ("Person", "nationality", "xn"),
        ("Person", "gender", "female"),
        ("Person", "phone", "+44 7700 900123"),
        ("Person", "phone", "07700 900123"),
        ("Person", "phone", "33 123 45"),
        ("Person", "email", "name@example.org"),
        ("Person", "passportNumber", "X0000000"),
        ("BankAccount", "iban", "GB82 WEST 1234 5698 7654 32"),
        ("Vessel", "imoNumber", "IMO 9074729"),
        ("Vessel", "mmsi", "244 123 456".replace(" ", "")),
        ("Vehicle", "registrationNumber", "AB 123 C"),
        ("Address", "full", "12 Quay Road, Harbourtown"),
    ],
)
def test_a_sensible_value_is_taken(schema, name, value):
    caption = SCHEMATA[schema].caption[0]
    assert codes(schema, said(name, value), said(caption, _caption_value(schema))) == []


def _caption_value(schema):
    return "GB82 WEST 1234 5698 7654 32" if schema == "BankAccount" else "Some Name"


@pytest.mark.parametrize(
    ("schema", "name", "value", "code"),
    [
        ("Person", "birthDate", "1987-02-30", "V-105"),
        ("Person", "birthDate", "in spring", "V-105"),
        ("Person", "birthDate", "1066-10-14", "V-105"),
        ("Person", "birthDate", "2026-01-01", "V-106"),
        ("BankAccount", "iban", "GB82 WEST 1234 5698 7654 33", "V-107"),
        ("Person", "phone", "12 34", "V-108"),
        ("Person", "email", "name at example", "V-109"),
        ("Person", "nationality", "Norland", "V-110"),
        ("Person", "nationality", "QQ1", "V-110"),
        ("Person", "gender", "yes", "V-111"),
        ("Vessel", "imoNumber", "9074728", "V-113"),
        ("Vessel", "mmsi", "12345", "V-114"),
        ("Person", "passportNumber", "-", "V-115"),
    ],
)
def test_nonsense_is_refused_at_its_place_with_a_remedy(schema, name, value, code):
    draft = EntityDraft(schema, (said(name, value),))
    (fault,) = check_entity(draft, today=TODAY)
    assert (fault.code, fault.field) == (code, "statements.0.value")
    assert fault.message
    assert fault.remedy


def test_the_rules_of_the_whole():
    assert codes("Spaceship", said("name", "X")) == [("V-101", "schema")]
    assert codes("Person") == [("V-102", "statements")]
    assert codes("Person", said("imoNumber", "9074729")) == [("V-104", "statements.0.property")]
    assert codes("Person", said("nationality", "XN")) == [("V-116", "statements")]
    many = [said("alias", f"Name {number}") for number in range(MOST_STATEMENTS + 1)]
    assert codes("Person", *many) == [("V-103", "statements")]


def test_a_statement_needs_a_source():
    draft = EntityDraft("Person", (StatementDraft("name", "Ada", "  "),))
    (fault,) = check_entity(draft, today=TODAY)
    assert (fault.code, fault.field) == ("V-117", "statements.0.source")


@pytest.mark.parametrize(
    ("observed_on", "code"),
    [
        ("", None),
        ("2025", None),
        ("2025-11", None),
        ("2025-11-21", None),
        ("2025-11-22", "V-106"),
        ("21/11/2025", "V-112"),
        ("2025-13", "V-105"),
        ("yesterday", "V-112"),
    ],
)
def test_the_observed_time_is_a_date_that_has_been(observed_on, code):
    found = codes("Person", said("name", "Ada", observed_on=observed_on))
    assert found == ([] if code is None else [(code, "statements.0.observed_on")])


def test_j5_category_defaults_to_unknown_and_protected_ones_are_not_matched_by_default():
    plain = EntityDraft("Person", (said("name", "Ada"),))
    assert plain.subject_category is DataSubjectCategory.UNKNOWN
    assert plain.resolved_audience(today=TODAY) is Audience.MATCH_ONLY
    for protected in (
        EntityDraft("Person", (), role=EntityRole.POSSIBLE_VICTIM),
        EntityDraft("Person", (), subject_category=DataSubjectCategory.WITNESS),
        EntityDraft("Person", (), is_minor=True),
        EntityDraft("Person", (), visibility=Visibility.VICTIM),
        EntityDraft("Person", (said("birthDate", "2010"),)),
    ):
        assert protected.route(today=TODAY) is Route.PROTECTION
        assert protected.resolved_audience(today=TODAY) is Audience.ONLY_US
    chosen = EntityDraft("Person", (), is_minor=True, audience=Audience.MATCH_ONLY)
    assert chosen.resolved_audience(today=TODAY) is Audience.MATCH_ONLY


@given(
    schema=st.sampled_from(sorted(SCHEMATA)),
    name=st.sampled_from(sorted({name for item in SCHEMATA.values() for name in item.properties})),
    value=st.text(max_size=60),
)
def test_no_text_makes_the_check_fail(schema, name, value):
    for fault in check_entity(EntityDraft(schema, (said(name, value),)), today=TODAY):
        assert fault.code.startswith("V-")
