from __future__ import annotations

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from crosslight.accounts.models import User
from crosslight.foundation import clock
from crosslight.foundation.addresses import is_local_path

# Who typed the password just now is not asked for it again on the next page.
FRESH = timedelta(minutes=5)


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by an administrator for an accredited organisation; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth calls it so
        return False

    def is_safe_url(self, url: str) -> bool:
        """Narrower than allauth: only paths of this site, however often they were encoded."""
        return bool(url) and is_local_path(url)

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the account's own address: allauth would look in a table of its own, empty here."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, app: str) -> bool:  # noqa: ARG002  allauth calls it so
        records = get_authentication_records(self.request, self.request.user)
        return not any(_is_fresh(record["at"]) for record in records)


def _is_fresh(seconds: float) -> bool:
    return clock.now().timestamp() - seconds < FRESH.total_seconds()
