from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslight.core.attributes.recognise import LONGEST_TEXT, Kind, recognise


def _found(text, **options):
    return {(item.kind, item.value) for item in recognise(text, **options)}


def test_the_line_of_a_note_gives_name_birth_date_phone_and_document():
    text = "DIALLO-NKEMBA Mamadou Saliou 14/03/1987 +44 7700 900123 passport X0000000"
    assert [(item.kind, item.value) for item in recognise(text)] == [
        (Kind.NAME, "DIALLO-NKEMBA Mamadou Saliou"),
        (Kind.BIRTH_DATE, "1987-03-14"),
        (Kind.PHONE, "+447700900123"),
        (Kind.DOCUMENT, "X0000000"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("write to A.B@Example.org.", Kind.EMAIL, "a.b@example.org"),
        ("see https://www.facebook.com/awa.n now", Kind.HANDLE, "facebook:awa.n"),
        ("she is @teranga_9 there", Kind.HANDLE, ":teranga_9"),
        ("fb: awa.n", Kind.HANDLE, "facebook:awa.n"),
        ("paid to GB33 BUKB 2020 1555 5555 55", Kind.ACCOUNT, "GB33BUKB20201555555555"),
        ("the ship IMO 9074729 left", Kind.VESSEL, "imo:9074729"),
        ("plaque DK 1234 A tel unknown", Kind.PLATE, "DK1234A"),
        ("number plate: dk1234a", Kind.PLATE, "DK1234A"),
        ("CNI n° 1234567890", Kind.DOCUMENT, "1234567890"),
        ("chassis 1M8GDM9AXKP042788", Kind.VIN, "1M8GDM9AXKP042788"),
        ("محمد ولد أحمد +447700900123", Kind.NAME, "محمد ولد أحمد"),
        ("talked with Mohamed ould Ahmed today", Kind.NAME, "Mohamed ould Ahmed"),
    ],
)
def test_each_kind_is_found_in_running_text(text, kind, value):
    assert (kind, value) in _found(text)


def test_a_national_phone_needs_a_country_and_stays_ambiguous():
    assert recognise("07700 900456") == ()
    (phone,) = recognise("07700 900456", country="gb")
    assert (phone.value, phone.ambiguous) == ("+447700900456", True)


def test_day_or_month_first_is_flagged():
    assert [item.ambiguous for item in recognise("02/03/1991")] == [True]
    assert [item.ambiguous for item in recognise("14/03/1991")] == [False]
    assert [item.ambiguous for item in recognise("1991-03-02")] == [False]


def test_no_cue_word_no_plate_and_no_document():
    assert _found("about 1234 AB and 9876543 left") == set()


def test_text_past_the_cap_is_not_read():
    assert recognise(" " * LONGEST_TEXT + "+447700900123") == ()


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_error_and_spans_tell_the_truth(text):
    found = recognise(text, country="gb")
    assert all(text[item.start : item.end] == item.raw for item in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["+44 7700 900123", "passport", "X0000001", "Awa", "@", "IMO", "\u202e"])
    ).map(" ".join)
)
def test_piled_up_cues_do_not_confuse(text):
    assert recognise(text) == recognise(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("carried X1234567L", [("X1234567L", True)]),
        ("carried X1234567M", []),
        ("nie X1234567L", [("X1234567L", False)]),
        ("nie X1234567M", [("X1234567M", True)]),
    ],
)
def test_a_national_number_is_found_by_its_check_and_doubted_where_it_does_not_fit(text, values):
    found = [item for item in recognise(text) if item.kind is Kind.DOCUMENT]
    assert [(item.value, item.ambiguous) for item in found] == values
