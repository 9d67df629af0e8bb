"""I1 as a table: every state, both sides, each kind of thing that the other side holds."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from crosslight.coordination.services.reading import board, consult_match, list_matches
from crosslight.core.lifecycle.match import MatchState
from crosslight.foundation.errors import NotFoundOrHidden
from tests.coordination.factories import in_state

_S = MatchState
_DECIDED = (_S.SEPARATE, _S.HANDOVER, _S.JOINT)
# What the other side holds, by when it may be read: the marks are those of the factories.
NEVER = {
    "name": {"a": "Momodou Jallow", "b": "Mamadou Diallo"},
    "any value outside the set": {"a": "canary-a", "b": "canary-b"},
    "a withheld number": {"a": "7788990011", "b": "5566778800"},
    "the end of a withheld number": {"a": "…011", "b": "…800"},
    "a whole passport number": {"a": "X0012345", "b": "X0067890"},
}
SET = {
    "birth date": {"a": "1987-03-14", "b": '"1987"'},
    "place of birth": {"a": "Seta A", "b": "Setb B"},
    "end of the passport number": {"a": "…345", "b": "…890"},
}
HEADER = {
    "phase": {"a": '"pre_arrest"', "b": '"intelligence"'},
    "role": {"a": '"recruiter"', "b": '"transporter"'},
}
DELIBERATION = {"criteria": {"a": "sheet-a", "b": "sheet-b"}}
AT_ONCE = {"crime area": {"a": '"forced_begging"', "b": '"smuggling"'}}

SET_OPEN = {
    _S.ACKNOWLEDGED,
    _S.UNRESOLVED,
    _S.CONFIRMED_SAME,
    _S.DELIBERATION,
    *_DECIDED,
    _S.CLOSED,
}
HEADER_OPEN = {_S.CONFIRMED_SAME, _S.DELIBERATION, *_DECIDED, _S.CLOSED}
DELIBERATION_OPEN = {_S.DELIBERATION, *_DECIDED, _S.CLOSED}
VERDICTS_OPEN = {_S.NOT_SAME, _S.UNRESOLVED, *HEADER_OPEN}
COORDINATION_STATES = [
    state for state in _S if state not in {_S.IN_PROTECTION, _S.PROTECTION_DECIDED}
]


def everything_but_ones_own(view):
    """The whole view as text, without the half that is the reader's."""
    content = asdict(view)
    content.pop("own")
    content["verification"] = [row["other"] for row in content["verification"]]
    content["actions"] = []
    return json.dumps(content, default=str, ensure_ascii=False)


@pytest.mark.parametrize("state", COORDINATION_STATES)
def test_each_side_sees_what_the_state_opens_and_no_more(world, state):
    pair = in_state(world, state)
    for reader, theirs in ((world.ndeye, "b"), (world.ousman, "a")):
        view = consult_match(actor=reader, match_id=pair.match.pk, purpose="coordination")
        table = [
            (AT_ONCE, True),
            (NEVER, False),
            (SET, state in SET_OPEN),
            (HEADER, state in HEADER_OPEN),
            (DELIBERATION, state in DELIBERATION_OPEN),
        ]
        text = everything_but_ones_own(view)
        for held, is_open in table:
            for what, marks in held.items():
                assert (marks[theirs] in text) is is_open, f"{what} in {state}"
        assert bool(view.other.verdict) is (state in VERDICTS_OPEN)
        assert (view.other.header is not None) is (state in HEADER_OPEN)
        assert bool(view.other.outcome) is (state is _S.CLOSED)
        assert bool(view.proposals) is (state in DELIBERATION_OPEN)
        assert bool(view.verification) is (state in SET_OPEN)
        assert view.other.unit == f"Unit {theirs.upper()}"
        assert view.other.duty.phone == "+44 7700 900100"
    check_lists_and_boards(world)


def check_lists_and_boards(world):
    """Rows name what agrees; they hold no value of anyone but the reader's own caption."""
    marks = [
        mark
        for held in (NEVER, SET, DELIBERATION)
        for sides in held.values()
        for mark in sides.values()
    ]
    (row,) = list_matches(actor=world.ndeye)
    lines = [
        line for reader in (world.ncp_a, world.ncp_b, world.rco) for line in board(actor=reader)
    ]
    assert len(lines) == 3
    assert row.own_caption == "Momodou Jallow"
    shown = json.dumps(
        [asdict(line) for line in (*lines, replace(row, own_caption="", own_investigation_id=""))],
        default=str,
        ensure_ascii=False,
    )
    assert not [mark for mark in marks if mark in shown]


@pytest.mark.parametrize("state", [_S.IN_PROTECTION, _S.PROTECTION_DECIDED])
def test_a_match_in_protection_does_not_exist_for_units(world, state):
    pair = in_state(world, state)
    for reader in (world.ndeye, world.fatou, world.ousman, world.lamin):
        assert list_matches(actor=reader) == []
        with pytest.raises(NotFoundOrHidden):
            consult_match(actor=reader, match_id=pair.match.pk, purpose="coordination")
    assert board(actor=world.ncp_a) == board(actor=world.rco) == []


def test_withheld_cells_say_that_they_are_withheld_and_by_whom(world):
    pair = in_state(world, _S.ACKNOWLEDGED)
    view = consult_match(actor=world.ndeye, match_id=pair.match.pk, purpose="coordination")
    rows = {row.attribute: row for row in view.verification}
    (cell,) = rows["id_document"].other
    assert (cell.is_withheld, cell.value, cell.handling_code) == (True, "", "H3")
    (cell,) = rows["birth_date"].other
    assert (cell.is_withheld, cell.value, cell.handling_code) == (False, "1987", "H1")


def test_the_pointers_name_what_agrees_and_hold_no_value(world):
    pair = in_state(world, _S.NOTIFIED)
    view = consult_match(actor=world.ndeye, match_id=pair.match.pk, purpose="coordination")
    assert "phone" in {pointer.attribute for pointer in view.pointers}
    assert not any(character.isdigit() for pointer in view.pointers for character in pointer.text)
    for item in pair.match.evidence:
        assert set(item) == {"attribute", "level", "weight", "label", "template", "params"}
        assert item["params"] == {}
