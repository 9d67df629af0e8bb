"""Machine-readable zones of travel documents (ICAO Doc 9303, parts 3 to 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[A-Z0-9<]{30,44}")
_WEIGHTS = (7, 3, 1)
_FILLER = "<"
_KINDS = {"P": "passport", "V": "visa", "I": "id", "A": "id", "C": "id"}
# ICAO's three-letter codes of the states that the deployment meets; Germany's is one letter.
_COUNTRIES = dict(
    pair.split("=")
    for pair in [
        "SEN=SN",
        "GMB=GM",
        "GIN=GN",
        "GNB=GW",
        "MLI=ML",
        "MRT=MR",
        "CIV=CI",
        "BFA=BF",
        "NER=NE",
        "SLE=SL",
        "GHA=GH",
        "NGA=NG",
        "CPV=CV",
        "LBR=LR",
        "BEN=BJ",
        "TGO=TG",
        "MAR=MA",
        "DZA=DZ",
        "TUN=TN",
        "LBY=LY",
        "CMR=CM",
        "ESP=ES",
        "FRA=FR",
        "ITA=IT",
        "PRT=PT",
        "D=DE",
        "BEL=BE",
        "NLD=NL",
        "GBR=GB",
        "IRL=IE",
        "CHE=CH",
        "ROU=RO",
        "BGR=BG",
        "SRB=RS",
        "ALB=AL",
        "TUR=TR",
        "UKR=UA",
        "POL=PL",
        "MDA=MD",
        "RUS=RU",
        "VNM=VN",
        "CHN=CN",
    ]
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the fields stand, as (line, start, end)."""

    lines: int
    length: int
    number: tuple[int, int, int]
    issuer: tuple[int, int, int]


_LAYOUTS = (
    _Layout(lines=2, length=44, number=(1, 0, 9), issuer=(0, 2, 5)),
    _Layout(lines=2, length=36, number=(1, 0, 9), issuer=(0, 2, 5)),
    _Layout(lines=3, length=30, number=(0, 5, 14), issuer=(0, 2, 5)),
)


@dataclass(frozen=True, slots=True)
class Zone:
    """`country` is an ISO 3166 code, or None for an issuer that the table does not know."""

    kind: str | None
    country: str | None
    number: str


def check_digit(text: str) -> str:
    """Check digit of `text` (Doc 9303 part 3, 4.9): weights 7, 3, 1; A is 10, `<` is 0."""
    total = sum(
        _value(character) * _WEIGHTS[place % len(_WEIGHTS)] for place, character in enumerate(text)
    )
    return str(total % 10)


def _value(character: str) -> int:
    return 0 if character == _FILLER else int(character, 36)


def read(text: str) -> Zone | None:
    """Zone in `text`, or None where there is none or the number does not check."""
    lines = [line for line in map(_compact, text.splitlines()) if _LINE.fullmatch(line)]
    for layout in _LAYOUTS:
        held = [line for line in lines if len(line) == layout.length][: layout.lines]
        if len(held) == layout.lines:
            return _zone(held, layout)
    return None


def _compact(line: str) -> str:
    return "".join(line.split()).upper()


def _zone(lines: list[str], layout: _Layout) -> Zone | None:
    row, start, end = layout.number
    number = lines[row][start:end]
    if check_digit(number) != lines[row][end]:
        return None
    row, start, end = layout.issuer
    issuer = lines[row][start:end].strip(_FILLER)
    return Zone(
        kind=_KINDS.get(lines[0][0]),
        country=_COUNTRIES.get(issuer),
        number=number.strip(_FILLER),
    )
