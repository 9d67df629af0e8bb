from __future__ import annotations

import pytest

from crosslight.core.names.folds import fold
from crosslight.core.names.unvowelled import is_arabic, reads_as


def _reads(word, latin):
    return reads_as(word, latin=latin, fold=fold(latin))


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("زروالي", "zerouali"),
        ("بوطيب", "boutaib"),
        ("قرطبي", "kortobi"),
        ("شحرور", "chahrour"),
        ("المشهداني", "mashhadani"),
        ("كريمه", "karima"),
    ],
)
def test_a_word_is_read_with_the_vowels_it_leaves_out(word, latin):
    assert _reads(word, latin)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("كريمه", "karim"),
        ("كريم", "karima"),
        ("جمال", "jamil"),
        ("جميل", "jamal"),
        ("سليم", "salma"),
        ("حسين", "hassan"),
        ("دا", "da"),
    ],
)
def test_long_vowels_and_the_feminine_ending_tell_names_apart(word, latin):
    assert not _reads(word, latin)


def test_scripts_are_told_apart():
    assert is_arabic("زهير")
    assert not is_arabic("жук")
