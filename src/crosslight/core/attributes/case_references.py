"""References of cases and reports: the number, and the authority that gave it."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import to_ascii_digits
from crosslight.core.names.folds import fold
from crosslight.core.names.scripts import to_latin

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The case references are the same, number and authority."),
        "same_number": gettext_noop("The case numbers are the same; an authority is missing."),
        "other_authority": gettext_noop("The same case number was given by different authorities."),
        "different": gettext_noop("The case references are different."),
    }
)

_NUMBER = re.compile(r"\d+(?:\s?[/.-]\s?[a-z0-9]{1,8})*", re.IGNORECASE)
_PARTS = re.compile(r"[a-z]+|\d+")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_WORD = re.compile(r"[a-z]+")
_FILLERS = frozenset(
    {
        *("n", "no", "nr", "num", "numero", "number", "ref", "reference", "referencia", "case"),
        *("dossier", "affaire", "expediente", "processo", "caso", "file", "report", "of", "the"),
        *("de", "du", "des", "d", "la", "le", "les", "l", "del", "da", "do", "et", "and", "y", "e"),
    }
)
# Kinds of papers stand with the number, not with the authority.
_PAPERS = frozenset(
    {"pv", "rg", "cr", "dp", "da", "rp", "nuipc", "soit", "transmis", "diligencias"}
)
_FEWEST_DIGITS = 3
_LONGEST = 200


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`number|authority words`: groups without leading zeros, a four-digit year last, words folded.

    "PV n° 0123/2026" and "dossier 2026-123" both become "123/2026|".
    """
    text = to_latin(to_ascii_digits(raw[:_LONGEST])).replace("'", " ")
    candidates = _NUMBER.findall(text)
    longest = max(candidates, key=lambda found: sum(map(str.isdigit, found)), default="")
    number = _ordered([_unpadded(part) for part in _PARTS.findall(longest)])
    if sum(map(str.isdigit, number)) < _FEWEST_DIGITS:
        return None
    words = _WORD.findall(text.replace(longest, " ", 1))
    told = {fold(word) for word in words if word not in _FILLERS | _PAPERS}
    return f"{number}|{' '.join(sorted(told))}"


def _unpadded(part: str) -> str:
    return part.lstrip("0") or "0"


def _ordered(parts: list[str]) -> str:
    """The year comes first in one country and last in the next."""
    if len(parts) > 1 and _YEAR.fullmatch(parts[0]) and not _YEAR.fullmatch(parts[-1]):
        parts = [*parts[1:], parts[0]]
    return "/".join(parts)


def key(value: str) -> str | None:
    """The form, where the authority is named."""
    return value if value.partition("|")[2] else None


def variants(value: str) -> tuple[str, ...]:
    """The number alone, where it holds more than a serial number or a year."""
    number = value.partition("|")[0]
    return (f"number:{number}",) if "/" in number else ()


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES. An authority may be named more or less fully."""
    number, _, authority = left.partition("|")
    other_number, _, other_authority = right.partition("|")
    if number != other_number:
        return "different"
    ours, theirs = set(authority.split()), set(other_authority.split())
    if not ours or not theirs:
        return "same" if left == right and ours else "same_number"
    return "same" if ours <= theirs or theirs <= ours else "other_authority"
