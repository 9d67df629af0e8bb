"""Signing in: the views of allauth, each under a declared action; no others are open."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from crosslight.web.shared.access import PUBLIC, SIGNED_IN, ScreenRequest, screen
from crosslight.web.shared.credentials import recorded
from crosslight.web.shared.kept import is_work_kept
from crosslight.web.shared.views import getting_an_account

_BOTH = ("GET", "POST")


@screen(PUBLIC, methods=_BOTH)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page of allauth, told whether work is kept for after it."""
    page = account.LoginView.as_view(extra_context={"is_work_kept": is_work_kept(request)})
    response: HttpResponseBase = page(request)
    return response


@screen(SIGNED_IN, methods=_BOTH)
@recorded
def activate_totp(request: ScreenRequest) -> HttpResponseBase:
    """Whoever has just shown the first code has shown the factor in this session."""
    had_one = is_mfa_enabled(request.user)
    response: HttpResponseBase = totp.activate_totp(request)
    if not had_one and is_mfa_enabled(request.user):
        record_authentication(request, request.user, method="mfa", type="totp")
    return response


urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", screen(PUBLIC, methods=_BOTH)(account.logout), name="account_logout"),
    path("inactive/", screen(PUBLIC)(account.account_inactive), name="account_inactive"),
    path(
        "confirm/",
        screen(SIGNED_IN, methods=_BOTH)(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "password/",
        screen(SIGNED_IN, methods=_BOTH)(recorded(account.password_change)),
        name="account_change_password",
    ),
    # Names that allauth's pages link to. There is no signing up and no reset by mail.
    path("new/", getting_an_account, name="account_signup"),
    path("password/first/", getting_an_account, name="account_set_password"),
    path("forgotten/", getting_an_account, name="account_reset_password"),
    path("second-factor/", screen(SIGNED_IN)(mfa.index), name="mfa_index"),
    path(
        "second-factor/sign-in/",
        screen(PUBLIC, methods=_BOTH)(mfa.authenticate),
        name="mfa_authenticate",
    ),
    path(
        "second-factor/confirm/",
        screen(SIGNED_IN, methods=_BOTH)(mfa.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path("second-factor/app/", activate_totp, name="mfa_activate_totp"),
    path(
        "second-factor/app/remove/",
        screen(SIGNED_IN, methods=_BOTH)(recorded(totp.deactivate_totp)),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-factor/recovery-codes/",
        screen(SIGNED_IN)(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/new/",
        screen(SIGNED_IN, methods=_BOTH)(recorded(recovery_codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/download/",
        screen(SIGNED_IN)(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
