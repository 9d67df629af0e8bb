"""Registration numbers of organisations: company, tax and association registers."""

from __future__ import annotations

from crosslight.core.attributes.text import upper_alphanumerics

_SHORTEST = 4
_LONGEST = 40


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Upper-case letters and digits without separators; None when no digit is in it."""
    compact = upper_alphanumerics(raw)
    if not _SHORTEST <= len(compact) <= _LONGEST or not any(map(str.isdigit, compact)):
        return None
    return compact


def display(value: str) -> str:
    return value
