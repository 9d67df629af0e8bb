"""Levels and weights of each comparison of model v1."""

from __future__ import annotations

import pytest

from crosslight.core.matching.model import Attribute, Band
from crosslight.core.matching.v1 import COMMON_VALUE_HOLDERS
from crosslight.core.matching.v1.figures import figures
from crosslight.core.matching.v1.wording import LABELS, SENTENCES
from tests.core.matching.builders import counted, level, matched, prepared


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1990-03-14", "14/03/1990", "exact"),
        ("1990-03-04", "1990-04-03", "swapped"),
        ("1990-03-14", "1990-03-15", "one_digit"),
        ("1990-03-14", "1990-30-14", "one_digit"),
        ("1990-03-14", "1990-08-29", "same_year"),
        ("1990-03-14", "1971-08-29", "different"),
        ("1990-03", "1990-03-14", "year_month"),
        ("1990-03", "1990-05-14", "same_year"),
        ("1990", "1990-03-14", "year"),
        ("1990", "1991-03-14", "near_year"),
        ("1990", "1995-03-14", "other_year"),
        ("1990-01-01", "1990-01-01", "placeholder"),
        ("1990-01-01", "1990-03-14", "placeholder"),
        ("1991-01-01", "1990-03-14", "near_year"),
        ("1900-01-01", "1900-01-01", "unknown"),
        ("1900-01-01", "1990-03-14", "unknown"),
    ],
)
def test_birth_dates_have_named_levels(left, right, expected):
    one, other = prepared(birthDate=left), prepared(birthDate=right)
    assert level(matched(one, other), "birth_date") == expected
    assert level(matched(other, one), "birth_date") == expected


def test_placeholders_weigh_almost_nothing():
    exact = matched(prepared(birthDate="1990-03-14"), prepared(birthDate="1990-03-14"))
    year = matched(prepared(birthDate="1990-01-01"), prepared(birthDate="1990-01-01"))
    unknown = matched(prepared(birthDate="1900-01-01"), prepared(birthDate="1900-01-01"))
    assert exact.weight > 10
    assert year.weight < exact.weight - 6
    assert abs(unknown.weight) < 6


@pytest.mark.parametrize(
    ("attribute", "property_name", "left", "right", "expected"),
    [
        ("phone", "phone", "+44 7700 900123", "0044 7700900123", "same"),
        ("phone", "phone", "+44 7700 900123", "7700900123", "same_national"),
        ("phone", "phone", "+44 7700 900123", "+44 7700 900456", "different"),
        ("email", "email", "Awa@example.org", "awa@example.org", "same"),
        ("email", "email", "awa+x@example.org", "awa@example.org", "same_mailbox"),
        ("document", "passportNumber", "X0001234", "X0001234", "exact"),
        ("document", "passportNumber", "XO00I234", "X0001234", "confusable"),
        ("document", "passportNumber", "X0001234", "X0001235", "one_character"),
        ("document", "passportNumber", "X0001234", "Y9991234", "different"),
        ("account", "iban", "GB33BUKB20201555555555", "GB33 BUKB 2020 1555 5555 55", "same"),
        ("sex", "gender", "F", "female", "exact"),
        ("sex", "gender", "male", "femme", "different"),
        ("nationality", "nationality", "sn", "SN", "exact"),
        ("nationality", "nationality", "Guinée-Bissau", "GW", "exact"),
        ("nationality", "nationality", "Gambie", "The Gambia", "exact"),
        ("nationality", "nationality", "Norland", "GM", "different"),
        ("birth_place", "birthPlace", "Tambacounda", "Tambakunda", "exact"),
        ("birth_place", "birthPlace", "devon", "west devon", "slip"),
        ("birth_place", "birthPlace", "Kolda", "Thiès", "different"),
        ("address", "address", "12 rue Carnot, Dakar", "Dakar, rue Carnot 12", "same_door"),
        ("address", "address", "12 rue Carnot, Dakar", "14 rue Carnot, Dakar", "same_street"),
    ],
)
def test_other_comparisons_have_named_levels(attribute, property_name, left, right, expected):
    one, other = prepared(**{property_name: left}), prepared(**{property_name: right})
    assert level(matched(one, other), attribute) == expected
    assert level(matched(other, one), attribute) == expected


def test_handles_need_the_same_platform_to_be_the_same():
    one = prepared(schema="UserAccount", username="awa.n", service="facebook")
    same = prepared(schema="UserAccount", username="https://fb.com/Awa.N")
    other = prepared(schema="UserAccount", username="awa.n", service="tiktok")
    assert level(matched(one, same), "handle") == "same_handle"
    assert level(matched(one, other), "handle") == "same_name_other_platform"


def test_one_number_of_two_countries_is_not_one_document():
    one = prepared(schema="Passport", passportNumber="X0001234", country="sn")
    other = prepared(schema="Passport", passportNumber="X0001234", country="gm")
    result = matched(one, other)
    assert level(result, "document") == "other_country"
    assert result.weight < matched(one, one).weight


