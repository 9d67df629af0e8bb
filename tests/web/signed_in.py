"""Browsers for tests of screens: signed in as one of the world's people, with or without factor."""

from __future__ import annotations

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from crosslight.accounts.models import User
from crosslight.core.policy import Actor

SECRET = "JBSWY3DPEHPK3PXP"


def browser_of(actor: Actor, *, has_factor: bool = True, checks_csrf: bool = False) -> Client:
    """A session as signing in leaves it: `has_factor` says whether the code was shown in it."""
    client = Client(enforce_csrf_checks=checks_csrf)
    user = User.objects.get(pk=actor.id)
    client.force_login(user)
    if has_factor:
        give_authenticator(user)
        show_factor(client, user)
    return client


def give_authenticator(user: User) -> None:
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, SECRET)


def show_factor(client: Client, user: User) -> None:
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
