"""Signing in with password and code; a second factor is compulsory for authorities."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from crosslight.accounts.models import User
from crosslight.accounts.services import choose_language
from crosslight.core.policy import Actor
from crosslight.foundation import clock
from crosslight.ledger.acts import Act
from crosslight.ledger.selectors import entries_count, read_entries
from tests.factories import World
from tests.web.signed_in import SECRET, browser_of, give_authenticator

PASSWORD = "seven quiet harbours"


@pytest.fixture(autouse=True)
def _no_memory_of_other_tries(db: None) -> None:
    cache.clear()


def user_with_password(actor: Actor) -> User:
    user = User.objects.get(pk=actor.id)
    user.set_password(PASSWORD)
    user.save()
    return user


def give_password(client: Client, user: User, next_address: str = "") -> str:
    fields = {"login": user.email, "password": PASSWORD, "next": next_address}
    response = client.post(reverse("account_login"), fields)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def current_code(secret: str = SECRET) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_contributor_signs_in_with_a_password(world: World, client: Client) -> None:
    assert give_password(client, user_with_password(world.amina)) == "/home/"
    assert client.get(reverse("my_account")).status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_address(world: World, client: Client) -> None:
    user = user_with_password(world.amina)

    response = client.post(reverse("account_login"), {"login": user.email, "password": "no"})

    text = response.content.decode()
    assert "There is a problem" in text
    assert user.email in text


def test_an_authority_without_factor_is_led_to_setting_it_up(world: World, client: Client) -> None:
    give_password(client, user_with_password(world.ndeye))

    for name in ("home", "my_account", "notices", "mfa_index", "account_change_password"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response["Location"] == reverse("mfa_activate_totp")
    assert client.get("/oversight/").status_code in {302, 404}


def test_setting_up_the_factor_opens_the_work(world: World, client: Client) -> None:
    give_password(client, user_with_password(world.ndeye))
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    done = client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})

    assert done.status_code == 302
    assert client.get(reverse("notices")).status_code == 200


def test_who_has_a_factor_is_asked_for_it(world: World, client: Client) -> None:
    user = user_with_password(world.ndeye)
    give_authenticator(user)

    assert give_password(client, user) == reverse("mfa_authenticate")
    assert client.get(reverse("notices")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": current_code()})
    assert client.get(reverse("notices")).status_code == 200


def test_a_session_older_than_the_factor_has_to_show_it(world: World) -> None:
    """Whoever signed in with the password alone gains nothing when the owner adds a factor."""
    browser = browser_of(world.ndeye, has_factor=False)
    give_authenticator(User.objects.get(pk=world.ndeye.id))

    response = browser.get(reverse("notices"))

    assert response["Location"] == reverse("mfa_reauthenticate")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/%2Fevil.example/",
        "/%252Fevil.example/",
        "/\t/evil.example/",
        "/\\evil.example/",
        "%2F%2Fevil.example%2F",
        "https%3A%2F%2Fevil.example%2F",
        "%252F%252Fevil.example%252F",
        "javascript:alert(1)",
        " //evil.example",
    ],
)
def test_signing_in_never_leads_to_another_site(address: str, world: World, client: Client) -> None:
    where = give_password(client, user_with_password(world.amina), next_address=address)

    assert where == "/home/"


def test_signing_out_needs_a_press_of_the_button(world: World) -> None:
    browser = browser_of(world.amina)

    assert browser.get(reverse("account_logout")).status_code == 200
    assert browser.get(reverse("my_account")).status_code == 200
    browser.post(reverse("account_logout"))
    assert browser.get(reverse("my_account")).status_code == 302


def test_nobody_signs_up_or_resets_by_mail(client: Client, db: None) -> None:
    for name in ("account_signup", "account_reset_password", "account_set_password"):
        assert client.get(reverse(name)).status_code == 200
        assert client.post(reverse(name), {"email": "a@example.org"}).status_code == 405


def test_after_a_while_the_password_is_asked_again_before_the_factor_changes(
    world: World, client: Client
) -> None:
    give_password(client, user_with_password(world.amina))

    with clock.later(timedelta(minutes=10)):
        asked = client.get(reverse("mfa_activate_totp"))
        assert asked["Location"].startswith(reverse("account_reauthenticate"))
        wrong = client.post(asked["Location"], {"password": "not it"})
        assert "There is a problem" in wrong.content.decode()
        right = client.post(
            asked["Location"], {"password": PASSWORD, "next": reverse("mfa_activate_totp")}
        )
        assert right["Location"] == reverse("mfa_activate_totp")


def test_sessions_are_on_record_and_no_address_is(world: World, client: Client) -> None:
    user = user_with_password(world.amina)
    before = entries_count()

    client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})
    client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"})
    give_password(client, user)
    client.post(reverse("account_logout"))

    entries = [indexed.entry for indexed in read_entries(after=before - 1, limit=10)]
    assert [entry.act for entry in entries] == [
        Act.SESSION_FAILED,
        Act.SESSION_FAILED,
        Act.SESSION_OPENED,
        Act.SESSION_CLOSED,
    ]
    assert entries[0].objects == (user.pk,)
    assert entries[1].objects == ()
    assert entries[2].actor == user.pk
    assert "example.org" not in str(entries[:2])


def test_the_language_of_the_account_comes_with_signing_in(world: World, client: Client) -> None:
    user = user_with_password(world.amina)
    choose_language(user=user, language="ar")

    give_password(client, user)
    client.get("/home/")

    assert 'dir="rtl"' in client.get(reverse("my_account")).content.decode()