def test_a_partial_plate_meets_the_whole_one():
    whole = prepared(schema="Vehicle", registrationNumber="DK 1234 A")
    seen = prepared(schema="Vehicle", registrationNumber="DK 12?4 A")
    assert level(matched(whole, seen), "plate") == "partial"


def test_organisations_agree_but_for_legal_form_and_by_acronym():
    one = prepared(schema="Company", name="Teranga Fish Export SARL")
    other = prepared(schema="Company", name="Teranga Fish Ltd")
    assert matched(one, other).weight > 3
    long = prepared(schema="Company", name="Agence Xanthe de Lutte contre les Dunes")
    short = prepared(schema="Company", name="AXLCD")
    assert level(matched(long, short), "organisation") == "acronym"


def test_a_wallet_and_a_phone_are_one_number():
    owner = prepared(phone="+44 7700 900123")
    wallet = prepared(schema="BankAccount", accountNumber="Wave +44 7700 900123")
    assert level(matched(owner, wallet), "phone") == "same"


def test_an_identifier_weighs_less_the_more_hold_it():
    one = prepared(phone="+447700900123")
    weights = [
        matched(one, one, population=counted({"phone:+447700900123": holders})).weight
        for holders in (2, 10, 20, COMMON_VALUE_HOLDERS + 1)
    ]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] < 1


def test_a_common_value_says_so():
    one = prepared(phone="+447700900123")
    result = matched(one, one, population=counted({"phone:+447700900123": 500}))
    assert level(result, "phone") == "common"
    assert "common value" in result.evidence[0].pointer


def test_a_common_name_weighs_less_than_a_rare_one():
    common = prepared(name="Mamadou Diallo")
    rare = prepared(name="Sirandou Zibouba")
    assert matched(common, common).weight < matched(rare, rare).weight
    many = counted({"person=diallo": 9_000, "person=mamadou": 7_000})
    few = counted({"person=diallo": 2, "person=mamadou": 2})
    assert (
        matched(common, common, population=many).weight
        < matched(common, common, population=few).weight
    )


def test_an_alias_weighs_less_than_a_name():
    known = prepared(name="Samba Kandé")
    also = prepared(name="Awa Sarr", alias="Samba Kandé")
    assert level(matched(known, also), "alias") is not None
    assert matched(known, also).weight < matched(known, known).weight


def test_what_relatives_share_counts_for_less():
    """A sister with the same surname, home and phone is no second entry of one person."""
    home = {"birthPlace": "Kolda", "phone": "+447700900123", "nationality": "sn"}
    one = prepared(name="Awa Zibouba", birthDate="1990-03-14", **home)
    sister = prepared(name="Binta Zibouba", birthDate="1994-07-02", **home)
    again = prepared(name="Awa Zibouba", birthDate="1990-03-14", **home)
    result = matched(one, sister)
    assert level(result, "kinship") == "shared"
    assert matched(one, again).weight > result.weight + 20


def test_sentences_show_both_values_and_pointers_show_none():
    one = prepared(name="Ousmane Ndiaye", phone="+44 7700 900123", birthDate="1990-03-14")
    other = prepared(name="Ousman Njie", phone="+44 7700 900124", birthDate="1990-03-15")
    for item in matched(one, other).evidence:
        assert item.left in item.sentence
        assert item.right in item.sentence
        assert not item.left or item.left not in item.pointer
        assert not item.right or item.right not in item.pointer


def test_the_pointer_of_a_rare_phone_says_that_it_is_rare():
    one = prepared(phone="+44 7700 900123")
    result = matched(one, one, population=counted({"phone:+447700900123": 2}))
    assert result.evidence[0].pointer == "The same phone number, and few others have it."


def test_the_name_sentence_names_group_and_lexicon():
    result = matched(prepared(name="Ousmane Ndiaye"), prepared(name="Ousman Njie"))
    assert "Ndiaye ~ Njie: West African spelling, lexicon" in result.evidence[0].sentence


@pytest.mark.parametrize("attribute", [a for a in Attribute if a in figures().comparisons])
def test_every_level_has_a_sentence(attribute):
    assert set(figures().comparisons[attribute].levels) <= set(SENTENCES[attribute])
    assert LABELS[attribute]


def test_two_names_are_never_both_read_otherwise_than_first():
    """Else neighbours who share a given name would agree, read with that as the family name."""
    one, other = prepared(name="Kong Wai Man"), prepared(name="Tse Pui Man")
    assert len(one.names) > 1
    assert len(other.names) > 1
    found = matched(one, other)
    assert found.weight < -5
    assert found.band is Band.NONE


def test_a_name_meets_one_that_is_written_the_other_way_round():
    turned = matched(prepared(name="Chen Jian Guo"), prepared(name="Jian Guo Chen"))
    assert turned.weight > 5
