"""Every session that opens, closes or fails to open is on record; no address of anyone is."""

from __future__ import annotations

from django.http import HttpRequest

from crosslight.accounts.adapter import ClosedAccountAdapter
from crosslight.accounts.models import User
from crosslight.accounts.selectors import user_by_email
from crosslight.core.policy import system_actor
from crosslight.foundation.transactions import act
from crosslight.ledger.acts import Act
from crosslight.ledger.services import record
from crosslight.web.shared.actors import actor_of_request

AT_THE_DOOR = system_actor("sign_in")


class RecordedAccountAdapter(ClosedAccountAdapter):
    def login(self, request: HttpRequest, user: User) -> None:
        """Comes after the second factor, where there is one."""
        with act():
            super().login(request, user)
            _record_session(request, Act.SESSION_OPENED)

    def logout(self, request: HttpRequest) -> None:
        with act():
            _record_session(request, Act.SESSION_CLOSED)
            super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        super().authentication_failed(request, **credentials)
        user = user_by_email(str(credentials.get("email", "")))
        with act():
            objects = [user.pk] if user else []
            record(actor=AT_THE_DOOR, act=Act.SESSION_FAILED, objects=objects)


def _record_session(request: HttpRequest, what: Act) -> None:
    actor = actor_of_request(request)
    if actor is not None:
        record(actor=actor, act=what)
