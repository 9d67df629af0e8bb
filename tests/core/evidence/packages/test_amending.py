"""Adding to a package: the bytes of its files stay, and the chain goes on."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from crosslight.core.evidence.packages import layout
from crosslight.core.evidence.packages.amending import (
    add_receipt,
    add_stamp,
    add_statement,
    tag_manifest_of,
)
from crosslight.core.evidence.packages.building import Signer
from crosslight.core.evidence.packages.custody import FIRST_STEPS, Step
from crosslight.core.evidence.packages.faults import PackageFault
from crosslight.core.evidence.packages.limits import Limits
from tests.core.evidence.packages.making import (
    CONTRIBUTOR,
    MADE,
    PLATFORM,
    STRANGER,
    TOOL,
    files_of,
    received,
    sound,
    trusting,
    verdict,
)
from tests.core.evidence.packages.recorded import RECEIPT, intake_receipt

LATER = MADE + timedelta(hours=5)
SIGNER = Signer(PLATFORM, Step.TRANSFER, "org_01jdm0000000000000000000ad", TOOL)


def with_step(package: bytes, step: Step = Step.TRANSFER, **changes) -> bytes:
    out = io.BytesIO()
    signer = replace(SIGNER, step=step)
    add_statement(io.BytesIO(package), out, **{"signer": signer, "at": LATER, **changes})
    return out.getvalue()


def test_a_statement_is_added_and_nothing_else_changes():
    longer = with_step(received(), note_code="to_prosecutor", result="complete")
    path = "signatures/0003-transfer.dsse.json"
    assert files_of(longer).keys() - files_of(received()).keys() == {path}
    assert {name: files_of(longer)[name] for name in files_of(received())} == files_of(received())
    chain = verdict(longer, trusting(CONTRIBUTOR, PLATFORM, steps=[Step.TRANSFER])).custody
    assert [each.statement.step for each in chain] == [Step.CAPTURE, Step.INTAKE, Step.TRANSFER]
    assert (chain[2].statement.note_code, chain[2].statement.result) == (
        "to_prosecutor",
        "complete",
    )


def test_every_step_that_is_no_beginning_can_follow_another():
    package = sound()
    steps = [step for step in Step if step not in FIRST_STEPS]
    for number, step in enumerate(steps):
        package = with_step(package, step, at=LATER + timedelta(minutes=number))
    chain = verdict(package).custody
    assert [each.statement.step for each in chain] == [Step.CAPTURE, *steps]


def test_the_same_statement_gives_the_same_bytes():
    assert with_step(received()) == with_step(received())


@pytest.mark.parametrize("step", sorted(FIRST_STEPS))
def test_a_beginning_cannot_be_added(step: Step):
    with pytest.raises(PackageFault, match="begins a chain"):
        with_step(received(), step)


def test_nothing_is_added_before_what_is_there():
    with pytest.raises(PackageFault, match="clock"):
        with_step(received(), at=MADE)


def test_nothing_is_added_to_what_does_not_hold():
    broken = received().replace(b"\xff\xd8 a photo", b"\xff\xd8 b photo", 1)
    with pytest.raises(PackageFault, match="does not hold"):
        with_step(broken)
    with pytest.raises(PackageFault, match="does not hold"):
        add_stamp(io.BytesIO(broken), io.BytesIO(), b"")


def test_a_stranger_can_add_and_is_seen():
    longer = with_step(received(), signer=replace(SIGNER, key=STRANGER))
    assert not verdict(longer, trusting(CONTRIBUTOR, PLATFORM)).holds


def test_a_receipt_goes_beside_the_last_statement_once():
    out = io.BytesIO()
    receipt = intake_receipt().to_text().encode()
    assert add_receipt(io.BytesIO(received()), out, receipt) == RECEIPT
    assert verdict(out.getvalue()).receipts[0].path == RECEIPT
    with pytest.raises(PackageFault, match="already"):
        add_receipt(out, io.BytesIO(), receipt)


def test_the_limit_of_entries_holds_for_what_is_added():
    with pytest.raises(PackageFault, match="entries"):
        with_step(received(), limits=Limits(entries=len(files_of(received()))))


def test_what_is_stamped_is_the_list_of_lists():
    manifest = tag_manifest_of(io.BytesIO(received()))
    assert manifest == files_of(received())[layout.TAG_MANIFEST]
