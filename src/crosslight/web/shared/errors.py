"""Errors as pages: what happened, what is safe, what to do, and the code. The one table to status.

A page for something hidden and a page for something absent are the same bytes: nothing on them
depends on the address, and they carry no form (a form would carry a token of its own).
"""

from __future__ import annotations

import secrets

import structlog
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from crosslight.core.policy import Actor
from crosslight.foundation.errors import (
    Conflict,
    CrosslightError,
    FieldErrors,
    InputError,
    NotAllowed,
    NotFoundOrHidden,
    StaleVersion,
    TooMuch,
    Unavailable,
    WrongState,
)
from crosslight.ledger.services import record_refusal
from crosslight.web.shared.access import Screen, WrongMethod, action_name
from crosslight.web.shared.components import Compared
from crosslight.web.shared.typed import typed_text


class FormNotTaken(CrosslightError):
    """A form that came too late: its page shows back what was typed."""

    code = "A-102"
    what = "This form could not be checked as coming from you."
    safe = "Nothing was sent. What you typed is shown below, so that you can copy it."
    remedy = "Copy your text, open the page again, paste it and send it."


class SignedOut(FormNotTaken):
    code = "A-101"
    what = "You were signed out before this was sent."
    remedy = "Copy your text, sign in, paste it and send it."


class TooBig(InputError):
    code = "I-413"
    what = "What was sent is too large."
    remedy = "Send less at a time, or a smaller file."


STATUS_OF: dict[type[CrosslightError], int] = {
    InputError: 400,
    TooBig: 413,
    NotAllowed: 403,
    FormNotTaken: 403,
    NotFoundOrHidden: 404,
    WrongMethod: 405,
    Conflict: 409,
    TooMuch: 429,
    Unavailable: 503,
    CrosslightError: 500,
}
ON_RECORD = (NotAllowed, NotFoundOrHidden, WrongState)
_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

log = structlog.get_logger()


def status_of(error: CrosslightError) -> int:
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def error_page(request: HttpRequest, error: CrosslightError) -> HttpResponse:
    context = {
        "what": gettext(error.what),
        "safe": gettext(error.safe),
        "remedy": gettext(error.remedy),
        "code": error.code,
        "is_error_page": True,
        "faults": error.errors if isinstance(error, FieldErrors) else (),
        "both": _both_versions(error) if isinstance(error, StaleVersion) else (),
        "typed": typed_text(request) if isinstance(error, FormNotTaken) else "",
    }
    page = render(request, "shared/error.html", context, status=status_of(error))
    if isinstance(error, WrongMethod):
        page["Allow"] = ", ".join(sorted(error.allowed))
    return page


def _both_versions(error: StaleVersion) -> tuple[Compared, ...]:
    return tuple(
        Compared(label=name, yours=str(value), theirs=str(error.theirs.get(name, "")))
        for name, value in error.yours.items()
    )


def put_refusal_on_record(
    request: HttpRequest, error: CrosslightError, *, actor: Actor | None
) -> None:
    """After the rollback, in its own transaction; the objects are those the address named."""
    match = request.resolver_match
    view = match.func if match else None
    named = match.kwargs.values() if match else ()
    record_refusal(
        actor=actor,
        action=action_name(view.action) if isinstance(view, Screen) else "undeclared",
        objects=[str(value) for value in named],
        code=error.code,
        reason=error.what,
    )


def failure_page(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """What nobody foresaw. The log gets the type alone: a message may quote what was typed."""
    reference = "Z-" + "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(4))
    route = request.resolver_match.route if request.resolver_match else ""
    log.error(
        "request.failed",
        reference=reference,
        exception_type=type(exception).__name__ if exception else "",
        route=route,
    )
    text = render_to_string("shared/failure.html", {"reference": reference})
    return HttpResponse(text, status=500)


def unforeseen(request: HttpRequest, exception: Exception) -> HttpResponse:
    """As the framework would: those who listen for failures hear of it, then the page."""
    got_request_exception.send(sender=type(exception), request=request)
    return failure_page(request, exception)


# --- what the URL tables name -----------------------------------------------------------------


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return error_page(request, FormNotTaken())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, _TOO_BIG):
        return error_page(request, TooBig())
    return error_page(request, InputError())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, NotAllowed())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, NotFoundOrHidden())


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return error_page(request, TooMuch())


def server_error(request: HttpRequest) -> HttpResponse:
    return failure_page(request)


def is_for_the_framework(exception: Exception) -> bool:
    """Bad requests have a page of their own through the URL table's handlers."""
    return isinstance(exception, SuspiciousOperation)
