"""Notices: one line in an inbox, for all at one instant, read by nobody but its owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crosslight.accounts.models import Notice, NoticeKind
from crosslight.accounts.selectors import count_unread, notices_for
from crosslight.accounts.services import notify, read_notice, settle_notices
from crosslight.foundation import clock
from tests.factories import World, user_of

KIND = NoticeKind.MATCH_ANSWER
OBJECT = "mat_00000000000000000000000001"


def test_I2_all_are_told_at_one_instant(world: World) -> None:
    users = [user_of(actor) for actor in (world.ndeye, world.fatou, world.ousman, world.lamin)]

    notify(users=users, kind=KIND, object_id=OBJECT)

    notices = Notice.objects.filter(object_id=OBJECT)
    assert {notice.user_id for notice in notices} == {user.pk for user in users}
    assert len({notice.created_at for notice in notices}) == 1


def test_nobody_to_tell_is_no_error(db: None) -> None:
    notify(users=[], kind=KIND, object_id=OBJECT)

    assert not Notice.objects.exists()


def test_an_inbox_shows_ones_own_unread_and_nearest_first(world: World) -> None:
    mine, other = user_of(world.ndeye), user_of(world.ousman)
    now = clock.now()
    for name, hours in (("later", 9), ("soon", 1), ("read", 0)):
        notify(users=[mine], kind=KIND, object_id=name, due_at=now + timedelta(hours=hours))
    notify(users=[mine], kind=KIND, object_id="without")
    notify(users=[other], kind=KIND, object_id="foreign")
    read_notice(user=mine, notice_id=Notice.objects.get(object_id="read").pk)

    shown = [notice.object_id for notice in notices_for(mine)]

    assert shown == ["soon", "later", "without", "read"]
    assert count_unread(mine) == 3
    assert count_unread(other) == 1


def test_a_notice_of_another_is_as_absent_as_one_that_never_was(world: World) -> None:
    notify(users=[user_of(world.ousman)], kind=KIND, object_id=OBJECT)
    foreign = Notice.objects.get()

    assert read_notice(user=user_of(world.ndeye), notice_id=foreign.pk) is None
    assert read_notice(user=user_of(world.ndeye), notice_id="not_absent") is None
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_reading_again_keeps_the_first_time(world: World) -> None:
    user = user_of(world.ndeye)
    notify(users=[user], kind=KIND, object_id=OBJECT)
    notice = Notice.objects.get()

    read_notice(user=user, notice_id=notice.pk)
    first = Notice.objects.get().read_at
    with clock.later(timedelta(hours=1)):
        read_notice(user=user, notice_id=notice.pk)

    assert first is not None
    assert Notice.objects.get().read_at == first


@pytest.mark.parametrize(
    ("object_id", "kind", "is_settled"),
    [
        (OBJECT, KIND, True),
        ("mat_another", KIND, False),
        (OBJECT, NoticeKind.MATCH_DECIDE, False),
    ],
)
def test_settling_clears_that_step_of_that_object_alone(
    object_id: str, kind: NoticeKind, is_settled: bool, world: World
) -> None:
    user, other = user_of(world.ndeye), user_of(world.ousman)
    notify(users=[user, other], kind=kind, object_id=object_id)

    settle_notices(object_id=OBJECT, kinds=[KIND], users=[user])

    assert count_unread(user) == (0 if is_settled else 1)
    assert count_unread(other) == 1


def test_settling_keeps_the_time_of_what_was_read(world: World) -> None:
    user = user_of(world.ndeye)
    notify(users=[user], kind=KIND, object_id=OBJECT)
    read_notice(user=user, notice_id=Notice.objects.get().pk)
    first = Notice.objects.get().read_at

    with clock.later(timedelta(hours=1)):
        settle_notices(object_id=OBJECT, kinds=[KIND], users=[user])

    assert Notice.objects.get().read_at == first
