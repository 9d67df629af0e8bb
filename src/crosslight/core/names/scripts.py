"""From any script to lower-case Latin letters without accents (ICU transliteration)."""

from __future__ import annotations

from functools import cache

import icu

_CHAIN = "Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower"
_LONGEST = 2_000


@cache
def _transliterator() -> icu.Transliterator:
    return icu.Transliterator.createInstance(_CHAIN)


def to_latin(text: str) -> str:
    """Romanised `text`, lower case; at most 2,000 characters of it are read."""
    short = text[:_LONGEST]
    if short.isascii():
        return short.lower()
    # Lone surrogates have no UTF-16 form that ICU accepts.
    clean = short.encode("utf-16", "replace").decode("utf-16")
    romanised: str = _transliterator().transliterate(clean)
    return romanised
