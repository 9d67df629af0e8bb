"""Whatever is written in a name field, the comparison answers, the same each time and both ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.names import NameKind, explain, parse, reasons, score, token

_WORDS = [
    "Mamadou",
    "Fatou",
    "Ndiaye",
    "Njie",
    "ould",
    "mint",
    "Ahmed",
    "A.",
    "El",
    "Hadji",
    "Sy",
    "Kh",
    "Abd",
    "al-Rahman",
    "Nur",
    "al-Din",
    "Benali",
    "Ševčenko",
    "Шевченко",
    "Олександр",
    "Ivanović",
    "Иванович",
    "محمد",
    "عبد",
    "الرحمن",
    "بن",
    "الشامي",
    "زروالي",
    "王小明",
    "Xiao-Ming",
    "Hsiao",
    "Nguyễn",
    "Thị",
    "Mª",
    "José",
    "Ọlá",
    "7assan",
    "Sid'Ahmed",
    "Ould-Ben",
    "Dr.",
    "Oğlu",
    "\u200f",
    "\u202e",
    "ﷺ",
    "ß",
    "İ",
    "ǅ",
    "ʿAli",
]
_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec=None), max_size=20),
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=20),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=8),
    st.lists(st.sampled_from(_WORDS), max_size=9).map(" ".join),
)


@settings(deadline=None, max_examples=200)
@given(_TEXT, _TEXT, st.sampled_from(NameKind))
def test_score_is_symmetric_bounded_and_never_fails(left, right, kind):
    found = score(left, right, kind=kind)
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(score(right, left, kind=kind))
    assert explain(left, right, kind=kind) == explain(left, right, kind=kind)


@settings(deadline=None, max_examples=200)
@given(_TEXT)
def test_a_name_is_like_itself_and_its_words_are_made_of_their_text_alone(text):
    found = parse(text)
    for item in found.tokens:
        assert item.text
        assert item.canonical
        assert item.canonical in item.key_words
        again = token(item.text, is_father=item.is_father)
        assert again.key_words == item.key_words
    if found.tokens and not all(item.is_short for item in found.tokens):
        assert score(text, text) > 0.5


@settings(deadline=None)
@given(_TEXT, _TEXT)
def test_reasons_fill_their_templates(left, right):
    for template, params in reasons(parse(left), parse(right)):
        assert template % params


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "Diallo " * 2_000, "م" * 10_000, "王" * 10_000, "\ud800" * 5_000, "'" * 9_999],
    ids=["letter", "words", "Arabic", "Chinese", "surrogates", "apostrophes"],
)
def test_long_text_is_cut_and_does_no_harm(text):
    assert len(parse(text).tokens) <= 8
    assert 0.0 <= score(text, "Mamadou Diallo") <= 1.0
