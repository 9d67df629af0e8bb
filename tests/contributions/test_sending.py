from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import (
    list_own,
    submit_contribution,
    withdraw_contribution,
)
from crosslight.core.contributions import Content
from crosslight.core.evidence import canonical
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.foundation import clock
from crosslight.foundation.errors import NotAllowed, NotFoundOrHidden, WrongState
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries, receipt_proof
from tests.contributions.factories import draft, received, red_flag
from tests.factories import World


def next_friday() -> datetime:
    """A Friday after the mandates of the world began."""
    tomorrow = clock.now() + timedelta(days=1)
    return tomorrow + timedelta(days=(4 - tomorrow.weekday()) % 7)


def acts_on(contribution: Contribution) -> list[Act]:
    return [each.entry.act for each in read_entries(object_id=contribution.pk)]


def send(world: World, contribution: Contribution):
    return submit_contribution(actor=world.amina, contribution_id=contribution.pk)


def amend(contribution: Contribution, **changes: object) -> None:
    contribution.content = {**contribution.content, **changes}
    contribution.save()


def test_a_received_report_has_a_receipt_with_code_time_and_hash(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    submission = send(world, contribution)

    assert submission.is_received
    assert submission.contribution.state == ContributionState.RECEIVED
    receipt = submission.receipt
    assert receipt is not None
    assert len(receipt.code) == 19
    assert receipt.first_answer_by - receipt.time == timedelta(days=7)
    assert receipt_proof(receipt.ledger_index).index == receipt.ledger_index


def test_the_hash_can_be_worked_out_again_from_what_was_sent(world: World) -> None:
    contribution = received(world.amina)
    version = contribution.sent_versions.get()
    sent = {
        "kind": "red_flag_report",
        "contribution": contribution.pk,
        "catalogue_version": version.catalogue_version,
        "content": version.content,
    }
    assert hashlib.sha256(canonical.encode(sent)).hexdigest() == contribution.received_hash
    assert version.sha256 == contribution.received_hash


def test_one_changed_letter_is_another_hash(world: World) -> None:
    first = received(world.amina)
    facts = str(red_flag()["facts"]).replace("Three", "Threi")
    assert received(world.amina, facts=facts).received_hash != first.received_hash


def test_a_report_with_faults_of_form_comes_back_with_all_of_them(world: World) -> None:
    contribution = draft(world.amina, red_flag(place="", identifiers=[], facts="short"))
    submission = send(world, contribution)

    assert not submission.is_received
    assert [fault.code for fault in submission.faults] == ["F-104", "F-106"]
    contribution.refresh_from_db()
    assert contribution.state == ContributionState.RETURNED_FORMAT
    assert [fault["code"] for fault in contribution.format_errors] == ["F-104", "F-106"]
    assert contribution.receipt_code is None
    assert acts_on(contribution)[-1] is Act.CONTRIBUTION_RETURNED_FORMAT
    assert not Notice.objects.filter(object_id=contribution.pk).exists()


def test_it_can_come_back_more_than_once_and_is_then_received(world: World) -> None:
    contribution = draft(world.amina, red_flag(facts="short"))
    send(world, contribution)
    send(world, contribution)
    contribution.refresh_from_db()
    amend(contribution, facts=red_flag()["facts"])
    assert send(world, contribution).is_received
    contribution.refresh_from_db()
    assert contribution.format_errors == []


def test_sent_again_it_keeps_its_reference_under_a_higher_version(world: World) -> None:
    contribution = received(world.amina)
    before = contribution.receipt_code
    Contribution.objects.filter(pk=contribution.pk).update(
        state=ContributionState.RETURNED_QUALITY.value
    )
    submission = send(world, contribution)

    assert submission.receipt is not None
    assert submission.receipt.code == before
    versions = list(contribution.sent_versions.values_list("version", flat=True))
    assert len(versions) == 2
    assert versions[1] > versions[0]
    assert acts_on(contribution)[-2:] == [Act.CONTRIBUTION_CORRECTED, Act.CONTRIBUTION_RECEIVED]


def test_it_is_sent_once_only(world: World) -> None:
    contribution = received(world.amina)
    with pytest.raises(WrongState):
        send(world, contribution)
    assert contribution.sent_versions.count() == 1


def test_the_desk_of_the_country_is_told_and_no_other(world: World) -> None:
    friday = next_friday()
    with clock.at(friday):
        contribution = received(world.amina)
    notice = Notice.objects.get(object_id=contribution.pk)
    assert notice.user_id == world.luis.id
    assert notice.kind == NoticeKind.CONTRIBUTION_WAITING
    assert notice.due_at == friday + timedelta(days=4)


def test_danger_is_due_within_the_hour_on_any_day(world: World) -> None:
    friday = next_friday()
    with clock.at(friday):
        contribution = received(world.amina, danger=["confinement"])
    assert Notice.objects.get(object_id=contribution.pk).due_at == friday + timedelta(hours=1)


def test_a_preparer_does_not_send(world: World) -> None:
    contribution = draft(world.preparer, red_flag())
    with pytest.raises(NotAllowed):
        submit_contribution(actor=world.preparer, contribution_id=contribution.pk)
    assert send(world, contribution).is_received


def test_another_organisation_cannot_send_or_withdraw_it(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    for service in (submit_contribution, withdraw_contribution):
        with pytest.raises(NotFoundOrHidden):
            service(actor=world.other_reporter, contribution_id=contribution.pk)


def test_withdrawing_erases_the_content_and_leaves_a_tombstone(world: World) -> None:
    contribution = received(world.amina)
    code, digest = contribution.receipt_code, contribution.received_hash
    withdraw_contribution(actor=world.amina, contribution_id=contribution.pk)

    contribution.refresh_from_db()
    assert contribution.state == ContributionState.WITHDRAWN
    assert Content.from_dict(contribution.content) == Content()
    assert contribution.sent_versions.get().content == {}
    assert contribution.sent_versions.get().sha256 == digest
    assert (contribution.receipt_code, contribution.received_hash) == (code, digest)
    assert contribution.erased_at is not None
    assert acts_on(contribution)[-2:] == [Act.CONTRIBUTION_WITHDRAWN, Act.CONTRIBUTION_ERASED]
    (view,) = [each for each in list_own(actor=world.amina) if each.id == contribution.pk]
    assert view.is_erased
    assert view.state == "Withdrawn"


@pytest.mark.parametrize(
    "state",
    [
        ContributionState.ADMITTED,
        ContributionState.QUESTION_OPEN,
        ContributionState.PRIORITISED,
        ContributionState.DISSEMINATED,
        ContributionState.CLOSED,
        ContributionState.WITHDRAWN,
    ],
)
def test_after_admission_it_cannot_be_withdrawn(world: World, state: ContributionState) -> None:
    contribution = received(world.amina)
    Contribution.objects.filter(pk=contribution.pk).update(state=state.value)
    with pytest.raises(WrongState):
        withdraw_contribution(actor=world.amina, contribution_id=contribution.pk)
    contribution.refresh_from_db()
    assert contribution.content["facts"]
