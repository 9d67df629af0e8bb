"""From a request to an Actor: who is signed in, and whether this session showed a second factor."""

from __future__ import annotations

import hashlib

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from crosslight.accounts.models import User
from crosslight.core.policy import Actor
from crosslight.core.vocabulary.people import AUTHORITY_ROLES
from crosslight.partnerships.selectors import actor_of

# A persona of the practice world is chosen with one click; outside demo mode it counts nothing.
PERSONA = "persona"


def actor_of_request(request: HttpRequest) -> Actor | None:
    """None when nobody is signed in."""
    user = request.user
    if not isinstance(user, User):
        return None
    return actor_of(user, has_mfa=has_second_factor(request), session=session_mark(request))


def has_second_factor(request: HttpRequest) -> bool:
    """Whether *this* session showed the factor: an older session of the same user did not."""
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    if settings.IS_DEMO and PERSONA in methods:
        return True
    return "mfa" in methods and is_mfa_enabled(request.user)


def session_mark(request: HttpRequest) -> str:
    """Ties the acts of one sign-in together in the ledger without giving the session away."""
    key = request.session.session_key
    return hashlib.sha256(f"session:{key}".encode()).hexdigest()[:32] if key else ""


def needs_second_factor(actor: Actor) -> bool:
    return not actor.has_mfa and not actor.roles.isdisjoint(AUTHORITY_ROLES)
