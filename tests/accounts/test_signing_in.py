"""The door itself: a code opens one session, guesses are limited, a disabled account is out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from unittest import mock

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from crosslight.accounts.adapter import ClosedAccountAdapter
from crosslight.accounts.models import User
from crosslight.core.policy import Actor
from tests.factories import World
from tests.web.signed_in import SECRET, browser_of, give_authenticator

PASSWORD = "seven quiet harbours"


@pytest.fixture(autouse=True)
def _no_memory_of_other_tries(db: None) -> None:
    cache.clear()


@contextmanager
def seconds_later(seconds: int) -> Iterator[None]:
    """Move the clocks that allauth and the cache read; they do not know ours."""
    later = SimpleNamespace(time=lambda: time.time() + seconds)
    moment = timezone.now() + timedelta(seconds=seconds)
    with (
        mock.patch.object(auth, "time", later),
        mock.patch("django.core.cache.backends.db.tz_now", return_value=moment),
    ):
        yield


def with_password(actor: Actor, *, has_factor: bool = False) -> User:
    user = User.objects.get(pk=actor.id)
    user.set_password(PASSWORD)
    user.save()
    if has_factor:
        give_authenticator(user)
    return user


def code_of(step: int = 0) -> str:
    """The code of the present period, or of one before or after it."""
    counters = list(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(SECRET, counters[1] + step))


def show_password(user: User, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return client


def opens(client: Client, code: str) -> bool:
    client.post(reverse("mfa_authenticate"), {"code": code})
    return client.get(reverse("notices")).status_code == 200


def test_the_cache_that_counts_tries_is_a_table_of_the_database(db: None) -> None:
    assert "crosslight_cache" in connection.introspection.table_names()
    cache.set("probe", 1)
    assert cache.get("probe") == 1


def test_a_code_opens_one_session(world: World) -> None:
    user = with_password(world.ndeye, has_factor=True)
    code = code_of()

    assert opens(show_password(user), code)
    assert not opens(show_password(user), code)
    assert not opens(show_password(user), f"{code[:3]} {code[3:]}")


@pytest.mark.parametrize("seconds", [31, 45, 55])
def test_a_code_stays_used_for_as_long_as_it_is_valid(seconds: int, world: World) -> None:
    """allauth remembers it for 30 seconds, but takes the next period's code up to 90."""
    user = with_password(world.ndeye, has_factor=True)
    code = code_of(1)
    assert opens(show_password(user), code)

    with seconds_later(seconds):
        assert not opens(show_password(user), code)


def test_a_used_code_confirms_nothing_either(world: World) -> None:
    user = with_password(world.ndeye, has_factor=True)
    code = code_of()
    assert opens(show_password(user), code)

    older = browser_of(world.ndeye, has_factor=False)
    older.post(reverse("mfa_reauthenticate"), {"code": code})

    assert older.get(reverse("notices")).status_code == 302


def test_the_code_that_set_the_factor_up_does_not_sign_in(world: World) -> None:
    user = with_password(world.ndeye)
    owner = show_password(user)
    secret = owner.get(reverse("mfa_activate_totp")).context["form"].secret
    counter = list(auth.yield_hotp_counters_from_time())[1]
    code = auth.format_hotp_value(auth.hotp_value(secret, counter))
    owner.post(reverse("mfa_activate_totp"), {"code": code})
    assert owner.get(reverse("notices")).status_code == 200

    assert not opens(show_password(user), code)


def test_a_code_of_one_person_does_not_block_anothers(world: World) -> None:
    one = with_password(world.ndeye, has_factor=True)
    other = with_password(world.ousman, has_factor=True)
    code = code_of()

    assert opens(show_password(one), code)
    assert opens(show_password(other), code)


@pytest.mark.parametrize("code", ["", "abcdef", "1234567", "٠٠٠٠٠٠"])
def test_a_wrong_code_opens_nothing(code: str, world: World) -> None:
    user = with_password(world.ndeye, has_factor=True)

    assert not opens(show_password(user), code)


def test_guessing_codes_is_limited(world: World) -> None:
    user = with_password(world.ndeye, has_factor=True)
    client = show_password(user)
    wrong = "111111" if code_of() != "111111" else "222222"
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": wrong})

    assert not opens(client, code_of())


def signs_in(user: User, password: str = PASSWORD) -> bool:
    return show_password(user, password).get(reverse("my_account")).status_code == 200


def test_guessing_a_password_is_limited(world: World) -> None:
    user = with_password(world.amina)
    for number in range(5):
        assert not signs_in(user, f"wrong {number}")

    assert not signs_in(user)


def test_the_limit_names_no_account(world: World) -> None:
    """An address without account runs into the same limit with the same words."""
    known = with_password(world.amina)
    answers = []
    for email in (known.email, "nobody@example.org"):
        cache.clear()
        for _ in range(6):
            fields = {"login": email, "password": "wrong"}
            answer = Client().post(reverse("account_login"), fields)
        answers.append((answer.status_code, answer.content.decode().replace(email, "")))

    assert visible(answers[0][1]) == visible(answers[1][1])
    assert answers[0][0] == answers[1][0]


def visible(page: str) -> str:
    """Without the token of the form, which differs each time."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_flood_of_other_tries_does_not_push_the_limit_out(world: World) -> None:
    user = with_password(world.amina)
    for number in range(5):
        signs_in(user, f"wrong {number}")

    for number in range(700):
        cache.set(f"filler:{number}", [0.0], 300)

    assert not signs_in(user)


def test_a_disabled_account_is_out_at_the_next_request(world: World) -> None:
    browser = browser_of(world.luis)
    assert browser.get(reverse("notices")).status_code == 200

    User.objects.filter(pk=world.luis.id).update(is_active=False)

    assert browser.get(reverse("notices")).status_code == 302
    assert reverse("account_login") in browser.get(reverse("notices"))["Location"]


def test_a_disabled_account_does_not_sign_in(world: World) -> None:
    user = with_password(world.amina)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert not signs_in(user)


def test_nobody_signs_up(db: None) -> None:
    assert not ClosedAccountAdapter().is_open_for_signup(RequestFactory().get("/"))
    assert isinstance(get_adapter(), ClosedAccountAdapter)


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("/home/", True),
        ("/contributor/con_1/?page=2", True),
        ("", False),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("/%2Fevil.example/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_paths_of_this_site_are_gone_to(address: str, is_safe: bool) -> None:
    assert ClosedAccountAdapter().is_safe_url(address) is is_safe
