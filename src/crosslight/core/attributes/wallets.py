"""Mobile-money wallets: a phone number and the operator that keeps the account."""

from __future__ import annotations

import re

from crosslight.core.attributes import phones

_OPERATOR = re.compile(r"[^\W\d_]+", re.UNICODE)
# Mobile-money services of the region by operator; names as one word in lower case.
_SERVICES = {
    "orange": ("orangemoney", "orange", "om"),
    "wave": ("wavemobilemoney", "wave"),
    "free": ("freemoney", "free", "tigocash"),
    "mtn": ("mtnmobilemoney", "mtnmomo", "mtn", "momo"),
    "moov": ("moovmoney", "moov", "flooz"),
    "mpesa": ("mpesa",),
    "africell": ("afrimoney", "africell"),
    "qcell": ("qmoney", "qcell"),
    "airtel": ("airtelmoney", "airtel"),
    "telecel": ("telecelcash", "telecel", "vodafonecash"),
    "wizall": ("wizallmoney", "wizall"),
    "expresso": ("emoney", "expresso"),
    "bankily": ("bankily",),
    "masrvi": ("masrvi",),
}
_OPERATORS = {service: name for name, services in _SERVICES.items() for service in services}
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


def operator(text: str) -> str:
    """One name for the services of one operator; `text` as one word where it is not listed."""
    compact = "".join(_OPERATOR.findall(text)).casefold()
    return _OPERATORS.get(compact, compact)


def display(value: str) -> str:
    operator, _, number = value.partition(":")
    shown = phones.display(number)
    return f"{shown} ({operator})" if operator else shown
