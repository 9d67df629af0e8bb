"""From a form to a service: what the service refuses comes back as faults of the form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, QueryDict

from crosslight.foundation.errors import FieldErrors
from crosslight.web.shared.forms import ScreenForm

# A page that is shown again because something on it needs a correction.
NEEDS_CORRECTION = 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty form that was sent is still to be judged."""
    return request.POST if request.method == "POST" else None


def sent(request: HttpRequest) -> QueryDict | None:
    """The form as it was sent, also where nothing at all was filled in; None where it is opened."""
    return request.POST if request.method == "POST" else None


def settled(form: ScreenForm, save: Callable[[], object]) -> bool:
    """Whether the form was in order and the service took it."""
    if not form.is_valid():
        return False
    try:
        save()
    except FieldErrors as error:
        form.take(error)
        return False
    return True
