"""From a form to a service: what the service refuses comes back as faults of the form."""

from __future__ import annotations

from collections.abc import Callable

from crosslight.foundation.errors import FieldErrors
from crosslight.web.shared.forms import ScreenForm

# A page that is shown again because something on it needs a correction.
NEEDS_CORRECTION = 422


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
