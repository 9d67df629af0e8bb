"""Plates as witnesses give them, and how two agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes import plates
from crosslight.core.attributes.plate_patterns import agreeing

_PATTERNS = st.text(alphabet="AB12?*", max_size=8)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("SN: DK-1234-A", "DK1234A|SN"),
        ("DK 1234 A (SN)", "DK1234A|SN"),
        ("dk-12?4-a", "DK12?4A|"),
        ("DK_1234A", "DK?1234A|"),
        ("DK 12... A", "DK12*A|"),
        ("ends in 4521", "*4521|"),
        ("white Toyota, plate ends in 452 BC", "*452BC|"),
        ("DK 12xx A", "DK12??A|"),
        ("DK 1234 XX", "DK1234XX|"),
        ("plaque se termine par 4521 AB", "*4521AB|"),
        ("the plate starts with DK 12", "DK12*|"),
        ("contains 452", "*452*|"),
        ("??", None),
        ("A?1", None),
        ("ABCD", None),
        ("", None),
    ],
)
def test_form_marks_what_was_not_seen(raw, expected):
    assert plates.form(raw) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("DK1234A|SN", "DK1234A|", "exact"),
        ("DK1234A|SN", "DK1234A|GM", "other_country"),
        ("OB123CD|", "08123CD|", "confusable"),
        ("BJL0123A|GM", "BJL123A|GM", "confusable"),
        ("DK12?4A|", "DK1234A|SN", "partial"),
        ("*1234A|", "DK1234A|SN", "partial"),
        ("DK12*|", "DK1234A|", "partial"),
        ("DK12*4A|", "*1234A|", "partial"),
        ("*452|", "DK1452|", "different"),
        ("DK12?4A|GM", "DK1234A|SN", "different"),
        ("DK1234A|", "DK1235A|", "one_character"),
        ("DK1234A|", "DK1243A|", "one_character"),
        ("DK1234A|SN", "DK1235A|GM", "different"),
        ("DK1234A|", "TH9876B|", "different"),
        ("DK12?4A|", "DK1294B|", "different"),
    ],
)
def test_level_names_how_two_plates_agree(left, right, expected):
    assert plates.level(left, right) == plates.level(right, left) == expected


@pytest.mark.parametrize(
    "seen", ["DK12?4A", "?K1234A", "D?1234A", "DK?234A", "DK1?34A", "DK123?A", "DK1234?", "*234A"]
)
def test_one_character_not_seen_leaves_a_common_variant(seen):
    assert set(plates.variants(f"{seen}|")) & set(plates.variants("DK1234A|SN"))


def test_a_partial_plate_is_no_exact_key_and_variants_are_few():
    assert plates.key("DK12?4A|SN") is None
    assert plates.key("DKO234A|SN") == "DK0234A"
    assert len(plates.variants("DK1234AB|SN")) == 4


@given(left=_PATTERNS, right=_PATTERNS)
def test_agreement_is_symmetric_and_never_more_than_was_seen(left, right):
    agreed = agreeing(left, right)
    assert agreed == agreeing(right, left)
    assert agreed <= min(sum(map(str.isalnum, left)), sum(map(str.isalnum, right)))


@given(st.text(alphabet="AB12", max_size=8))
def test_a_plate_agrees_with_itself_and_with_anything(text):
    assert agreeing(text, text) == len(text)
    assert agreeing(text, "*") == 0
    assert agreeing(text, "?" * len(text)) == 0


def test_series_are_judged_where_they_are_listed():
    assert plates.series_fits("1234BCD", country="ES") is True
    assert plates.series_fits("1234AEI", country="ES") is False
    assert plates.series_fits("BJL0123A", country="GM") is True
    assert plates.series_fits("ABC", country="ML") is None
