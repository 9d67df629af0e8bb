"""Files by the hash of their content (SHA-256, FIPS 180-4; older SHA-1 and MD5 as met)."""

from __future__ import annotations

import re
from types import MappingProxyType

from crosslight.core.attributes.sentences import gettext_noop

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The files have the same content."),
        "different": gettext_noop("The files differ."),
    }
)

_HASH = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])", re.IGNORECASE
)
_KINDS = {64: "sha256", 40: "sha1", 32: "md5"}
# Hashes of the empty file, which says nothing.
_EMPTY = frozenset(
    (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "d41d8cd98f00b204e9800998ecf8427e",
    )
)


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`sha256:`, `sha1:` or `md5:` and the hash in lower case; None for that of an empty file."""
    found = _HASH.search(raw[:400])
    value = found.group().lower() if found else ""
    return f"{_KINDS[len(value)]}:{value}" if value and value not in _EMPTY else None


def key(value: str) -> str | None:
    return value or None


def variants(value: str) -> tuple[str, ...]:  # noqa: ARG001
    """None: one changed bit changes all of a hash."""
    return ()


def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    return "same" if left == right else "different"
