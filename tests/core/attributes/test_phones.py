"""Phone numbers: quick reading, bare numbers, old plans, several in a cell, and levels."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crosslight.core.attributes import phones
from crosslight.core.attributes.phone_shapes import quick_e164

_COUNTRIES = [
    *(
        "SN",
        "GM",
        "GN",
        "GW",
        "ML",
        "MR",
        "CI",
        "BF",
        "NE",
        "SL",
        "GH",
        "NG",
        "CV",
        "BJ",
        "TG",
        "LR",
    ),
    *("MA", "DZ", "TN", "ES", "FR", "IT", "PT", "DE", "BE", "NL", "GB", "IE", "CH", "US"),
    *("RO", "BG", "RS", "AL", "TR", "UA", "PL"),
]
_CODES = [str(phonenumbers.country_code_for_region(country)) for country in _COUNTRIES]
_DIGITS = st.text(alphabet="0123456789", min_size=3, max_size=14)


def _libphonenumber(text, country):
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@settings(deadline=None, max_examples=400)
@given(code=st.sampled_from(_CODES), digits=_DIGITS)
def test_quick_international_answers_are_those_of_libphonenumber(code, digits):
    text = f"+{code}{digits}"
    quick = quick_e164(text, country=None)
    assert quick is None or quick == _libphonenumber(text, None)


@settings(deadline=None, max_examples=400)
@given(country=st.sampled_from(_COUNTRIES), digits=_DIGITS)
def test_quick_national_answers_are_those_of_libphonenumber(country, digits):
    quick = quick_e164(digits, country=country)
    assert quick is None or quick == _libphonenumber(digits, country)


@settings(deadline=None, max_examples=400)
@given(
    country=st.sampled_from([None, *_COUNTRIES]),
    text=st.text(alphabet="0123456789+ ().-", min_size=3, max_size=18),
)
def test_plain_text_gets_the_answer_of_libphonenumber(country, text):
    # 00 is read as a plus in every country, also where another prefix leads abroad.
    assume(not re.match(r"\D*00", text.replace("(0)", "")))
    expected = _libphonenumber(text.replace("(0)", "").strip(), country)
    assert expected is None or phones.normalise(text, country=country) == expected


_WRITINGS = {
    phonenumbers.PhoneNumberFormat.E164: False,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL: False,
    phonenumbers.PhoneNumberFormat.NATIONAL: True,
}


@pytest.mark.parametrize(
    "kind", [phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE]
)
def test_examples_of_all_countries_get_the_answer_of_libphonenumber(kind):
    for country in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number_for_type(country, kind)
        for writing, is_national in _WRITINGS.items() if example else ():
            text = phonenumbers.format_number(example, writing)
            entered = country if is_national else None
            expected = _libphonenumber(text, entered)
            assert expected is None or phones.normalise(text, country=entered) == expected


@pytest.mark.parametrize("country", ["SN", "ML", "TN", "ES", "PT", "FR", "MA", "CI", "GM"])
def test_an_example_of_each_plan_takes_the_quick_way(country):
    example = phonenumbers.example_number(country)
    national = str(example.national_number).zfill(
        len(phonenumbers.national_significant_number(example))
    )
    expected = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    if not national.startswith("0"):
        assert quick_e164(expected, country=None) == expected
    assert phones.normalise(expected) == phones.normalise(national, country=country) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("+225 00000000", "+2250100000000"),
        ("+225 45 00 00 00", "+2250545000000"),
        ("+225 07 00 00 00", "+2250707000000"),
        ("+225 20 00 00 00", None),
        ("+229 90 00 00 00", "+2290190000000"),
        ("+229 01 90 00 00 00", "+2290190000000"),
        ("+221 7700000", None),
    ],
)
def test_numbers_of_an_old_plan_get_their_digits_of_today(raw, expected):
    assert phones.normalise(raw) == expected


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("07700 900123 ext. 12", "GB", "+447700900123"),
        ("07700 900123", None, "7700900123"),
        ("123 45", None, None),
        ("", "GB", None),
        ("9" * 30, None, None),
    ],
)
def test_form_keeps_the_digits_where_the_country_is_unknown(raw, country, expected):
    assert phones.form(raw, country=country) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("07700 900123 / 07700 900124", ("+447700900123", "+447700900124")),
        ("07700 900123/24", ("+447700900123", "+447700900124")),
        ("07700 900123 ou 07700 900124; 07700 900123", ("+447700900123", "+447700900124")),
        ("no number", ()),
    ],
)
def test_a_cell_may_hold_several_numbers(raw, expected):
    assert phones.forms(raw, country="GB") == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("+447700900123", "+447700900123", "same"),
        ("+447700900123", "7700900123", "same_national"),
        ("447700900123", "+447700900123", "same_national"),
        ("7700900123", "7700900123", "same_national"),
        ("+2207000000", "7000000", "same_national"),
        ("+390655500000", "655500000", "same_national"),
        ("+221330000000", "+351330000000", "other_country"),
        ("+2250100000000", "00000000", "tail"),
        ("+447700900123", "+447700900124", "one_digit"),
        ("+447700900123", "+447700900132", "one_digit"),
        ("+447700900123", "+447700900145", "different"),
        ("+447700900123", "900123", "different"),
    ],
)
def test_level_names_how_two_numbers_agree(left, right, expected):
    assert phones.level(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("+447700900123", "7700900123"),
        ("+2207000000", "7000000"),
        ("+2207000000", "2207000000"),
        ("+2250100000000", "+2250500000000"),
        ("+2290190000000", "90000000"),
    ],
)
def test_variants_bring_the_same_number_together(left, right):
    assert set(phones.variants(left)) & set(phones.variants(right))


def test_only_a_number_with_its_country_is_an_exact_key():
    assert phones.key("+447700900123") == "+447700900123"
    assert phones.key("7700900123") is None
