"""Doors of every surface: signing in, my account, notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from crosslight.accounts.models import Notice, User
from crosslight.ledger.acts import Act
from tests.coordination.factories import notified
from tests.doors.door import Call, Door, Doors
from tests.factories import World
from tests.review.factories import in_library

PASSWORD = "a long password of practice"  # of an invented person
STATIC = "a page without anybody's data"
OWN = "only what the person has of their own account"
EVERYONE: tuple[str, ...] = ()


def visitor(data: dict[str, Any] | None = None, query: str = "") -> Callable[[World], Call]:
    return lambda _world: Call(None, data=data or {}, query=query)


def signed_in(data: dict[str, Any] | None = None) -> Callable[[World], Call]:
    return lambda world: Call(world.amina, data=data or {})


def fresh(*, has_codes: bool = False) -> Callable[[World], Call]:
    def prepare(world: World) -> Call:
        if has_codes:
            RecoveryCodes.activate(User.objects.get(pk=world.amina.id))
        return Call(world.amina, is_fresh=True)

    return prepare


def with_password(world: World) -> User:
    user = User.objects.get(pk=world.amina.id)
    user.set_password(PASSWORD)
    user.save()
    # Without a second factor the password alone signs a contributor in.
    Authenticator.objects.filter(user=user).delete()
    return user


def signing_in(world: World) -> Call:
    user = with_password(world)
    return Call(None, data={"login": user.email, "password": PASSWORD})


def failing(world: World) -> Call:
    user = with_password(world)
    return Call(None, data={"login": user.email, "password": "not it at all"}, objects=[user.pk])


def changing_password(world: World) -> Call:
    with_password(world)
    new = "another long password of practice"
    return Call(
        world.amina,
        data={"oldpassword": PASSWORD, "password1": new, "password2": new},
        is_fresh=True,
    )


def notice(world: World) -> Call:
    notified(world)
    found = Notice.objects.filter(user_id=world.ndeye.id).earliest("created_at")
    return Call(world.ndeye, ids=[found.pk])


def shelf(world: World) -> Call:
    return Call(world.amina, objects=[in_library(world).pk])


def one_of_the_shelf(world: World) -> Call:
    return Call(world.amina, ids=[in_library(world).pk])


DOORS: Doors = {
    "GET landing": Door(visitor(), none=STATIC, strangers=EVERYONE),
    "GET home": Door(signed_in(), none=STATIC, strangers=EVERYONE, status=302),
    "GET help": Door(visitor(query="?page=landing"), none=STATIC, strangers=EVERYONE),
    "POST language": Door(
        signed_in({"language": "fr", "next": "/"}), none=OWN, strangers=EVERYONE, status=302
    ),
    "GET my_account": Door(signed_in(), none=OWN, strangers=EVERYONE),
    "GET kept_work": Door(signed_in(), none=OWN, strangers=EVERYONE, status=302),
    "POST kept_work": Door(signed_in(), none=OWN, strangers=EVERYONE, status=302),
    "GET typologies": Door(shelf, leaves=(Act.TYPOLOGY_LISTED,), strangers=EVERYONE),
    "GET typology": Door(one_of_the_shelf, leaves=(Act.TYPOLOGY_CONSULTED,), strangers=EVERYONE),
    "GET notices": Door(
        lambda world: Call(notice(world).actor),
        none="kinds of notices and times, no object",
        strangers=EVERYONE,
    ),
    "POST notice": Door(
        notice,
        none="marks the person's own notice as read; where it leads leaves an entry itself",
        strangers=("amina",),
        status=302,
    ),
    "GET account_login": Door(visitor(), none=STATIC, strangers=EVERYONE),
    "POST account_login": Door(
        signing_in, leaves=(Act.SESSION_OPENED,), strangers=EVERYONE, status=302
    ),
    "POST account_login with a wrong password": Door(
        failing, leaves=(Act.SESSION_FAILED,), strangers=EVERYONE, status=200
    ),
    "GET account_logout": Door(signed_in(), none=STATIC, strangers=EVERYONE),
    "POST account_logout": Door(
        signed_in(), leaves=(Act.SESSION_CLOSED,), strangers=EVERYONE, status=302
    ),
    "GET account_inactive": Door(visitor(), none=STATIC, strangers=EVERYONE),
    "GET account_reauthenticate": Door(signed_in(), none=STATIC, strangers=EVERYONE),
    "POST account_reauthenticate": Door(signed_in({"password": "x"}), none=OWN, strangers=EVERYONE),
    "GET account_change_password": Door(signed_in(), none=STATIC, strangers=EVERYONE),
    "POST account_change_password": Door(
        changing_password, leaves=(Act.PASSWORD_SET,), strangers=EVERYONE, status=302
    ),
    "GET account_signup": Door(visitor(), none=STATIC, strangers=EVERYONE),
    "GET account_set_password": Door(visitor(), none=STATIC, strangers=EVERYONE),
    "GET account_reset_password": Door(visitor(), none=STATIC, strangers=EVERYONE),
    "GET mfa_index": Door(signed_in(), none=OWN, strangers=EVERYONE),
    "GET mfa_authenticate": Door(visitor(), none=STATIC, strangers=EVERYONE, status=302),
    "POST mfa_authenticate": Door(visitor(), none=STATIC, strangers=EVERYONE, status=302),
    "GET mfa_reauthenticate": Door(signed_in(), none=STATIC, strangers=EVERYONE),
    "POST mfa_reauthenticate": Door(signed_in({"code": "000000"}), none=OWN, strangers=EVERYONE),
    "GET mfa_activate_totp": Door(signed_in(), none=OWN, strangers=EVERYONE, status=302),
    "POST mfa_activate_totp": Door(
        signed_in({"code": "000000"}),
        none="the factor is set up already",
        strangers=EVERYONE,
        status=302,
    ),
    "GET mfa_deactivate_totp": Door(signed_in(), none=STATIC, strangers=EVERYONE),
    "POST mfa_deactivate_totp": Door(
        fresh(), leaves=(Act.FACTOR_REMOVED,), strangers=EVERYONE, status=302
    ),
    "GET mfa_view_recovery_codes": Door(fresh(has_codes=True), none=OWN, strangers=EVERYONE),
    "GET mfa_generate_recovery_codes": Door(signed_in(), none=STATIC, strangers=EVERYONE),
    "POST mfa_generate_recovery_codes": Door(
        fresh(), leaves=(Act.FACTOR_CODES_MADE,), strangers=EVERYONE, status=302
    ),
    "GET mfa_download_recovery_codes": Door(fresh(has_codes=True), none=OWN, strangers=EVERYONE),
}
