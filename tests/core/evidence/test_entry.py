from __future__ import annotations

import json

import pytest

from crosslight.core.evidence import canonical
from crosslight.core.evidence.acts import NEEDS_JUSTIFICATION, Act, ActClass
from crosslight.core.evidence.entry import (
    MAX_BYTES,
    EntryFault,
    Opening,
    commitment,
    is_code,
    is_identifier,
    parse_entry,
    timestamp,
)
from tests.core.evidence.ledgers import START, an_entry, an_id, an_opening


def changed(**fields: object) -> bytes:
    return canonical.encode({**json.loads(an_entry().to_bytes()), **fields})


def test_an_entry_survives_its_bytes():
    entry = an_entry(
        organisation=an_id("org"),
        unit=an_id("uni"),
        roles=("reporter",),
        justification="triage",
        reference="case-7",
        basis="LED-8",
        recipients=(an_id("uni", 2),),
        commitment="ab" * 32,
        session="f00d",
        release="0.1.0",
    )
    assert parse_entry(entry.to_bytes()) == entry


def test_an_opening_names_the_ledger_and_the_one_before_it():
    opening = Opening(
        origin="crosslight.example/audit/2027",
        previous_origin="crosslight.example/audit/2026",
        previous_size=812,
        previous_root="cd" * 32,
    )
    assert parse_entry(an_opening(opening=opening).to_bytes()).opening == opening


def test_time_is_written_so_that_it_sorts():
    assert timestamp(START) == "2026-03-01T09:00:00.000000Z"


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 2},
        {"v": True},
        {"id": an_id("con")},
        {"ts": "2026-03-01T09:00:00Z"},
        {"ts": "2026-02-30T09:00:00.000000Z"},
        {"ts": "2026-03-01T09:00:00.000000+00:00"},
        {"act": "contribution.liked"},
        {"act": None},
        {"class": "consult"},
        {"class": "gossip"},
        {"actor": "Amina Example"},
        {"actor": ""},
        {"actor": ["usr"]},
        {"org": "Harbour House"},
        {"unit": 7},
        {"role": "reporter"},
        {"role": ["a role"]},
        {"obj": ["+44 7700 900123"]},
        {"obj": ["someone@example.org"]},
        {"obj": "con"},
        {"obj": {}},
        {"just": "because she asked for it"},
        {"just": "x" * 65},
        {"just": None},
        {"ref": "réf"},
        {"basis": "Code, art. 5"},
        {"rcpt": ["the other unit"]},
        {"out": "maybe"},
        {"out": "denied:P-403"},
        {"pc": "ab"},
        {"pc": "AB" * 32},
        {"auth": "a session"},
        {"app": 1},
        {"name": "Amina"},
        {"origin": "crosslight.example/audit/2026"},
        {"obj": [an_id("con", number) for number in range(600)]},
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused(fields: dict[str, object]):
    with pytest.raises(EntryFault):
        parse_entry(changed(**fields))


@pytest.mark.parametrize("missing", json.loads(an_entry().to_bytes()))
def test_every_field_is_needed(missing: str):
    fields = json.loads(an_entry().to_bytes())
    del fields[missing]
    with pytest.raises(EntryFault):
        parse_entry(canonical.encode(fields))


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b'{"v":1.0}', b"x" * (MAX_BYTES + 1)])
def test_what_is_no_entry_at_all_is_refused(data: bytes):
    with pytest.raises(EntryFault):
        parse_entry(data)


def test_another_spelling_of_an_entry_is_refused():
    with pytest.raises(EntryFault, match="canonical"):
        parse_entry(an_entry().to_bytes().replace(b'"v":1', b'"v": 1'))


def test_writing_makes_the_same_check_as_reading():
    with pytest.raises(EntryFault, match="obj"):
        an_entry(objects=("Amina Example",)).to_bytes()


@pytest.mark.parametrize(
    "act", sorted(set(Act) - {Act.LOG_OPENED, Act.KEY_ROTATED, Act.ACT_REFUSED})
)
def test_exactly_the_classes_of_article_25_need_a_justification(act: Act):
    bare, justified = an_entry(act=act), an_entry(act=act, justification="triage")
    assert justified.to_bytes()
    if act.classification in {ActClass.CONSULT, ActClass.DISCLOSE}:
        assert act.classification in NEEDS_JUSTIFICATION
        with pytest.raises(EntryFault, match="justification"):
            bare.to_bytes()
    else:
        assert bare.to_bytes()


def test_a_refusal_says_that_it_is_one():
    assert an_entry(act=Act.ACT_REFUSED, outcome="denied:P-403").to_bytes()
    with pytest.raises(EntryFault, match="refusal"):
        an_entry(act=Act.ACT_REFUSED).to_bytes()


@pytest.mark.parametrize("act", Act)
def test_acts_are_named_noun_dot_past_participle(act: Act):
    noun, verb = act.value.split(".")
    assert noun.isidentifier()
    assert verb.isidentifier()
    assert act.name == f"{noun}_{verb}".upper()


@pytest.mark.parametrize(
    "text", [an_id("con"), "system:console", "visitor:unknown", "country:XA", "sha256:" + "a" * 64]
)
def test_identifiers(text: str):
    assert is_identifier(text)


@pytest.mark.parametrize(
    "text", ["", "con_1", "Amina", "CON_" + "0" * 26, an_id("con") + "\n", "a:b c", "usr:", 7, None]
)
def test_what_is_no_identifier(text: object):
    assert not is_identifier(text)


@pytest.mark.parametrize("text", ["", "own-contribution", "x" * 64])
def test_codes(text: str):
    assert is_code(text)


@pytest.mark.parametrize("text", ["two words", "x" * 65, "naïve", "tab\t", "line\n", None])
def test_a_code_is_never_a_sentence(text: object):
    assert not is_code(text)


def test_a_commitment_binds_without_telling():
    # RFC 4231, test case 1: HMAC-SHA-256.
    assert (
        commitment(key=b"\x0b" * 20, payload=b"Hi There")
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )
