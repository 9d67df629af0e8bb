"""E-mail addresses: lower case, domain in its ASCII (IDNA) form."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes.sentences import gettext_noop

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The e-mail addresses are the same."),
        "same_mailbox": gettext_noop("The e-mail addresses reach the same mailbox."),
        "near": gettext_noop("The e-mail addresses differ by one letter or by dots and digits."),
        "same_name_other_domain": gettext_noop(
            "The name before the @ is the same with another provider."
        ),
        "different": gettext_noop("The e-mail addresses are different."),
    }
)

_SHAPE = re.compile(r"^[^\s@<>\"']{1,64}@[^\s@<>\"']{1,253}$")
_DOMAIN = re.compile(r"^(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z0-9-]{2,}$")
_MAILTO = re.compile(r"^\s*(?:mailto:)?\s*", re.IGNORECASE)
_DOTLESS_DOMAINS = frozenset({"gmail.com", "googlemail.com"})

_NOT_NAME = re.compile(r"[^a-z0-9]")
_END_DIGITS = re.compile(r"\d{1,4}$")
_SHORTEST_NAME = 6
# Names that every domain has: they are nobody's.
_ROLES = frozenset(
    {"office", "contact", "service", "support", "booking", "reservation", "webmaster"}
)


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


def form(raw: str, *, country: str | None = None) -> str | None:
    return normalise(raw, country=country)


def key(value: str) -> str | None:
    return value or None


def variants(value: str) -> tuple[str, ...]:
    """The mailbox, and the letters of the name where it is long and no office's."""
    stem = _stem(value)
    names = (f"name:{stem}",) if len(stem) >= _SHORTEST_NAME and stem not in _ROLES else ()
    return (f"mailbox:{mailbox(value)}", *names)


def _stem(value: str) -> str:
    """Letters of the name before the @, without dots, strokes, tags and digits at the end."""
    local = value.rpartition("@")[0].partition("+")[0]
    return _END_DIGITS.sub("", _NOT_NAME.sub("", local.lower()))


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    if left == right:
        return "same"
    if mailbox(left) == mailbox(right):
        return "same_mailbox"
    ours, theirs = _stem(left), _stem(right)
    if min(len(ours), len(theirs)) < _SHORTEST_NAME or {ours, theirs} & _ROLES:
        return "different"
    if left.rpartition("@")[2] == right.rpartition("@")[2]:
        return "near" if OSA.distance(ours, theirs, score_cutoff=1) <= 1 else "different"
    return "same_name_other_domain" if ours == theirs else "different"
