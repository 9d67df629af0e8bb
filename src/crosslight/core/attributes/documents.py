"""Identity and travel documents: kind, issuing country and number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum.es import dni, nie
from stdnum.it import codicefiscale

from crosslight.core.attributes.text import country_code, upper_alphanumerics

_KINDS = {
    "passport": "passport",
    "passeport": "passport",
    "pasaporte": "passport",
    "passaporte": "passport",
    "id": "id",
    "cni": "id",
    "cin": "id",
    "nie": "residence",
    "dni": "id",
    "visa": "visa",
    "visado": "visa",
    "residence": "residence",
    "licence": "licence",
    "tax": "tax",
    "social": "social",
    "document": "document",
}
_PREFIX = re.compile(r"^\s*(?P<kind>[^\W\d_]+)\b[\s:°.#-]+(?:(?P<country>[A-Za-z]{2})\s+)?(?=\S)")
_LOOKALIKES = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1"})
# National numbers whose letters stand in fixed places and that check themselves.
SELF_CHECKING_SHAPES = r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|[XYZ]-?\d{7}-?[A-Z]|\d{8}-?[A-Z]"
_CHECKS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"), codicefiscale.is_valid),
    (re.compile(r"[XYZ]\d{7}[A-Z]"), nie.is_valid),
    (re.compile(r"\d{8}[A-Z]"), dni.is_valid),
)
_SHORTEST = 4
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Document:
    kind: str | None
    country: str | None
    number: str


def parse(raw: str, *, country: str | None = None) -> Document | None:
    """Document from text such as `passport SN A0123456` or a bare number."""
    found = _PREFIX.match(raw)
    kind = _KINDS.get(found.group("kind").casefold()) if found else None
    written = found.group("country") if found and kind else None
    number = upper_alphanumerics(raw[found.end() :] if found and kind else raw)
    if not _SHORTEST <= len(number) <= _LONGEST or not any(map(str.isdigit, number)):
        return None
    return Document(kind=kind, country=country_code(written or country), number=number)


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """Number alone, upper case without separators; None when it cannot be a number."""
    document = parse(raw, country=country)
    return document.number if document else None


def check_fits(raw: str) -> bool | None:
    """Whether a self-checking number checks; None where its shape is not of such a kind.

    Countries share shapes, so a number that does not check is to be looked at, not refused.
    """
    number = upper_alphanumerics(raw)
    for shape, is_valid in _CHECKS:
        if shape.fullmatch(number):
            return bool(is_valid(number))
    return None


def comparable(number: str) -> str:
    """`number` with the letters that clerks confuse with digits written as digits."""
    return upper_alphanumerics(number).translate(_LOOKALIKES)


def display(value: str) -> str:
    return value
