"""Errors as RFC 9457 problems, with the same codes as the screens; no value sent is echoed."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from crosslight.core.policy import Actor
from crosslight.foundation.errors import (
    Conflict,
    CrosslightError,
    FieldError,
    FieldErrors,
    InputError,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
    TooMuch,
    Unavailable,
    WrongState,
)
from crosslight.foundation.identifiers import is_id
from crosslight.ledger.services import record_refusal

log = structlog.get_logger()

Handler = Callable[[HttpRequest, Any], HttpResponse]

MEDIA_TYPE = "application/problem+json"


class KeyRefused(CrosslightError):
    code = "A-401"
    what = "The bearer key is missing, unknown, expired or revoked."
    remedy = "Send Authorization: Bearer with a key in force."


class ScopeMissing(NotAllowed):
    code = "A-403"
    what = "The key is not made for this part of the API."
    remedy = "Ask your administrator for a key with the scope that the description names."


class BodyUnreadable(InputError):
    code = "I-401"
    what = "The body is not valid JSON."
    remedy = "Send one JSON object in UTF-8, each name once, without NaN or Infinity."


class BodyTooBig(InputError):
    code = "I-413"
    what = "The body is too large."
    remedy = "Send less at a time."


class IdempotencyClash(Conflict):
    code = "E-422"
    what = "This Idempotency-Key was used for another request."
    safe = "Nothing was changed."
    remedy = "Use a new key for a new request."


STATUS_OF: dict[type[CrosslightError], HTTPStatus] = {
    InputError: HTTPStatus.BAD_REQUEST,
    FieldErrors: HTTPStatus.UNPROCESSABLE_ENTITY,
    BodyTooBig: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    KeyRefused: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFoundOrHidden: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    IdempotencyClash: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooMuch: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    CrosslightError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_ON_RECORD = (NotAllowed, NotFoundOrHidden, WrongState)


def status_of(error: CrosslightError) -> HTTPStatus:
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def problem(error: CrosslightError) -> HttpResponse:
    status = status_of(error)
    body: dict[str, object] = {
        "type": f"about:blank#{error.code}",
        "title": status.phrase,
        "status": status.value,
        "detail": error.what,
        "code": error.code,
        "safe": error.safe,
        "remedy": error.remedy,
    }
    if isinstance(error, FieldErrors):
        body["errors"] = [fault.as_dict() for fault in error.errors]
    if isinstance(error, StaleVersion):
        body["yours"], body["theirs"] = error.yours, error.theirs
    response = HttpResponse(
        json.dumps(body, default=str), status=status.value, content_type=MEDIA_TYPE
    )
    if status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install(api: NinjaAPI) -> None:
    """Answer every error of every operation as a problem."""
    handlers: dict[type[Exception], Handler] = {
        CrosslightError: _known,
        AuthenticationError: lambda _request, _error: problem(KeyRefused()),
        ValidationError: _invalid,
        Http404: lambda _request, _error: problem(NotFoundOrHidden()),
        RequestDataTooBig: lambda _request, _error: problem(BodyTooBig()),
        HttpError: lambda _request, _error: problem(BodyUnreadable()),
        Exception: _unforeseen,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    """The log gets the type alone: a message may quote what was sent."""
    match = request.resolver_match
    log.error(
        "request.failed",
        exception_type=type(error).__name__,
        route=match.route if match else "",
    )
    got_request_exception.send(sender=type(error), request=request)
    return problem(CrosslightError())


def _known(request: HttpRequest, error: CrosslightError) -> HttpResponse:
    if isinstance(error, _ON_RECORD):
        _put_on_record(request, error)
    return problem(error)


def _put_on_record(request: HttpRequest, error: CrosslightError) -> None:
    """After the rollback of the act, in a transaction of its own."""
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    named = match.kwargs.values() if match else ()
    record_refusal(
        actor=actor if isinstance(actor, Actor) else None,
        action=getattr(request, "declared_action", "undeclared"),
        objects=[
            value for value in named if isinstance(value, str) and is_id(value, kind=value[:3])
        ],
        code=error.code,
    )


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(_fields(error))


def _fields(error: ValidationError) -> FieldErrors:
    """Pydantic's findings without the values that were sent: an error must not be an echo."""
    return FieldErrors(
        tuple(
            FieldError(
                code="I-422",
                field=".".join(str(part) for part in finding["loc"][1:]) or "body",
                message=str(finding["msg"]),
                remedy="See the description of this operation: crosslight openapi.",
            )
            for finding in error.errors
        )
    )
