"""Adverts: near copies under tricks of spelling, and hidden contacts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslight.core.attributes import adverts, minhash

_OFFER = (
    "URGENT! Hotel in an invented city looks for waitresses, flight and room paid, good salary, "
    "no papers needed. Call 07700 900123 now, only serious girls between 18 and 25."
)
_TRICKS = (
    "🔥 urgent hotel in an 1nvented c1ty looks for w@itresses, fl1ght & room paid , good $alary - "
    "n0 papers needed!! Call o77oo nine double zero 1 2 3 now, only serious girls between 18 and 25"
)
_REWRITTEN = (
    "URGENT! Hotel in an invented city looks for dancers, flight and room paid, very good salary "
    "and tips. Call 07700 900123 now, only serious women between 18 and 25."
)
_OTHER = "For sale: wooden boat of twelve metres with engine and nets, see it at the beach market."


def _level(left, right):
    return adverts.level(*(adverts.form(raw, country="GB") for raw in (left, right)))


def test_form_holds_contacts_and_letters():
    contacts, _, letters = adverts.form(_OFFER, country="GB").rpartition("|")
    assert contacts == "phone:+447700900123"
    assert letters.startswith("urgenthotelinaninventedcity")
    assert "900123" not in letters


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("write to invented (at) example (dot) org", "email:invented@example.org"),
        ("write to invented arobase example point org", "email:invented@example.org"),
        ("salary 10000 020 7946 0000 or 020 7946 0001", "phone:+442079460000"),
        ("insta: @invented.name for more", "handle:instagram:invented.name"),
        ("t.me/invented_name", "handle:telegram:invented_name"),
        ("o7 seven double 0 9 double zero 1two3", "phone:+447700900123"),
    ],
)
def test_hidden_contacts_are_found(text, contact):
    assert contact in adverts.form(text, country="GB").rpartition("|")[0].split()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (_OFFER, _OFFER, "copy"),
        (_OFFER, _TRICKS, "copy"),
        (_OFFER, _REWRITTEN, "near"),
        (_OFFER, "Rooms paid for waitresses in an invented city: 07700 900123", "same_contact"),
        (_OFFER, _OTHER, "different"),
    ],
)
def test_level_names_how_two_texts_agree(left, right, expected):
    assert _level(left, right) == expected


def test_shared_wording_counts_with_a_shared_contact_only():
    half = _OFFER[:70] + " sailors of large ships, sober and strong, every month to sea"
    assert _level(_OFFER, half) == "different"
    assert _level(_OFFER, f"{half} 07700 900123") == "shared_parts"


def test_near_copies_meet_under_a_band_and_other_texts_do_not():
    offer, tricks, other = (
        {key for key in adverts.variants(adverts.form(raw)) if key.startswith("band:")}
        for raw in (_OFFER, _TRICKS, _OTHER)
    )
    assert offer & tricks
    assert not offer & other


def test_keys_are_the_same_on_every_machine():
    assert minhash.band_keys(minhash.pieces("urgent"))[:2] == (
        "0:455acf3068ed",
        "1:2a4f5de75f2f",
    )
    assert adverts.key("|urgent") == adverts.key("phone:+447700900123|urgent")


@given(st.text(alphabet="abcde", max_size=60), st.text(alphabet="abcde", max_size=60))
def test_overlap_is_that_of_the_sets_of_pieces(left, right):
    ours, theirs = (
        {text[place : place + 4] for place in range(len(text) - 3)} for text in (left, right)
    )
    expected = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0
    assert minhash.overlap(minhash.pieces(left), minhash.pieces(right)) == pytest.approx(expected)
