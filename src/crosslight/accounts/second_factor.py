"""A code of the authenticator app opens one session, however long it stays valid."""

from __future__ import annotations

import hashlib

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.cache import cache

from crosslight.accounts.models import User


class OnceOnly:
    """allauth forgets a used code after one period, but takes it for `2 * tolerance + 1` of them.

    Whoever reads a code over a shoulder could show it again in between; so it is remembered for
    as long as it is valid, from the page that sets the factor up on.
    """

    user: User

    def clean_code(self) -> str:
        if cache.get(_mark_of(self.user, self.cleaned_data["code"])):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]
        cache.set(_mark_of(self.user, code), True, timeout=_validity())  # noqa: FBT003
        return code


class ActivateOnce(OnceOnly, ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    pass


class AuthenticateOnce(OnceOnly, AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateOnce(OnceOnly, ReauthenticateForm):  # type: ignore[misc]
    pass


def _validity() -> int:
    """Seconds that one code is accepted for: its own period and the tolerance on both sides."""
    periods = 2 * app_settings.TOTP_TOLERANCE + 1
    return int(periods * app_settings.TOTP_PERIOD)


def _mark_of(user: User, code: str) -> str:
    digest = hashlib.sha256(f"{user.pk}:{normalize_user_code(code)}".encode()).hexdigest()
    return f"crosslight:code_used:{digest}"
