"""What a person typed into a form that could not be taken, to be shown back and never lost."""

from __future__ import annotations

from django.http import HttpRequest

_NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", "next"})


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values in the order of the form; no secret, no token, nothing empty."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _NEVER_SHOWN and "password" not in name
        for value in values
        if value
    ]


def typed_text(request: HttpRequest) -> str:
    return "\n\n".join(f"{name}:\n{value}" for name, value in typed_fields(request))
