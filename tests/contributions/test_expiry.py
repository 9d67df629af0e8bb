from __future__ import annotations

from datetime import timedelta

from crosslight.accounts.models import Notice
from crosslight.contributions.models import Contribution
from crosslight.contributions.services import expire_drafts, save_page, submit_contribution
from crosslight.core.contributions import Content
from crosslight.core.lifecycle.contribution import ContributionState
from crosslight.core.vocabulary.contributions import ReturnCode
from crosslight.foundation import clock
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import read_entries
from crosslight.review.services import return_contribution
from tests.contributions.factories import draft, received, red_flag
from tests.factories import World
from tests.review.factories import in_triage


def run(*, after_days: int) -> int:
    return expire_drafts(clock.now() + timedelta(days=after_days))


def test_a_draft_that_nobody_touches_for_thirty_days_is_erased(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    assert run(after_days=29) == 0
    assert run(after_days=31) == 1

    contribution.refresh_from_db()
    assert contribution.state == ContributionState.WITHDRAWN
    assert Content.from_dict(contribution.content) == Content()
    last = read_entries(object_id=contribution.pk)[-1].entry
    assert (last.act, last.actor) == (Act.CONTRIBUTION_ERASED, "system:clocks")
    assert run(after_days=60) == 0


def test_two_reminders_without_content_come_before(world: World) -> None:
    contribution = draft(world.amina, red_flag())
    notices = Notice.objects.filter(object_id=contribution.pk, user_id=world.amina.id)
    for days, count in ((20, 0), (24, 1), (25, 1), (29, 2), (29, 2)):
        run(after_days=days)
        assert notices.count() == count
    assert {notice.sentence for notice in notices} == {"A report waits for you."}


def test_a_report_returned_for_its_form_ends_the_same_way(world: World) -> None:
    contribution = draft(world.amina, red_flag(facts="short"))
    submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert run(after_days=31) == 1


def test_what_was_received_never_expires_here(world: World) -> None:
    received(world.amina)
    assert run(after_days=400) == 0


def test_what_the_desk_received_once_outlives_a_correction_of_wrong_form(world: World) -> None:
    contribution = in_triage(world)
    return_contribution(
        actor=world.luis,
        contribution_id=contribution.pk,
        codes=[ReturnCode.INCOHERENT],
        note="",
    )
    contribution.refresh_from_db()
    save_page(
        actor=world.amina,
        contribution_id=contribution.pk,
        version=contribution.version,
        page="noticed",
        values={"observations": []},
    )
    sent = submit_contribution(actor=world.amina, contribution_id=contribution.pk)
    assert not sent.is_received
    assert run(after_days=400) == 0


def test_every_save_counts_the_time_anew(world: World) -> None:
    contribution = draft(world.amina)
    with clock.later(timedelta(days=20)):
        run(after_days=4)
        Contribution.objects.get(pk=contribution.pk)
        draft_again = draft(world.amina, red_flag())
    assert draft_again.expires_at is not None
    assert contribution.expires_at is not None
    assert draft_again.expires_at - contribution.expires_at >= timedelta(days=19)
