"""E-mail addresses: lower case, domain in its ASCII (IDNA) form."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"^[^\s@<>\"']{1,64}@[^\s@<>\"']{1,253}$")
_DOMAIN = re.compile(r"^(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z0-9-]{2,}$")
_MAILTO = re.compile(r"^\s*(?:mailto:)?\s*", re.IGNORECASE)
_DOTLESS_DOMAINS = frozenset({"gmail.com", "googlemail.com"})


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Lower-case address with IDNA domain, or None. `country` says nothing about an address."""
    text = _MAILTO.sub("", raw).strip().strip("<>.,;")
    if not _SHAPE.match(text):
        return None
    local, _, domain = text.rpartition("@")
    ascii_domain = _to_idna(domain)
    if ascii_domain is None or not _DOMAIN.match(ascii_domain):
        return None
    return f"{local.lower()}@{ascii_domain}"


def _to_idna(domain: str) -> str | None:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def mailbox(value: str) -> str:
    """Variant that reaches the same mailbox: without `+tag`, and without dots at Gmail."""
    local, _, domain = value.rpartition("@")
    local = local.partition("+")[0]
    if domain in _DOTLESS_DOMAINS:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def display(value: str) -> str:
    local, _, domain = value.rpartition("@")
    try:
        return f"{local}@{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return value
