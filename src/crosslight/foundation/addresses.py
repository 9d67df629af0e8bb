"""Addresses that a page was asked to lead on to."""

from __future__ import annotations

from urllib.parse import unquote

from django.utils.http import url_has_allowed_host_and_scheme

# Deeper nesting than any honest address has.
_MOST_DECODINGS = 5


def is_local_path(address: str) -> bool:
    """A path of this very site, under every decoding that something on the way may apply to it."""
    for _ in range(_MOST_DECODINGS):
        if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, None):
            return False
        decoded = unquote(address)
        if decoded == address:
            return True
        address = decoded
    return False
