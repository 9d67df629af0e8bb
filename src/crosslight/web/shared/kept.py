"""Signing in again without losing work.

A form that arrives after its session ended is kept, in the new and still anonymous session, for
thirty minutes; after sign-in a page shows it and sends it again when the person says so. Sending
it unasked was weighed and left: the person may have gone, and someone else may sign in. For that
reason it is shown only to the account that this browser was last signed in with, by a keyed hash
in a cookie. Where that is not known, or the form is big, the page shows the text back instead and
nothing is stored. Files have to be chosen again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode

from crosslight.accounts.models import User
from crosslight.foundation import clock
from crosslight.web.shared.errors import SignedOut, error_page
from crosslight.web.shared.typed import typed_fields

KEPT_FOR = timedelta(minutes=30)
KEPT_AT_MOST_BYTES = 100_000
_SESSION_KEY = "kept_work"
_COOKIE = "account_mark"


@dataclass(frozen=True, slots=True)
class KeptWork:
    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; a form that was being sent is kept on the way."""
    if is_in_background(request):
        return HttpResponse(status=401)
    if request.method in {"GET", "HEAD"}:
        return _sign_in_then(request.get_full_path())
    if not _keep(request):
        return error_page(request, SignedOut())
    return _sign_in_then(reverse("kept_work"))


def is_in_background(request: HttpRequest) -> bool:
    """The autosave and htmx: a sign-in page is of no use to either, a status is."""
    return "X-Autosave" in request.headers or "HX-Request" in request.headers


def _sign_in_then(address: str) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?{urlencode({'next': address})}")


def _keep(request: HttpRequest) -> bool:
    fields = typed_fields(request)
    owner = request.COOKIES.get(_COOKIE)
    size = sum(len(name) + len(value) for name, value in fields)
    if not owner or size > KEPT_AT_MOST_BYTES:
        return False
    request.session[_SESSION_KEY] = {
        "owner": owner,
        "path": request.path,
        "fields": fields,
        "had_files": bool(request.FILES),
        "at": clock.now().isoformat(),
    }
    request.session.set_expiry(KEPT_FOR)
    return True


def is_work_kept(request: HttpRequest) -> bool:
    """For the sign-in page, which says so without showing anything of it."""
    return _SESSION_KEY in request.session


def kept_work_of(request: HttpRequest) -> KeptWork | None:
    stored = request.session.get(_SESSION_KEY)
    if stored is None:
        return None
    kept_at = datetime.fromisoformat(stored["at"])
    is_theirs = constant_time_compare(stored["owner"], _mark_of(request))
    if not is_theirs or clock.now() - kept_at > KEPT_FOR:
        forget(request)
        return None
    fields = tuple((name, value) for name, value in stored["fields"])
    return KeptWork(stored["path"], fields, stored["had_files"])


def forget(request: HttpRequest) -> None:
    request.session.pop(_SESSION_KEY, None)


def forget_once_sent(request: HttpRequest) -> None:
    stored = request.session.get(_SESSION_KEY)
    if request.method == "POST" and stored is not None and stored["path"] == request.path:
        forget(request)


def mark_account(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember in the browser, until it closes, whose work may be kept; signing out forgets it.

    The account's language comes along, unless another one was chosen in this browser.
    """
    if not isinstance(request.user, User):
        response.delete_cookie(_COOKIE)
    elif request.COOKIES.get(_COOKIE) != (mark := _mark_of(request)):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(_COOKIE, mark, httponly=True, samesite="Lax", secure=secure)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.user.language)


def _mark_of(request: HttpRequest) -> str:
    return salted_hmac("crosslight.kept", str(request.user.pk), algorithm="sha256").hexdigest()
