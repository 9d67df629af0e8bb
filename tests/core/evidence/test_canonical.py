from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.evidence.canonical import NotCanonical, decode, encode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_names_are_ordered_as_in_rfc_8785_section_3_2_3():
    value = {
        "€": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "😀": "Emoji: Grinning Face",
        "\x80": "Control",
        "ö": "Latin Small Letter O With Diaeresis",
    }
    assert list(decode(encode(value))) == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


def test_strings_are_escaped_as_in_rfc_8785_section_3_2_2():
    text = '€$\x0f\nA\'B"\\\\"/'
    assert encode(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_a_delete_character_is_kept_as_it_is():
    assert encode("\x7f") == b'"\x7f"'


@given(VALUES)
def test_a_value_survives_its_canonical_bytes(value: object):
    assert decode(encode(value)) == value


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, -(2**53), b"b", {1: "a"}, "\ud800"])
def test_what_has_no_canonical_form_is_refused(value: object):
    with pytest.raises(NotCanonical):
        encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"[1,]",
        b"",
        b"\xff",
        b'"\\ud800"',
        b"9007199254740992",
        b"[" * 16_000,
        b"1" * 5_000,
        b"\xef\xbb\xbf1",
    ],
)
def test_any_other_spelling_is_refused(data: bytes):
    with pytest.raises(NotCanonical):
        decode(data)
