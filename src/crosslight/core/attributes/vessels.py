"""Ships and boats: IMO number, MMSI, painted registration, name and colours.

IMO resolution A.1117(30), ITU-R M.585.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA
from stdnum import imo
from stdnum.exceptions import ValidationError

from crosslight.core.attributes import lookalikes
from crosslight.core.attributes.packaged import load
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import to_ascii_digits, upper_alphanumerics
from crosslight.core.names.scripts import to_latin
from crosslight.core.names.tokens import token

SENTENCES = MappingProxyType(
    {
        "same_number": gettext_noop("Both give the same ship number."),
        "same_registration": gettext_noop("Both boats bear the same registration."),
        "same_name_and_colours": gettext_noop("The boats have the same name and the same colours."),
        "same_name": gettext_noop("The boats have the same name."),
        "one_character": gettext_noop("The registrations of the boats differ by one character."),
        "near_name": gettext_noop("The names of the boats share most of their words."),
        "different": gettext_noop("The boats are different."),
    }
)

_IMO = re.compile(r"^\s*(?:IMO)?\D{0,3}(\d{7})\s*$", re.IGNORECASE)
_IMO_INSIDE = re.compile(r"\bIMO\D{0,6}(\d{7})\b", re.IGNORECASE)
_MMSI_INSIDE = re.compile(r"\bMMSI\D{0,6}(\d{9})\b", re.IGNORECASE)
_REGISTRATION = re.compile(
    r"\b(?!IMO|MMSI)[A-Z]{1,4}(?:[ -]{0,2}\d{1,2}(?=-))?[ -]{0,2}\d{2,5}(?:[ -]{0,2}[A-Z]{1,2})?\b"
)
_WORD = re.compile(r"[a-z0-9]+")
_NOT_WORD = re.compile(r"[^\w\s-]")
_LONGEST = 200
_SHORTEST_SLIP = 5
_MOST_NAME_WORDS = 6
_MMSI = re.compile(r"^\s*(?:MMSI)?\D{0,3}(\d{9})\s*$", re.IGNORECASE)


def normalise_imo(raw: str) -> str | None:
    """Seven digits, or None when the check digit is wrong."""
    found = _IMO.match(to_ascii_digits(raw))
    if found is None:
        return None
    try:
        return str(imo.validate(found.group(1)))
    except ValidationError:
        return None


def normalise_mmsi(raw: str) -> str | None:
    """Nine digits of a ship station; coast and group stations begin with 0 and are refused."""
    found = _MMSI.match(to_ascii_digits(raw))
    if found is None or found.group(1)[0] not in "234567":
        return None
    return found.group(1)


def normalise(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`imo:...` or `mmsi:...`."""
    number = normalise_imo(raw)
    if number:
        return f"imo:{number}"
    station = normalise_mmsi(raw)
    return f"mmsi:{station}" if station else None


def display(value: str) -> str:
    kind, _, number = value.partition(":")
    return f"{kind.upper()} {number}"


@dataclass(frozen=True, slots=True)
class _Vessel:
    imo: str
    mmsi: str
    registration: str
    name: tuple[str, ...]
    colours: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """One word for all spellings of each word of the name."""
        return frozenset(token(word).canonical for word in self.name)


@cache
def _colours() -> dict[str, str]:
    content = load("vessel_words-0.1.0.yaml")["colours"]
    return {
        word: colour for colour, raws in content.items() for raw in raws for word in _words(raw)
    }


@cache
def _passed_over() -> frozenset[str]:
    content = load("vessel_words-0.1.0.yaml")
    return frozenset(
        word for name in ("kinds", "small") for raw in content[name] for word in _words(raw)
    )


def _words(raw: str) -> list[str]:
    return _WORD.findall(_NOT_WORD.sub("", to_latin(raw)))


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`imo|mmsi|REGISTRATION|name words|colours`; what is not written stays empty.

    "Pirogue MAME DIARRA bleue et blanche, CR-1234" becomes "||CR1234|mame diarra|blue white".
    """
    return _form(to_ascii_digits(raw[:_LONGEST]))


@lru_cache(maxsize=65_536)
def _form(text: str) -> str | None:
    number, rest = _taken(_IMO_INSIDE, text)
    station, rest = _taken(_MMSI_INSIDE, rest)
    number, station = normalise_imo(number or text) or "", normalise_mmsi(station or text) or ""
    registration, rest = _taken(_REGISTRATION, rest) if not text.strip().isdigit() else ("", "")
    words = _words(rest)
    colours = sorted({_colours()[word] for word in words if word in _colours()})
    dropped = _passed_over() | _colours().keys()
    name = [word for word in words if word not in dropped and not word.isdigit()][:_MOST_NAME_WORDS]
    parts = (number, station, upper_alphanumerics(registration), " ".join(name), " ".join(colours))
    return "|".join(parts) if any(parts[:-1]) else None


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What `pattern` finds in `text`, and the rest of it."""
    found = pattern.search(text)
    if found is None:
        return "", text
    return found.group(pattern.groups), f"{text[: found.start()]} {text[found.end() :]}"


@lru_cache(maxsize=65_536)
def _parsed(value: str) -> _Vessel:
    number, station, registration, name, colours, *_ = (*value.split("|"), "", "", "", "", "")
    return _Vessel(number, station, registration, tuple(name.split()), frozenset(colours.split()))


def key(value: str) -> str | None:
    """IMO number, else MMSI, else registration; None for a name alone."""
    vessel = _parsed(value)
    if vessel.imo:
        return f"imo:{vessel.imo}"
    if vessel.mmsi:
        return f"mmsi:{vessel.mmsi}"
    return f"registration:{vessel.registration}" if vessel.registration else None


def variants(value: str) -> tuple[str, ...]:
    """Numbers that are not the key, registration with lookalikes as digits, words of the name."""
    vessel = _parsed(value)
    found = {f"mmsi:{vessel.mmsi}"} if vessel.imo and vessel.mmsi else set()
    if vessel.registration:
        found |= {f"registration:{vessel.registration}", _wide_registration(vessel)}
    if vessel.words:
        found.add(f"name:{' '.join(sorted(vessel.words))}")
    return tuple(sorted(found))


def _wide_registration(vessel: _Vessel) -> str:
    return f"wide:{lookalikes.wide(vessel.registration)}"


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES. Two IMO numbers are two ships, whatever the name."""
    ours, theirs = _parsed(left), _parsed(right)
    if ours.imo and theirs.imo:
        return "same_number" if ours.imo == theirs.imo else "different"
    if ours.mmsi and ours.mmsi == theirs.mmsi:
        return "same_number"
    if ours.registration and _wide_registration(ours) == _wide_registration(theirs):
        return "same_registration"
    by_name = _name_level(ours, theirs)
    if by_name in {"same_name_and_colours", "same_name"}:
        return by_name
    return "one_character" if _is_slip(ours.registration, theirs.registration) else by_name


def _name_level(ours: _Vessel, theirs: _Vessel) -> str:
    shared, either = ours.words & theirs.words, ours.words | theirs.words
    if shared and shared == either:
        are_alike = ours.colours and ours.colours == theirs.colours
        return "same_name_and_colours" if are_alike else "same_name"
    return "near_name" if len(shared) > len(either) / 2 else "different"


def _is_slip(left: str, right: str) -> bool:
    is_long = min(len(left), len(right)) >= _SHORTEST_SLIP
    return is_long and OSA.distance(left, right, score_cutoff=1) <= 1
