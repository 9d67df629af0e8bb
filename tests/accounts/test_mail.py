"""What leaves by mail says that something waits, and never what, from whom or about whom."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import translation

from crosslight.accounts.models import Notice, NoticeKind, User
from crosslight.accounts.services import choose_language, notify, read_notice
from crosslight.accounts.tasks import MOST_PER_RUN, deliver_notices
from crosslight.core.vocabulary.contributors import ContributorKind
from crosslight.core.vocabulary.people import Role
from crosslight.foundation import clock
from tests.factories import World, user_of

pytestmark = pytest.mark.either_database

OBJECT = "con_7q2mx94kd3h8a5vbn0c6t1weyz"
DUE = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
LANGUAGES = [code for code, _ in settings.LANGUAGES]
# The whole corpus in the source language. A translation may only fill these same places.
SUBJECT = "Message from the coordination tool"
BODY = re.compile(
    r"You have \d+ items? waiting in the coordination tool\."
    r"( Please look at it by \d{4}-\d\d-\d\d \d\d:\d\d UTC\.)?"
)
FIGURES = re.compile(r"\d+")


def tell(user: User, kind: NoticeKind, object_id: str = OBJECT, **more: datetime) -> None:
    notify(users=[user], kind=kind, object_id=object_id, **more)


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("due", [None, DUE])
def test_in_english_every_mail_is_one_of_the_two_known_sentences(
    kind: NoticeKind, due: datetime | None, world: World
) -> None:
    tell(user_of(world.ndeye), kind, **({"due_at": due} if due else {}))

    deliver_notices()

    (message,) = mail.outbox
    assert message.subject == SUBJECT
    assert BODY.fullmatch(message.body)


def canaries(world: World, user: User, kind: NoticeKind) -> set[str]:
    """Everything that a careless mail might hold."""
    places = (world.norland, world.suderland, world.unit_a, world.police_a, world.shelter)
    return {
        OBJECT,
        OBJECT.removeprefix("con_"),
        user.pk,
        user.name,
        user.email,
        kind.value,
        str(kind.label),
        *(place.name for place in places),
        *(str(place.pk) for place in places if len(str(place.pk)) > 2),
        *(each.value for each in Role),
        *(each.value for each in ContributorKind),
        "http",
        "urgent",
        "priority",
        "victim",
    }


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_no_language_a_mail_holds_anything_of_what_waits(
    kind: NoticeKind, language: str, world: World
) -> None:
    user = user_of(world.ndeye)
    choose_language(user=user, language=language)
    user.refresh_from_db()
    tell(user, kind, due_at=DUE)

    deliver_notices()

    (message,) = mail.outbox
    said = f"{message.subject}\n{message.body}".casefold()
    assert [word for word in canaries(world, user, kind) if word.casefold() in said] == []
    assert FIGURES.findall(message.body) == ["1", "2026", "03", "04", "15", "30"]
    assert FIGURES.findall(message.subject) == []
    assert message.attachments == []
    assert message.to == [user.email]
    assert message.cc == message.bcc == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_mail_whatever_waits(language: str, world: World) -> None:
    """Nobody who reads the mail of a person can tell one notice from another."""
    user = user_of(world.ndeye)
    choose_language(user=user, language=language)
    for kind in NoticeKind:
        tell(user, kind, object_id=f"{kind.value}_1")
        deliver_notices()

    assert len({(message.subject, message.body) for message in mail.outbox}) == 1
    assert len(mail.outbox) == len(NoticeKind)


def test_the_language_of_the_caller_does_not_matter(world: World) -> None:
    tell(user_of(world.ndeye), NoticeKind.MATCH_ANSWER)

    with translation.override("ar"):
        deliver_notices()

    assert mail.outbox[0].subject == SUBJECT


def test_one_mail_for_each_person_with_the_nearest_time(world: World) -> None:
    one, other = user_of(world.ndeye), user_of(world.ousman)
    tell(one, NoticeKind.MATCH_ANSWER, due_at=DUE + timedelta(days=1))
    tell(one, NoticeKind.MATCH_DECIDE, due_at=DUE)
    tell(one, NoticeKind.INPUT_WAITING)
    tell(other, NoticeKind.MATCH_ANSWER)

    assert deliver_notices() == 2

    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert bodies[one.email].startswith("You have 3 items waiting")
    assert "2026-03-04 15:30 UTC" in bodies[one.email]
    assert bodies[other.email] == "You have 1 item waiting in the coordination tool."


def test_what_was_read_is_not_mailed(world: World) -> None:
    user = user_of(world.ndeye)
    tell(user, NoticeKind.MATCH_ANSWER)
    read_notice(user=user, notice_id=Notice.objects.get().pk)

    assert deliver_notices() == 0
    assert mail.outbox == []
    assert Notice.objects.get().mailed_at is None


def test_a_disabled_account_gets_no_mail(world: World) -> None:
    user = user_of(world.ndeye)
    tell(user, NoticeKind.MATCH_ANSWER)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert deliver_notices() == 0


def test_a_second_run_sends_nothing_and_keeps_the_first_time(world: World) -> None:
    tell(user_of(world.ndeye), NoticeKind.MATCH_ANSWER)

    assert deliver_notices() == 1
    first = Notice.objects.get().mailed_at
    with clock.later(timedelta(minutes=5)):
        assert deliver_notices() == 0

    assert first is not None
    assert Notice.objects.get().mailed_at == first
    assert len(mail.outbox) == 1


def test_marked_as_mailed_even_where_the_server_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail too few is found in the inbox; one that repeats every minute is ignored."""
    tell(user_of(world.ndeye), NoticeKind.MATCH_ANSWER)

    def fails(*_: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
        with pytest.raises(ConnectionRefusedError):
            deliver_notices()

    assert Notice.objects.get().mailed_at is not None
    assert deliver_notices() == 0


def test_a_long_queue_is_taken_in_portions_oldest_first(world: World) -> None:
    user = user_of(world.ndeye)
    for number in range(MOST_PER_RUN + 1):
        tell(user, NoticeKind.MATCH_ANSWER, object_id=f"mat_{number}")

    deliver_notices()

    assert Notice.objects.filter(mailed_at=None).get().object_id == f"mat_{MOST_PER_RUN}"
    deliver_notices()
    assert not Notice.objects.filter(mailed_at=None).exists()
