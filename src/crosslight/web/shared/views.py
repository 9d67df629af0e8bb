"""Landing, home, help, language, my account, and the page that gives kept work back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate, gettext

from crosslight.accounts.models import User
from crosslight.accounts.services import choose_language
from crosslight.foundation.addresses import is_local_path
from crosslight.foundation.errors import FieldError, FieldErrors
from crosslight.web.shared.access import PUBLIC, SIGNED_IN, ScreenRequest, screen
from crosslight.web.shared.help import help_on
from crosslight.web.shared.kept import forget, kept_work_of
from crosslight.web.shared.menu import home_of


@screen(PUBLIC)
def landing(request: HttpRequest) -> HttpResponse:
    return render(request, "shared/landing.html")


@screen(SIGNED_IN)
def home(request: ScreenRequest) -> HttpResponse:
    address = home_of(request.actor)
    return redirect(address) if address else render(request, "shared/no_mandate.html")


@screen(PUBLIC)
def page_help(request: HttpRequest) -> HttpResponse:
    """Help on the page that was left for it; `page` is the name of that page's URL."""
    return render(request, "shared/help.html", {"topic": help_on(request.GET.get("page", ""))})


@screen(PUBLIC, methods=("POST",))
def switch_language(request: HttpRequest) -> HttpResponse:
    """Works without scripts; kept in a cookie for the pages before sign-in, and on the account."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise FieldErrors((_unknown_language(code),))
    if isinstance(request.user, User):
        choose_language(user=request.user, language=code)
    activate(code)
    address = request.POST.get("next", "")
    response = redirect(address if is_local_path(address) else "/")
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, samesite="Lax", secure=secure, max_age=31_536_000
    )
    return response


def _unknown_language(code: str) -> FieldError:
    return FieldError(
        code="I-041",
        field="language",
        message=gettext("This language is not offered: %(code)s.") % {"code": code[:16]},
        remedy=gettext("Choose one from the list at the foot of the page."),
    )


@screen(SIGNED_IN)
def my_account(request: ScreenRequest) -> HttpResponse:
    return render(request, "shared/account.html")


@screen(SIGNED_IN, methods=("GET", "POST"))
def kept_work(request: ScreenRequest) -> HttpResponse:
    work = kept_work_of(request)
    if request.method == "POST" or work is None:
        forget(request)
        return redirect("home")
    return render(request, "shared/kept.html", {"work": work})


@screen(PUBLIC)
def getting_an_account(request: HttpRequest) -> HttpResponse:
    """Accounts and new passwords come from an administrator; nobody signs up."""
    return render(request, "shared/getting_an_account.html")
