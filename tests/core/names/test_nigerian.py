from __future__ import annotations

import pytest

from crosslight.core.names import Relation, relation_of, score, token
from crosslight.core.names.nigerian import short_forms, without_shared_front


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Oghenebrume", "Brume"),
        ("Oghenevwogaga", "Ogaga"),
        ("Avwerosuoghene", "Avwerosuo"),
        ("Ejiroghene", "Ejiro"),
        ("Osamudiamen", "Mudia"),
        ("Osazuwa", "Zuwa"),
        ("Osasenaga", "Osas"),
        ("Nosayaba", "Nosa"),
        ("Ekenedilichukwu", "Ekene"),
        ("Chukwunonso", "Nonso"),
        ("Ngozichukwuka", "Ngozi"),
        ("Oluwadamilola", "Dami"),
        ("Olusola", "Shola"),
        ("Tamunotonye", "Tonye"),
        ("Ubongabasi", "Ubong"),
    ],
)
def test_a_part_of_a_name_that_praises_calls_its_bearer(long, short):
    assert short.lower() in short_forms(long.lower())
    found = relation_of(token(long.lower()), token(short.lower()))
    assert found in {Relation.SHORT_FORM, Relation.SPELLING}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("osasere", "osasenaga"),
        ("nosakhare", "nosayaba"),
        ("chibueze", "chibuike"),
        ("eseoghene", "eguonoghene"),
        ("nwachukwu", "chukwu"),
        ("adeyemi", "adeyemo"),
        ("akintola", "akinola"),
        ("adewale", "adewole"),
    ],
)
def test_names_that_begin_or_end_alike_are_two_names(one, other):
    assert relation_of(token(one), token(other)) in {
        Relation.CLOSE,
        Relation.UNLIKE,
        Relation.OTHER_NAME,
    }


def test_the_beginning_of_a_name_calls_its_bearer_if_it_is_no_name_itself():
    assert relation_of(token("ikhuenbor"), token("ikhue")) is Relation.SHORT_FORM
    assert relation_of(token("okorocha"), token("okoro")) is Relation.OTHER_NAME


def test_a_front_is_taken_away_only_where_both_have_it():
    assert without_shared_front("akintola", "akinola") == ("tola", "ola")
    assert without_shared_front("akintola", "adetola") == ("akintola", "adetola")


def test_a_christian_name_stands_before_or_behind_a_native_one():
    one = score("Osaro Monday Idahosa", "Monday Osaro Idahosa")
    assert one > score("Osaro Nosa Idahosa", "Nosa Osaro Idahosa")
    assert one > 0.9
