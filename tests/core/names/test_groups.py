from __future__ import annotations

import pytest

from crosslight.core.names.groups import merged, read_groups
from crosslight.core.names.lexicon import lexicon
from crosslight.core.names.packaged import load, names_of, subject
from crosslight.core.names.relations import Relation, relation_of
from crosslight.core.names.tokens import parse, token

_GROUPS = read_groups()
_SOURCES = sorted({group.source for group in _GROUPS})
_ONE_NAME = frozenset({Relation.SAME, Relation.SPELLING, Relation.VARIANT})


@pytest.mark.parametrize("source", _SOURCES)
def test_all_spellings_of_a_group_are_one_name(source):
    apart = [
        (group.keys[0], key)
        for group in _GROUPS
        if group.source == source
        for key in group.keys[1:]
        if relation_of(token(group.keys[0]), token(key)) not in _ONE_NAME | {Relation.INITIAL}
    ]
    assert not apart


@pytest.mark.parametrize("source", _SOURCES)
def test_a_spelling_of_several_words_is_read_as_the_lexicon_lists_it(source):
    """Or cut where a listed father's name follows: a name of two words is then one of them."""
    known = lexicon().entries
    for group in _GROUPS:
        if group.source == source:
            for phrase in group.phrases:
                read = [item.text for item in parse(f"{' '.join(phrase)} Zzyzx").tokens]
                assert "".join(phrase) in (*read, *known), phrase


def test_a_later_release_adds_to_a_group_of_an_earlier_one():
    ousmane = [group for group in _GROUPS if "ousmane" in group.keys and group.is_firm]
    assert [group.source for group in ousmane].count("west_african") == 1


def test_groups_of_several_regions_that_are_one_name_share_its_name():
    names = merged(_GROUPS)
    held = {names[group.number] for group in _GROUPS if "محمد" in group.keys}
    assert len(held) == 1


def test_no_merging_joins_what_one_region_keeps_apart():
    names = merged(_GROUPS)
    seen = set()
    for group in _GROUPS:
        place = (group.source, names[group.number])
        assert place not in seen, place
        seen.add(place)


def test_every_spelling_of_a_firm_group_is_counted_under_one_word():
    for group in _GROUPS:
        if group.is_firm:
            assert len({token(key).canonical for key in group.keys}) == 1, group.keys


@pytest.mark.parametrize("name", names_of("related"))
def test_every_relation_relates_its_names(name):
    for row in load(name)["relations"]:
        words = [item for one in row["names"] for item in parse(one).tokens]
        assert len(words) > 1, row
    assert load(name)["meta"]["region"]


@pytest.mark.parametrize("name", [*names_of("lexicon"), *names_of("letter_rules")])
def test_every_data_file_says_where_it_is_from(name):
    meta = load(name)["meta"]
    assert {"title", "version", "source", "licence"} <= set(meta), subject(name)
