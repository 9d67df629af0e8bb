"""Vehicle registration plates: issuing country where known, and the characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from crosslight.core.attributes import lookalikes
from crosslight.core.attributes.plate_patterns import ANY, ONE, agreeing, is_partial, to_pattern
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import country_code, upper_alphanumerics

SENTENCES = MappingProxyType(
    {
        "exact": gettext_noop("The plates are the same."),
        "confusable": gettext_noop(
            "The plates differ only in characters that look alike or in zeros before the number."
        ),
        "other_country": gettext_noop(
            "The plates have the same characters in different countries."
        ),
        "partial": gettext_noop("The characters that were seen of one plate agree with the other."),
        "one_character": gettext_noop("The plates differ by one character or by two exchanged."),
        "different": gettext_noop("The plates are different."),
    }
)

_COUNTRY = re.compile(r"^\s*\(?(?P<country>[A-Z]{2})\)?\s*[:/]\s*(?=\S)")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1"})
_SHORTEST = 3
_LONGEST = 12
_AFTER = re.compile(r"\(\s*(?P<country>[A-Z]{2})\s*\)\s*$")
_ZEROS = re.compile(r"(?<=[A-Z])0+(?=[0-9])")
_FEWEST_AGREEING = 4
_SHORTEST_SLIP = 5
# Series of plates by country: vehicle registration rules in force and those before them.
_SERIES = {
    "SN": (r"[A-Z]{2}\d{1,4}[A-Z]{1,2}", r"[A-Z]{2}\d{3}[A-Z]{2}"),
    "GM": (r"(?:MC)?[A-Z]{2,3}\d{1,4}[A-Z]",),
    "ES": (r"\d{4}[BCDFGHJKLMNPRSTVWXYZ]{3}", r"[A-Z]{1,2}\d{4}[A-Z]{0,2}", r"[A-Z]{1,2}\d{5,6}"),
    "FR": (r"[A-HJ-NP-TV-Z]{2}\d{3}[A-HJ-NP-TV-Z]{2}", r"\d{1,4}[A-Z]{1,3}(?:\d{2,3}|2[AB])"),
    "IT": (r"[A-HJ-NPR-TV-Z]{2}\d{3}[A-HJ-NPR-TV-Z]{2}", r"[A-Z]{2}[A-Z0-9]{6}"),
    "PT": (r"\d{4}[A-Z]{2}", r"\d{2}[A-Z]{2}\d{2}", r"[A-Z]{2}\d{4}", r"[A-Z]{2}\d{2}[A-Z]{2}"),
}


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


def series_fits(characters: str, *, country: str) -> bool | None:
    """Whether `characters` follow a series of `country`; None where its series are not listed."""
    series = _SERIES.get(country)
    return any(re.fullmatch(each, characters) for each in series) if series else None


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`CHARACTERS|COUNTRY`, where `?` is one character not seen and `*` any number of them.

    "ends in 4521" becomes "*4521|". The country of entry says nothing of where the vehicle is
    registered.
    """
    before, after = _COUNTRY.match(raw), _AFTER.search(raw)
    found = before or after
    rest = raw[before.end() :] if before else raw[: after.start()] if after else raw
    characters = to_pattern(rest)
    known = characters.replace(ANY, "").replace(ONE, "")
    if not _SHORTEST <= len(known) <= len(characters) <= _LONGEST + 1:
        return None
    if not any(map(str.isdigit, known)):
        return None
    return f"{characters}|{country_code(found.group('country')) if found else ''}"


def key(value: str) -> str | None:
    """Characters with O and I read as digits; None where some were not seen."""
    characters = value.partition("|")[0]
    return None if is_partial(characters) or not characters else comparable(characters)


def variants(value: str) -> tuple[str, ...]:
    """Pieces that a plate shares with its partial sightings, lookalikes read as digits.

    First four, last four, and four or five from both ends: one character not seen leaves one.
    """
    characters = _plain(value.partition("|")[0])
    pieces = (
        ("start", characters[:4]),
        ("end", characters[-4:]),
        ("ends23", characters[:2] + characters[-3:]),
        ("ends32", characters[:3] + characters[-2:]),
    )
    return tuple(
        f"{place}:{piece}"
        for place, piece in (pieces if len(characters) >= _SHORTEST_SLIP else pieces[:2])
        if len(piece) >= _FEWEST_AGREEING and not is_partial(piece)
    )


def _plain(characters: str) -> str:
    return lookalikes.wide(_ZEROS.sub("", characters))


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    ours, _, state = left.partition("|")
    theirs, _, other_state = right.partition("|")
    agreement = _characters_level(ours, theirs)
    if agreement == "different" or not state or not other_state or state == other_state:
        return agreement
    return "other_country" if agreement in {"exact", "confusable"} else "different"


def _characters_level(left: str, right: str) -> str:
    if is_partial(left) or is_partial(right):
        agreed = agreeing(lookalikes.wide(left), lookalikes.wide(right))
        return "partial" if agreed >= _FEWEST_AGREEING else "different"
    if left == right:
        return "exact"
    ours, theirs = _plain(left), _plain(right)
    if ours == theirs:
        return "confusable"
    is_long = min(len(ours), len(theirs)) >= _SHORTEST_SLIP
    is_slip = is_long and OSA.distance(ours, theirs, score_cutoff=1) <= 1
    return "one_character" if is_slip else "different"
