"""Vehicle identification numbers (ISO 3779)."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes import lookalikes
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import upper_alphanumerics

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The vehicle identification numbers are the same."),
        "confusable": gettext_noop(
            "The vehicle numbers differ only in characters that look alike."
        ),
        "one_character": gettext_noop(
            "The vehicle identification numbers differ by one character."
        ),
        "different": gettext_noop("The vehicle identification numbers are different."),
    }
)

_LENGTH = 17
_LOOKALIKES = str.maketrans({"O": "0", "Q": "0", "I": "1"})
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_PLACE = 8
_SERIAL = 8


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """Seventeen characters; I, O and Q, which the standard forbids, are read as digits."""
    compact = upper_alphanumerics(raw).translate(_LOOKALIKES)
    return compact if len(compact) == _LENGTH else None


def is_check_digit_valid(value: str) -> bool:
    """North American check digit (49 CFR 565.15); European makers need not fill it."""
    if len(value) != _LENGTH or any(char not in _VALUES for char in value):
        return False
    total = sum(_VALUES[char] * weight for char, weight in zip(value, _WEIGHTS, strict=True))
    return value[_CHECK_PLACE] == "0123456789X"[total % 11]


def display(value: str) -> str:
    return value


def form(raw: str, *, country: str | None = None) -> str | None:
    return normalise(raw, country=country)


def key(value: str) -> str | None:
    return value or None


def variants(value: str) -> tuple[str, ...]:
    """Last eight characters, year and serial number, with lookalikes read as digits."""
    return (f"serial:{lookalikes.wide(value[-_SERIAL:])}",) if value else ()


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES.

    Neighbours on an assembly line differ in the last digits: those are no slip.
    """
    if left == right:
        return "same"
    if lookalikes.wide(left) == lookalikes.wide(right):
        return "confusable"
    is_neighbour = left[: -_SERIAL // 2] == right[: -_SERIAL // 2]
    is_slip = len(left) == len(right) == _LENGTH and OSA.distance(left, right, score_cutoff=1) <= 1
    return "one_character" if is_slip and not is_neighbour else "different"
