"""Accounts of any kind: IBAN, mobile-money wallet, crypto address, national number."""

from __future__ import annotations

import re

from crosslight.core.attributes import ibans, wallets
from crosslight.core.attributes.text import upper_alphanumerics

_CRYPTO = re.compile(
    r"^(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{25,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34}"
    r"|T[1-9A-HJ-NP-Za-km-z]{33})$"
)
_SHORTEST = 5


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """Kind and comparable form, such as `iban:...`, `crypto:...`, `wallet:...`, `number:...`.

    Base-58 crypto addresses keep their case, which is part of the number.
    """
    text = raw.strip()
    if _CRYPTO.match(text):
        return f"crypto:{text.lower() if text.startswith(('0x', 'bc1')) else text}"
    iban = ibans.normalise(text)
    if iban:
        return f"iban:{iban}"
    wallet = _wallet(text, country=country)
    if wallet:
        return f"wallet:{wallet}"
    compact = upper_alphanumerics(text).lstrip("0")
    return f"number:{compact}" if len(compact) >= _SHORTEST else None


def _wallet(text: str, *, country: str | None) -> str | None:
    """A wallet says its operator or is written internationally; a bare number is an account."""
    value = wallets.normalise(text, country=country)
    if value is None:
        return None
    return value if not value.startswith(":") or "+" in text else None


def display(value: str) -> str:
    kind, _, rest = value.partition(":")
    if kind == "iban":
        return ibans.display(rest)
    return wallets.display(rest) if kind == "wallet" else rest
