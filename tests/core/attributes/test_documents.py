"""Documents: forms, machine-readable zones, keys and levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes import documents, mrz

# The specimen of Doc 9303 part 4, appendix A, issued by the invented state of Utopia.
_PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
)
# The specimen of Doc 9303 part 5, appendix A.
_CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)


def test_check_digits_are_those_of_the_standard():
    assert mrz.check_digit("520727") == "3"
    assert mrz.check_digit("AB2134<<<") == "5"
    assert mrz.check_digit("L898902C3") == "6"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_PASSPORT, mrz.Zone(kind="passport", country=None, number="L898902C3")),
        (_CARD, mrz.Zone(kind="id", country=None, number="D23145890")),
        (_PASSPORT.replace("UTO", "SEN"), mrz.Zone("passport", "SN", "L898902C3")),
        (_PASSPORT.replace("L898902C36", "L898902C37"), None),
        ("P<UTO", None),
        ("", None),
    ],
)
def test_a_zone_is_read_where_its_number_checks(text, expected):
    assert mrz.read(text) == expected


@given(st.text(alphabet="ABZ019<\n ", max_size=140))
def test_any_text_is_a_zone_or_none(text):
    assert mrz.read(text) is None or mrz.read(text).number is not None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("passport SN A01234567", "A01234567|passport|SN"),
        ("passport A01234567 (SN)", "A01234567|passport|SN"),
        ("Passport No: A 0123 4567", "A01234567|passport|"),
        ("passeport n° A01234567", "A01234567|passport|"),
        ("passport NO A01234567", "A01234567|passport|NO"),
        ("passport N1234567", "N1234567|passport|"),
        ("A-0123 4567", "A01234567||"),
        (_PASSPORT, "L898902C3|passport|"),
        ("none", None),
    ],
)
def test_form_holds_number_kind_and_country(raw, expected):
    assert documents.form(raw, country="GM") == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("A01234567|passport|SN", "A01234567||", "exact"),
        ("A01234567|passport|SN", "A01234567|document|SN", "exact"),
        ("AO1234567||", "A01234567||", "confusable"),
        ("A01234S67||", "A01234567||", "confusable"),
        ("A01234567|passport|SN", "A01234567|id|SN", "same_number_other_kind"),
        ("A01234567|passport|SN", "A01234567|passport|GM", "other_country"),
        ("A01234567||", "01234567||", "trimmed"),
        ("A01234567||", "1234567||", "trimmed"),
        ("00123456||", "123456||", "trimmed"),
        ("A01234567||", "B01234567||", "one_character"),
        ("A01234567||", "A01234576||", "one_character"),
        ("A01234567||", "A0123456||", "one_character"),
        ("123456||", "123457||", "different"),
        ("A01234567||", "A01239999||", "different"),
    ],
)
def test_level_names_how_two_documents_agree(left, right, expected):
    assert documents.level(left, right) == expected


def test_numbers_without_their_start_meet_under_a_variant():
    assert documents.variants("A01234567||") == documents.variants("1234567||")
    assert documents.variants("||") == ()


def test_shapes_are_judged_only_where_they_are_sure():
    assert documents.shape_fits("12AB34567", country="FR") is True
    assert documents.shape_fits("123456789", country="FR") is False
    assert documents.shape_fits("A01234567", country="SN") is None
