"""Positions on the earth in text: degrees in any writing, geo: URIs and map addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import asin, cos, floor, radians, sin, sqrt
from typing import NamedTuple

# Mean radius of the earth in metres (IUGG).
_EARTH = 6_371_008.8
_DECIMALS = 5
_LATITUDE_STEP = 0.005
# Twice as wide, so that 500 m stay within a step up to 63 degrees north or south.
_LONGITUDE_STEP = 0.01
_MOST_LATITUDE, _MOST_LONGITUDE = 90, 180

_NUMBER = r"[-+]?\d{1,3}(?:\.\d{1,15})?"
_EXACT = r"[-+]?\d{1,3}\.\d{2,15}"
_AXIS = (
    r"(?P<{0}d>\d{{1,3}}(?:\.\d{{1,12}})?)\s?[°º]\s?(?:(?P<{0}m>\d{{1,2}}(?:\.\d{{1,12}})?)\s?['’′]\s?)?"
    r"(?:(?P<{0}s>\d{{1,2}}(?:\.\d{{1,12}})?)\s?(?:\"|”|″|'')\s?)?(?P<{0}h>[{1}])"
)
# Without one of these no position is written.
_MARKS = frozenset(".°º")
_URL = re.compile(r"\S*://\S*|\bgeo:\S*", re.IGNORECASE)
_IN_URL = tuple(
    re.compile(pattern.replace("#", _NUMBER), re.IGNORECASE)
    for pattern in (
        r"!3d(#)!4d(#)",
        r"[?&]mlat=(#)&mlon=(#)",
        r"\bgeo:(#),(#)",
        r"[?&](?:q|ll|query|center|destination)=(?:loc:)?(#)(?:,|%2C)\+?(#)",
        r"@(#),(#)",
        r"\bmap=\d{1,2}/(#)/(#)",
        r"/(#),(#)",
    )
)
_PLAIN = re.compile(rf"(?<![\w.])\(?({_EXACT})\s*[,;/ ]\s*({_EXACT})\)?(?![\w.])")
_SEXAGESIMAL = re.compile(
    _AXIS.format("a", "NS") + r"[\s,;/]{0,4}" + _AXIS.format("o", "EWO"), re.IGNORECASE
)


class Position(NamedTuple):
    """Degrees north and east (WGS 84)."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        """Five decimals: about a metre."""
        return f"{self.latitude:.{_DECIMALS}f},{self.longitude:.{_DECIMALS}f}"


def read(text: str) -> tuple[Position | None, str]:
    """First position in `text`, and the text without it and without the address that held it."""
    if not _MARKS & set(text):
        return None, text
    for reader in _READERS:
        found = reader(text)
        if found:
            position, (start, end) = found
            return position, f"{text[:start]} {text[end:]}"
    return None, text


def _from_url(text: str) -> tuple[Position, tuple[int, int]] | None:
    for url in _URL.finditer(text):
        for pattern in _IN_URL:
            found = pattern.search(url.group())
            position = _checked(*map(float, found.groups())) if found else None
            if position:
                return position, url.span()
    return None


def _from_decimals(text: str) -> tuple[Position, tuple[int, int]] | None:
    found = _PLAIN.search(text)
    position = _checked(*map(float, found.groups())) if found else None
    return (position, found.span()) if found and position else None


def _from_degrees(text: str) -> tuple[Position, tuple[int, int]] | None:
    found = _SEXAGESIMAL.search(text)
    if found is None:
        return None
    position = _checked(_degrees(found, "a"), _degrees(found, "o"))
    return (position, found.span()) if position else None


_READERS: tuple[Callable[[str], tuple[Position, tuple[int, int]] | None], ...] = (
    _from_url,
    _from_degrees,
    _from_decimals,
)


def _degrees(found: re.Match[str], axis: str) -> float:
    parts = [float(found.group(axis + unit) or 0) for unit in "dms"]
    size = parts[0] + parts[1] / 60 + parts[2] / 3600
    # "O" is west in French, Spanish, Italian and Portuguese.
    return -size if found.group(f"{axis}h").upper() in "SWO" else size


def _checked(latitude: float, longitude: float) -> Position | None:
    """None for what no place can have, and for 0,0, which stands for "not known"."""
    is_possible = abs(latitude) <= _MOST_LATITUDE and abs(longitude) <= _MOST_LONGITUDE
    return Position(latitude, longitude) if is_possible and (latitude or longitude) else None


def from_text(value: str) -> Position | None:
    """Position from `str(position)`."""
    latitude, _, longitude = value.partition(",")
    try:
        return _checked(float(latitude), float(longitude))
    except ValueError:
        return None


def metres_between(left: Position, right: Position) -> float:
    """Great-circle distance (haversine formula)."""
    rise = radians(right.latitude - left.latitude)
    run = radians(right.longitude - left.longitude)
    squeezed = cos(radians(left.latitude)) * cos(radians(right.latitude))
    half_chord = sin(rise / 2) ** 2 + squeezed * sin(run / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half_chord)))


def cells(position: Position) -> tuple[str, ...]:
    """Four cells around `position`; any two positions within 500 m share one (below 63 degrees)."""
    rows = floor(position.latitude / _LATITUDE_STEP - 0.5)
    columns = floor(position.longitude / _LONGITUDE_STEP - 0.5)
    around = round(2 * _MOST_LONGITUDE / _LONGITUDE_STEP)
    return tuple(
        f"{rows + down}:{(columns + across) % around}" for down in (0, 1) for across in (0, 1)
    )
