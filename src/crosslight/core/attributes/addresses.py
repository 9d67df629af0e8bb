"""Addresses and places, folded to words that survive spelling habits."""

from __future__ import annotations

import re
from functools import lru_cache

from crosslight.core.names.scripts import to_latin

_WORD = re.compile(r"[a-z0-9]+")
_ABBREVIATIONS = {
    "st": "street",
    "str": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "bd": "boulevard",
    "blvd": "boulevard",
    "bvd": "boulevard",
    "apt": "apartment",
    "no": "",
    "nr": "",
}
_FILLERS = frozenset({"the", "of", "de", "du", "des", "la", "le", "les", "da", "do", "el", "del"})


def words(raw: str) -> tuple[str, ...]:
    """Words of an address in order: Latin script, lower case, abbreviations written out."""
    return _words(raw)


@lru_cache(maxsize=65_536)
def _words(raw: str) -> tuple[str, ...]:
    found = (_ABBREVIATIONS.get(word, word) for word in _WORD.findall(to_latin(raw)))
    kept = [word for word in found if word and word not in _FILLERS]
    return tuple(kept)


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Sorted words, so that "12, rue Carnot" and "rue Carnot 12" are the same."""
    return " ".join(sorted(words(raw))) or None


def display(value: str) -> str:
    return value
