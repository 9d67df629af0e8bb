from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.names.folds import Family, families, fold, fold_spelling, general
from crosslight.core.names.scripts import latin_word, to_latin
from crosslight.core.names.spellings import word_of

_FAMILIES = [general(), *families()]


def _folds(family: Family, spelling: str) -> set[str]:
    word = word_of(spelling)
    if family is general():
        return {fold(latin_word(word))}
    return set(family.folds(word))


def _guesses(family: Family, spelling: str) -> set[str]:
    return _folds(family, spelling) | set(family.guesses(word_of(spelling)))


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.name)
def test_the_examples_of_each_rule_share_a_fold(family):
    for rule in family.all_rules:
        for left, right in rule.examples:
            assert _guesses(family, left) & _guesses(family, right), (rule.note, left, right)


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.name)
def test_words_that_a_rule_keeps_apart_share_no_fold(family):
    for rule in family.all_rules:
        for left, right in rule.apart:
            assert not _folds(family, left) & _folds(family, right), (rule.note, left, right)


def test_every_rule_has_examples():
    assert all(rule.examples for family in _FAMILIES for rule in family.all_rules)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Diallo", "Diarra"),
        ("Touré", "Traoré"),
        ("Sy", "Ly"),
        ("Fall", "Sall"),
        ("Kanté", "Konté"),
        ("Colley", "Cole"),
        ("Thiam", "Thiaw"),
    ],
)
def test_different_names_stay_apart(left, right):
    assert fold_spelling(left) != fold_spelling(right)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Djaló", "djalo"),
        ("Мамаду Диалло", "mamadu diallo"),
        ("Đặng", "dang"),
        ("Iğdır", "igdir"),
        ("MAMADOU", "mamadou"),
    ],
)
def test_scripts_come_to_plain_latin(written, expected):
    assert to_latin(written) == expected


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_folds_the_same_each_time(text):
    assert fold(to_latin(text)) == fold(to_latin(text))


@settings(deadline=None)
@given(st.characters(codec=None).map(lambda char: f"a{char}b"))
def test_lone_surrogates_do_no_harm(text):
    assert isinstance(to_latin(text), str)
