"""What holds for any two records."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.matching import Attribute, NoRarity, Record, compare, prepare, weigh

_PIECES = st.sampled_from(
    [
        "Awa Sarr",
        "Ousman Njie",
        "Ould Ahmed",
        "+44 7700 900123",
        "07700 900123",
        "1990-03-14",
        "14/03/1990",
        "1990",
        "1900-01-01",
        "X0001234",
        "SN: DK 1234 A",
        "a@example.org",
        "fb: awa",
        "GB33BUKB20201555555555",
        "9074729",
        "12 rue Carnot",
        "female",
        "sn",
        "",
    ]
)
_VALUES = st.dictionaries(
    st.sampled_from(list(Attribute)),
    st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=3).map(tuple),
    max_size=6,
)
_RECORDS = st.builds(
    Record,
    id=st.just("ent_1"),
    schema=st.sampled_from(["Person", "Company", "Vehicle", "Address", "Passport", "Thing"]),
    values=_VALUES,
    country=st.sampled_from([None, "gb", "??"]),
)


@settings(deadline=None)
@given(_RECORDS, _RECORDS)
def test_both_sides_are_treated_alike(left, right):
    one, other = prepare(left), prepare(right)
    there, back = compare(one, other, rarity=NoRarity()), compare(other, one, rarity=NoRarity())
    assert there.weight == pytest.approx(back.weight)
    assert there.band == back.band
    assert [(i.attribute, i.level, i.left, i.right) for i in there.evidence] == [
        (i.attribute, i.level, i.right, i.left) for i in back.evidence
    ]


@settings(deadline=None)
@given(_RECORDS, _RECORDS)
def test_the_same_records_give_the_same_answer_and_weights_add_up(left, right):
    first = compare(prepare(left), prepare(right), rarity=NoRarity())
    assert first == compare(prepare(left), prepare(right), rarity=NoRarity())
    assert first.weight == pytest.approx(sum(item.weight for item in first.evidence), abs=0.01)
    assert first.model == "v1"


@settings(deadline=None)
@given(_RECORDS)
def test_the_order_of_values_is_free(record):
    turned = Record(
        record.id,
        record.schema,
        {attribute: values[::-1] for attribute, values in record.values.items()},
        record.country,
    )
    one, other = prepare(record), prepare(turned)
    assert one.keys == other.keys
    assert compare(one, other, rarity=NoRarity()).weight == pytest.approx(
        compare(one, one, rarity=NoRarity()).weight
    )


@settings(deadline=None)
@given(_RECORDS, _RECORDS)
def test_the_weight_without_words_is_the_same(left, right):
    one, other = prepare(left), prepare(right)
    told, weighed = compare(one, other, rarity=NoRarity()), weigh(one, other, rarity=NoRarity())
    assert (told.weight, told.band, told.notifies) == (
        weighed.weight,
        weighed.band,
        weighed.notifies,
    )
