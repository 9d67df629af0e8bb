"""Mobile-money wallets: a phone number and the operator that keeps the account."""

from __future__ import annotations

import re

from crosslight.core.attributes import phones

_OPERATOR = re.compile(r"[^\W\d_]+", re.UNICODE)
_DIGITS = re.compile(r"\+?[\d][\d\s().-]{5,}")


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """`operator:+E164`, e.g. `wave:+447700900123`; the operator is empty when not written."""
    found = _DIGITS.search(raw)
    if found is None:
        return None
    number = phones.normalise(found.group(), country=country)
    if number is None:
        return None
    rest = raw[: found.start()] + " " + raw[found.end() :]
    operator = "".join(_OPERATOR.findall(rest)).casefold()
    return f"{operator}:{number}"


def display(value: str) -> str:
    operator, _, number = value.partition(":")
    shown = phones.display(number)
    return f"{shown} ({operator})" if operator else shown
