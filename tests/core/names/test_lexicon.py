from __future__ import annotations

import pytest

from crosslight.core.names.folds import guesses_of
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.tokens import token


@pytest.mark.parametrize(
    ("word", "group"),
    [("njie", "ndiaye"), ("jobe", "diop"), ("jallow", "diallo"), ("ceesay", "cisse")],
)
def test_a_spelling_is_found_in_its_group(word, group):
    assert group in lexicon().groups_of(word)


def test_a_spelling_that_a_letter_rule_joins_is_found_too():
    assert lexicon().groups_of("dialo") == lexicon().groups_of("diallo")


def test_an_unknown_word_has_no_group():
    assert lexicon().groups_of("zzyzx") == frozenset()


def test_a_share_is_part_of_one_region():
    assert all(0 < group.share <= 1 for group in lexicon().groups.values())


def test_every_group_keeps_all_its_spellings():
    known = lexicon()
    assert all(
        group.name in known.entries[word].groups | known.entries[word].weak_groups
        for group in known.groups.values()
        for word in group.spellings
    )


def test_a_guess_reads_only_words_that_nobody_lists():
    known = lexicon()
    assert known.groups_of("jattabi") & known.groups_of("khattabi")
    assert not known.groups_of("jalil") & known.groups_of("khalil")
    assert "arabic:kalil" in guesses_of("jalil")
    assert "arabic:kalil" not in token("jalil").folds
