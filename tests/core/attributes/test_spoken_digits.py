"""Digits that writers of adverts hide from filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes.spoken_digits import reveal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "call o7 seven double 0 9 double zero 1two3 now",
            "call 07700900123 now",
        ),
        ("0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣", "07700900123"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "07700 900123"),
        ("zéro sept.sept zéro zéro.neuf zéro zéro.un deux trois", "07700900123"),
        ("cero siete siete cero cero nueve cero cero uno dos tres", "07700900123"),
        ("O77OO 9OO I23", "07700900123"),
        ("one or two rooms, 3 beds", "one or two rooms, 3 beds"),
        ("07700 900123", "07700 900123"),
        ("", ""),
    ],
)
def test_hidden_numbers_are_written_out(text, expected):
    assert reveal(text) == expected


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    assert isinstance(reveal(text), str)
