from __future__ import annotations

import pytest

from crosslight.foundation.errors import FieldErrors
from crosslight.foundation.text import clean, clean_line, fault_of

RIGHT_TO_LEFT_OVERRIDE = "\u202e"


def code_of(text: str, *, max_length: int = 100) -> str:
    with pytest.raises(FieldErrors) as caught:
        clean(text, field="facts", max_length=max_length)
    (error,) = caught.value.errors
    assert error.field == "facts"
    return error.code


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_control_characters_and_half_surrogates_are_refused(character: str) -> None:
    assert code_of(f"before{character}after") == "I-031"


@pytest.mark.parametrize(
    "text",
    [
        f"a{RIGHT_TO_LEFT_OVERRIDE}b",
        "\u2067عربي\u2069 text",
        "zero\u200dwidth",
        "emoji 🙂",
    ],
)
def test_bidirectional_and_other_visible_text_is_kept_as_written(text: str) -> None:
    assert clean(text, field="facts", max_length=100) == text


def test_line_ends_become_one_character_and_outer_blanks_go() -> None:
    assert clean("  one\r\ntwo\rthree\t \n", field="facts", max_length=100) == "one\ntwo\nthree"


def test_composed_and_decomposed_letters_become_the_same_text() -> None:
    assert clean("Jose\u0301", field="name", max_length=10) == "Jos\u00e9"


def test_length_is_counted_after_normalising() -> None:
    assert clean("e\u0301" * 10, field="name", max_length=10) == "é" * 10
    assert code_of("e\u0301" * 11, max_length=10) == "I-032"


def test_a_huge_text_is_refused_as_too_long() -> None:
    assert code_of("x" * 5_000_000, max_length=2000) == "I-032"


def test_a_line_has_no_line_breaks() -> None:
    assert clean_line(" one\n two\t three ", field="title", max_length=100) == "one two three"


def test_a_fault_can_be_asked_for_without_raising() -> None:
    assert fault_of("fine", field="facts", max_length=10) is None
    fault = fault_of("\0", field="facts", max_length=10)
    assert fault is not None
    assert fault.code == "I-031"


def test_an_empty_text_is_no_fault_here() -> None:
    assert clean("   ", field="facts", max_length=10) == ""
