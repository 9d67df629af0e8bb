from __future__ import annotations

_LONGEST = 120


class PackageFault(ValueError):
    """A package, bag, statement or description that does not hold; the message says why."""


def shown(text: object) -> str:
    """What a stranger wrote, fit to be shown: no control characters, and not endless."""
    whole = str(text)
    return ascii(whole) if len(whole) <= _LONGEST else f"{whole[:_LONGEST]!a}..."
