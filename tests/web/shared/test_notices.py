from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from crosslight.accounts.models import Notice, NoticeKind, User
from crosslight.accounts.services import notify
from crosslight.foundation import clock
from tests.factories import World
from tests.web.signed_in import browser_of

OBJECT = "mat_" + "0" * 26
DRAFT = "con_" + "0" * 26


def notice_for(user: User, *, due_in: timedelta | None = None) -> Notice:
    due_at = None if due_in is None else clock.now() + due_in
    notify(users=[user], kind=NoticeKind.MATCH_ACKNOWLEDGE, object_id=OBJECT, due_at=due_at)
    return Notice.objects.get(user=user)


def test_due_times_are_said_in_words(world: World) -> None:
    notice_for(User.objects.get(pk=world.ndeye.id), due_in=timedelta(hours=46, minutes=5))
    text = browser_of(world.ndeye).get(reverse("notices")).content.decode()

    assert "due in 46 hours" in text


def test_what_is_late_says_so(world: World) -> None:
    notice_for(User.objects.get(pk=world.ndeye.id), due_in=-timedelta(days=4))
    text = browser_of(world.ndeye).get(reverse("notices")).content.decode()

    assert "overdue by 4 days" in text


def test_a_notice_is_marked_as_read(world: World) -> None:
    notice = notice_for(User.objects.get(pk=world.ndeye.id))
    browser = browser_of(world.ndeye)

    browser.post(reverse("notice", args=[notice.pk]), {"only_mark": "1"})

    assert b"Nothing waits for you" in browser.get(reverse("notices")).content


def test_the_notice_of_someone_else_is_not_there(world: World) -> None:
    notice = notice_for(User.objects.get(pk=world.ndeye.id))

    response = browser_of(world.ousman).post(reverse("notice", args=[notice.pk]))

    assert response.status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("notice_id", ["\0", "not_\0", "x" * 1000, "mat_" + "0" * 26])
def test_what_is_no_notice_is_not_there(world: World, notice_id: str) -> None:
    response = browser_of(world.ndeye).post(reverse("notice", args=[notice_id]))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("person", "object_id", "address"),
    [
        ("ndeye", OBJECT, f"/unit/matches/{OBJECT}/"),
        ("amina", DRAFT, f"/contributor/contributions/{DRAFT}/"),
        ("luis", DRAFT, f"/desk/contributions/{DRAFT}/"),
        ("amina", OBJECT, "/home/"),
        ("luis", "xyz_unknown", "/home/"),
    ],
)
def test_a_notice_leads_each_person_to_a_screen_of_their_own(
    world: World, person: str, object_id: str, address: str
) -> None:
    actor = world.actors[person]
    user = User.objects.get(pk=actor.id)
    notify(users=[user], kind=NoticeKind.MATCH_CLOSED, object_id=object_id)

    response = browser_of(actor).post(reverse("notice", args=[Notice.objects.get(user=user).pk]))

    assert response["Location"] == address
