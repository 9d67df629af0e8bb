"""The order is fixed in config.settings: headers, actor, declared action, second factor, errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from crosslight.core.policy import Actor
from crosslight.foundation.errors import CrosslightError, NotFoundOrHidden
from crosslight.web.shared.access import PUBLIC, Screen, View, refusal_by_role
from crosslight.web.shared.actors import actor_of_request, needs_second_factor
from crosslight.web.shared.errors import (
    ON_RECORD,
    error_page,
    is_for_the_framework,
    put_refusal_on_record,
    unforeseen,
)
from crosslight.web.shared.kept import ask_to_sign_in, forget_once_sent, mark_account

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# The API is opened by bearer keys alone and declares its actions by itself (crosslight.api).
API_PREFIX = "/api/"
# What a person of an authority needs to set up or show the factor, and nothing else.
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {"mfa_activate_totp", "account_reauthenticate", "mfa_reauthenticate"}
)


class _Middleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


class PrivacyHeaders(_Middleware):
    """Nothing that a view answers stays in a cache; static files are served further out."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        return response


class ActorOfRequest(_Middleware):
    """`request.actor`: who acts, or None. An API call has none until its key is checked."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = None if is_api(request) else actor_of_request(request)
        request.actor = actor  # type: ignore[attr-defined]
        response = self.get_response(request)
        if actor is not None:
            mark_account(request, response)
        return response


class DeclaredActionsOnly(_Middleware):
    """Default deny: no declared action, no page; no role for it, no page either."""

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        _arguments: Sequence[object],
        _named: Mapping[str, object],
    ) -> HttpResponse | None:
        if is_api(request):
            return None
        if not isinstance(view, Screen):
            return error_page(request, NotFoundOrHidden())
        if view.action is PUBLIC:
            return None
        actor = actor_in(request)
        if actor is None:
            return ask_to_sign_in(request)
        error = refusal_by_role(view, actor)
        if error is None:
            forget_once_sent(request)
            return None
        put_refusal_on_record(request, error, actor=actor)
        return error_page(request, error)


class SecondFactorForAuthorities(_Middleware):
    """A second factor is compulsory for every role of an authority; allauth has no such setting."""

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        _arguments: Sequence[object],
        _named: Mapping[str, object],
    ) -> HttpResponse | None:
        actor = actor_in(request)
        if actor is None or not needs_second_factor(actor):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        is_open = isinstance(view, Screen) and view.action is PUBLIC
        if is_open or name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        has_one = is_mfa_enabled(request.user)
        return redirect("mfa_reauthenticate" if has_one else "mfa_activate_totp")


class ErrorsAsPages(_Middleware):
    """Innermost, so that every transaction of the view is rolled back when it speaks."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_api(request) or is_for_the_framework(exception):
            return None
        if isinstance(exception, (Http404, ImmediateHttpResponse, ReauthenticationRequired)):
            return None
        if not isinstance(exception, CrosslightError):
            return unforeseen(request, exception)
        if isinstance(exception, ON_RECORD):
            put_refusal_on_record(request, exception, actor=actor_in(request))
        return error_page(request, exception)


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PREFIX)


def actor_in(request: HttpRequest) -> Actor | None:
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else None
