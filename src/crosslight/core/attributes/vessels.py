"""Ships: IMO number (IMO resolution A.1117(30)) and MMSI (ITU-R M.585)."""

from __future__ import annotations

import re

from stdnum import imo
from stdnum.exceptions import ValidationError

from crosslight.core.attributes.text import to_ascii_digits

_IMO = re.compile(r"^\s*(?:IMO)?\D{0,3}(\d{7})\s*$", re.IGNORECASE)
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
