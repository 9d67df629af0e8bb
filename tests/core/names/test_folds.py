from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.names.folds import LETTER_RULES, fold, fold_spelling
from crosslight.core.names.scripts import to_latin

_EXAMPLES = [
    pytest.param(left, right, id=f"{rule.note}: {left} {right}")
    for rule in LETTER_RULES
    for left, right in rule.examples
]


@pytest.mark.parametrize(("left", "right"), _EXAMPLES)
def test_the_examples_of_each_rule_come_to_one_form(left, right):
    assert fold_spelling(left) == fold_spelling(right)


def test_every_rule_has_examples_that_need_it():
    assert all(rule.examples for rule in LETTER_RULES)


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
