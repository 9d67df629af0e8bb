"""Vehicle registration plates: issuing country where known, and the characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosslight.core.attributes.text import country_code, upper_alphanumerics

_COUNTRY = re.compile(r"^\s*\(?(?P<country>[A-Z]{2})\)?\s*[:/]\s*(?=\S)")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1"})
_SHORTEST = 3
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Plate:
    country: str | None
    characters: str


def parse(raw: str, *, country: str | None = None) -> Plate | None:
    """Plate from `SN: DK 1234 A` (country first, then a colon) or from the characters alone."""
    found = _COUNTRY.match(raw)
    characters = upper_alphanumerics(raw[found.end() :] if found else raw)
    if not _SHORTEST <= len(characters) <= _LONGEST or not any(map(str.isdigit, characters)):
        return None
    written = found.group("country") if found else country
    return Plate(country=country_code(written), characters=characters)


def normalise(raw: str, *, country: str | None = None) -> str | None:
    plate = parse(raw, country=country)
    return plate.characters if plate else None


def comparable(characters: str) -> str:
    """Characters with the letters O and I read as digits, as a witness may."""
    return upper_alphanumerics(characters).translate(_LOOKALIKES)


def display(value: str) -> str:
    return value
