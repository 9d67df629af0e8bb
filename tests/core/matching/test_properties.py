"""What holds for any two records."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.matching.model import BANDS, Attribute, Record, Uncounted
from crosslight.core.matching.v1 import (
    Weigher,
    columns,
    compare,
    joined,
    keys,
    pack,
    prepare,
    unpack,
)

_PIECES = st.sampled_from(
    [
        "Awa Sarr",
        "Ousman Njie",
        "Ould Ahmed",
        "Mohamed Ould Ahmed",
        "Abdel Aziz Ould Sidi",
        "Abdelaziz Sidi",
        "Awa Binta Fatou Coumba Sarr",
        "El Hadji A. Ba",
        "+44 7700 900123",
        "07700 900123",
        "1990-03-14",
        "14/03/1990",
        "1990",
        "1990-30-14",
        "1900-01-01",
        "X0001234",
        "SN: DK 1234 A",
        "DK 12?4 A",
        "a@example.org",
        "fb: awa",
        "GB33BUKB20201555555555",
        "9074729",
        "12 rue Carnot",
        "14.6937,-17.4441",
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
_NOBODY = Uncounted()


@settings(deadline=None)
@given(_RECORDS, _RECORDS)
def test_both_sides_are_treated_alike(left, right):
    one, other = prepare(left), prepare(right)
    there, back = compare(one, other, population=_NOBODY), compare(other, one, population=_NOBODY)
    assert there.weight == pytest.approx(back.weight)
    assert there.band == back.band
    assert [(i.attribute, i.level, i.weight) for i in there.evidence] == [
        (i.attribute, i.level, i.weight) for i in back.evidence
    ]


@settings(deadline=None)
@given(_RECORDS, _RECORDS)
def test_the_same_records_give_the_same_answer_and_weights_add_up(left, right):
    first = compare(prepare(left), prepare(right), population=_NOBODY)
    assert first == compare(prepare(left), prepare(right), population=_NOBODY)
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
    assert set(keys(columns([one])).keys.tolist()) == set(keys(columns([other])).keys.tolist())
    assert compare(one, other, population=_NOBODY).weight == pytest.approx(
        compare(one, one, population=_NOBODY).weight
    )


@settings(deadline=None)
@given(_RECORDS, _RECORDS)
def test_what_was_packed_compares_as_before(left, right):
    one, other = prepare(left), prepare(right)
    again, back = unpack(pack(one)), unpack(pack(other))
    told, retold = (
        compare(one, other, population=_NOBODY),
        compare(again, back, population=_NOBODY),
    )
    assert (told.weight, told.band) == (retold.weight, retold.band)
    assert (keys(columns([one])).keys == keys(columns([again])).keys).all()


@settings(deadline=None, max_examples=40)
@given(st.lists(_RECORDS, min_size=2, max_size=6))
def test_a_pair_weighs_the_same_alone_in_a_batch_and_in_chunks(records):
    """What the online check, the DuckDB run and the Spark run do with one pair is one thing."""
    people = [prepare(record) for record in records]
    left, right = np.triu_indices(len(people), k=1)
    whole = Weigher(columns(people), _NOBODY).weigh(left, right)
    chunks = Weigher(joined([columns(people[:1]), columns(people[1:])]), _NOBODY).weigh(left, right)
    assert (whole.weights == chunks.weights).all()
    assert (whole.bands == chunks.bands).all()
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        alone = compare(people[one], people[other], population=_NOBODY)
        assert alone.weight == pytest.approx(whole.weights[place])
        assert alone.band == BANDS[whole.bands[place]]


def test_a_profile_of_an_index_that_is_not_rebuilt_yet_is_still_read():
    record = Record("ent_1", "Person", {Attribute.NAME: ("Awa Sarr",)})
    packed = pack(prepare(record))
    earlier = json.dumps([prepare(record).family.value, [["Awa Sarr", 0]], [], {}])
    assert unpack(earlier).names == unpack(packed).names
