"""The one pattern for nearly all entries lets through what the rules let through, and no more."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crosslight.core.evidence.acts import NEEDS_JUSTIFICATION, Act
from crosslight.core.evidence.entry import (
    _ORDINARY,
    _ORDINARY_ACTS,
    EntryFault,
    check_entry,
    parse_entry,
)
from tests.core.evidence.ledgers import an_entry

WHOLE = replace(
    an_entry(7),
    organisation="org_" + "0" * 26,
    unit="unit:north",
    roles=("analyst", "unit_head"),
    objects=("con_" + "1" * 26, "file:a.B-c_d"),
    recipients=("uni_" + "2" * 26,),
    justification="purpose-4",
    reference="P-403",
    basis="art.25",
    commitment="a" * 64,
    session="s" * 64,
    release="0.1.0",
)


def verdict(data: bytes) -> tuple[str, str] | None:
    """Act and time by the rules, field by field; nothing where one is broken."""
    with contextlib.suppress(EntryFault):
        entry = parse_entry(data)
        return entry.act.value, entry.at
    return None


def quick_verdict(data: bytes) -> tuple[str, str] | None:
    with contextlib.suppress(EntryFault):
        checked = check_entry(data)
        return checked.act, checked.at
    return None


@pytest.mark.parametrize("act", [act for act in Act if act.value.encode() in _ORDINARY_ACTS])
def test_an_entry_of_every_ordinary_act_is_spelled_as_the_pattern_says(act: Act) -> None:
    outcome = "denied:relation" if act is Act.ACT_REFUSED else "ok"
    data = replace(WHOLE, act=act, outcome=outcome).to_bytes()
    assert _ORDINARY.fullmatch(data)
    assert check_entry(data).entry == parse_entry(data)
    other = replace(WHOLE, act=act, outcome=outcome, justification="x").to_bytes()
    without = other.replace(b'"just":"x"', b'"just":""')
    assert quick_verdict(without) == verdict(without)
    assert (verdict(without) is None) == (act.classification in NEEDS_JUSTIFICATION)


@given(
    place=st.integers(0, len(WHOLE.to_bytes())),
    cut=st.integers(0, 3),
    put=st.one_of(
        st.binary(max_size=3),
        st.sampled_from(
            [b'"', b"\\", b'\\"', b"\\u0041", b",", b" ", b"null", b"true", b"1", b"\n"]
        ),
    ),
)
@example(place=len(WHOLE.to_bytes()), cut=0, put=b"\n")
def test_a_changed_entry_is_judged_alike(place: int, cut: int, put: bytes) -> None:
    data = WHOLE.to_bytes()
    changed = data[:place] + put + data[place + cut :]
    assert quick_verdict(changed) == verdict(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":1,"w":1'),
        (b'"unit":"unit:north",', b""),
        (b'"basis":"art.25"', b'"basis":"art 25"'),
        (b'"basis":"art.25"', b'"basis":"art\\u002e25"'),
        (b'"out":"ok"', b'"out":"denied:role"'),
        (b'"pc":"a', b'"pc":"A'),
        (b'"role":["analyst","unit_head"]', b'"role":["analyst",]'),
        (b'"role":["analyst","unit_head"]', b'"role":"analyst"'),
        (b"-01T", b"-32T"),
        (b'"id":"led_', b'"id":"ent_'),
    ],
)
def test_what_breaks_a_rule_is_refused_by_both(old: bytes, new: bytes) -> None:
    data = WHOLE.to_bytes()
    changed = data.replace(old, new) if old in data else data[:-1]
    assert verdict(changed) is None
    assert quick_verdict(changed) is None


@pytest.mark.parametrize("code", ['say"so', "back\\slash"])
def test_what_json_escapes_is_read_field_by_field(code: str) -> None:
    data = replace(WHOLE, reference=code).to_bytes()
    assert _ORDINARY.fullmatch(data) is None
    assert check_entry(data).entry.reference == code


def test_an_entry_that_is_too_long_is_refused_although_it_is_well_spelled() -> None:
    objects = b",".join([b'"con_' + b"1" * 26 + b'"'] * 600)
    data = WHOLE.to_bytes().replace(b'"obj":[', b'"obj":[' + objects + b",")
    assert _ORDINARY.fullmatch(data)
    with pytest.raises(EntryFault, match="bytes"):
        check_entry(data)
