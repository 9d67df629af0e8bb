from __future__ import annotations

from dataclasses import replace

import pytest

from crosslight.core.evidence.acts import Act
from crosslight.core.evidence.verification import LedgerFault, StoredEntry, replay
from tests.core.evidence.ledgers import (
    START,
    an_entry,
    an_opening,
    bodies_of,
    signed,
    stored,
)


def fault_of(entries: list[StoredEntry], *checkpoints: object) -> LedgerFault:
    with pytest.raises(LedgerFault) as caught:
        list(replay(entries, signed=checkpoints))
    return caught.value


def test_a_sound_ledger_gives_its_entries():
    bodies = bodies_of(40)
    checkpoints = [signed(bodies[:size]) for size in (1, 17, 40)]
    replayed = list(replay(stored(bodies), signed=checkpoints))
    assert [item.index for item in replayed] == list(range(40))
    assert replayed[7].entry == an_entry(7)


def test_a_changed_entry_is_named():
    entries = stored(bodies_of(9))
    entries[5] = replace(entries[5], body=entries[6].body)
    fault = fault_of(entries, signed(bodies_of(9)))
    assert fault.entry == 5
    assert "bytes" in str(fault)


def test_a_rewritten_entry_is_found_between_two_checkpoints():
    bodies = bodies_of(9)
    checkpoints = [signed(bodies[:size]) for size in (4, 7, 9)]
    bodies[5] = an_entry(5, justification="other").to_bytes()
    fault = fault_of(stored(bodies), *checkpoints)
    assert fault.entry == 4
    assert "4 to 6" in str(fault)


def test_a_removed_entry_is_named():
    entries = stored(bodies_of(9))
    assert fault_of([*entries[:3], *entries[4:]], signed(bodies_of(9))).entry == 3


def test_a_cut_off_end_is_named():
    bodies = bodies_of(9)
    assert fault_of(stored(bodies[:6]), signed(bodies)).entry == 6


def test_an_entry_that_nobody_signed_is_named():
    bodies = bodies_of(9)
    assert fault_of(stored(bodies), signed(bodies[:8])).entry == 8


def test_entries_need_a_signature_at_all():
    assert fault_of(stored(bodies_of(2))).entry == 0


def test_time_does_not_run_backwards():
    bodies = [*bodies_of(4), an_entry(2).to_bytes()]
    fault = fault_of(stored(bodies), signed(bodies))
    assert fault.entry == 4
    assert "older" in str(fault)


def test_two_entries_may_share_a_moment():
    bodies = [*bodies_of(4), an_entry(3).to_bytes()]
    assert len(list(replay(stored(bodies), signed=[signed(bodies)]))) == 5


def test_an_entry_of_unknown_form_is_named():
    bodies = [*bodies_of(2), b'{"v":1}']
    assert fault_of(stored(bodies), signed(bodies)).entry == 2


@pytest.mark.parametrize(
    "bodies",
    [
        [an_entry(1).to_bytes()],
        [an_opening().to_bytes(), an_opening().to_bytes()],
    ],
)
def test_a_ledger_is_opened_once_and_first(bodies: list[bytes]):
    fault = fault_of(stored(bodies), signed(bodies))
    assert fault.entry == len(bodies) - 1
    assert "opened" in str(fault)


def test_an_opening_must_name_the_signed_ledger():
    bodies = bodies_of(3)
    fault = fault_of(stored(bodies), signed(bodies, origin="elsewhere.example/audit/2026"))
    assert fault.entry == 0


def test_a_consultation_without_justification_does_not_hold():
    good = an_entry(2, act=Act.CONTRIBUTION_CONSULTED, justification="triage").to_bytes()
    bodies = [*bodies_of(2), good.replace(b'"just":"triage"', b'"just":""')]
    fault = fault_of(stored(bodies), signed(bodies))
    assert fault.entry == 2
    assert "justification" in str(fault)


def test_the_opening_is_dated_before_the_rest():
    assert an_opening().at < an_entry(1).at
    assert an_opening().at.startswith(START.strftime("%Y-%m-%dT%H:%M"))
