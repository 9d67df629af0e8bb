"""Registration numbers of organisations: company, tax and association registers."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes import lookalikes
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import upper_alphanumerics

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The registration numbers are the same."),
        "trimmed": gettext_noop(
            "The registration numbers are the same but for letters or zeros around them."
        ),
        "one_character": gettext_noop(
            "The registration numbers differ by one character or by two exchanged."
        ),
        "different": gettext_noop("The registration numbers are different."),
    }
)

_DIGITS = re.compile(r"[1-9]\d*")
_SHORTEST_CORE = 6
_SHORTEST_SLIP = 7

_SHORTEST = 4
_LONGEST = 40


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Upper-case letters and digits without separators; None when no digit is in it."""
    compact = upper_alphanumerics(raw)
    if not _SHORTEST <= len(compact) <= _LONGEST or not any(map(str.isdigit, compact)):
        return None
    return compact


def display(value: str) -> str:
    return value


def form(raw: str, *, country: str | None = None) -> str | None:
    return normalise(raw, country=country)


def key(value: str) -> str | None:
    return value or None


def variants(value: str) -> tuple[str, ...]:
    """Longest run of digits without leading zeros: "SN DKR 2020 B 012345" is often cut to it."""
    core = _core(value)
    return (f"core:{core}",) if core else ()


def _core(value: str) -> str:
    longest = max(_DIGITS.findall(value), key=len, default="")
    return longest if len(longest) >= _SHORTEST_CORE else ""


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    if left == right:
        return "same"
    ours, theirs = lookalikes.narrow(left), lookalikes.narrow(right)
    short, long = sorted((ours, theirs), key=lambda text: (len(text), text))
    core = _core(short)
    if core and core == _core(long) and (core == short.strip("0") or short in long):
        return "trimmed"
    is_slip = len(short) >= _SHORTEST_SLIP and OSA.distance(ours, theirs, score_cutoff=1) <= 1
    return "one_character" if is_slip else "different"
