"""The ledger's receipt: for its contributor alone, and silent about what became of the report."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from crosslight.contributions.services import take_receipt, withdraw_contribution
from crosslight.core.evidence.receipts import Proof
from crosslight.foundation.errors import NotFoundOrHidden
from crosslight.ledger.accesses import public_key
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import latest_entries
from tests.contributions.factories import draft, received
from tests.factories import World
from tests.review.factories import disseminated, dropped
from tests.web.signed_in import browser_of


def test_it_holds_and_names_the_contribution_and_no_content(world: World) -> None:
    sent = received(world.amina)
    taken = take_receipt(actor=world.amina, contribution_id=sent.pk)
    key = public_key()
    assert key is not None
    Proof.from_text(taken.proof.to_text()).verify(key=key)
    said = json.loads(taken.proof.entry or b"")
    assert (said["act"], said["obj"]) == (Act.CONTRIBUTION_RECEIVED, [sent.pk])
    assert said["ref"] == sent.receipt_code
    assert b"Norhaven" not in (taken.proof.entry or b"")
    (entry,) = (each.entry for each in latest_entries(limit=1))
    assert (entry.act, entry.objects, entry.reference) == (
        Act.LEDGER_EXPORTED,
        (sent.pk,),
        "receipt",
    )


def test_it_says_the_same_whatever_became_of_the_report(world: World) -> None:
    """All but the number of entries signed since: the entry is the one made when it was sent."""
    ends = [received(world.amina), dropped(world), disseminated(world).contribution]
    withdrawn = received(world.amina)
    withdraw_contribution(actor=world.amina, contribution_id=withdrawn.pk)
    for contribution in (*ends, withdrawn):
        taken = take_receipt(actor=world.amina, contribution_id=contribution.pk)
        said = json.loads(taken.proof.entry or b"")
        assert said["act"] == Act.CONTRIBUTION_RECEIVED
        assert said["actor"] == world.amina.id
        assert said["out"] == "ok"
        lines = taken.proof.to_text().split("\n")
        assert lines[0].startswith("c2sp.org/tlog-proof")
        assert lines[1].startswith("extra ")


@pytest.mark.parametrize("name", ["other_reporter", "banker"])
def test_nobody_elses(world: World, name: str) -> None:
    sent = received(world.amina)
    with pytest.raises(NotFoundOrHidden):
        take_receipt(actor=world.actors[name], contribution_id=sent.pk)


def test_of_a_draft_there_is_none(world: World) -> None:
    with pytest.raises(NotFoundOrHidden):
        take_receipt(actor=world.amina, contribution_id=draft(world.amina).pk)


def test_it_is_downloaded_from_the_page_that_says_how_to_check_it(world: World) -> None:
    sent, browser = received(world.amina), browser_of(world.amina)
    for page in ("contributor:contribution", "contributor:receipt"):
        text = browser.get(reverse(page, args=[sent.pk])).content.decode()
        assert reverse("contributor:proof", args=[sent.pk]) in text
        assert "crosslight ledger verify-receipt" in text
        assert "sh verify.sh" in text
    answer = browser.post(reverse("contributor:proof", args=[sent.pk]))
    assert answer["Content-Disposition"] == (
        f'attachment; filename="receipt-{sent.receipt_code}.tlog-proof"'
    )
    key = public_key()
    assert key is not None
    Proof.from_text(answer.content.decode()).verify(key=key)
    assert browser.get(reverse("contributor:proof_script")).content.startswith(b"#!/bin/sh")
