"""Numbers of devices and SIM cards: IMEI, IMSI, ICCID and MAC."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA
from stdnum import luhn

from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import to_ascii_digits

SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("The device or card is the same."),
        "one_digit": gettext_noop("The numbers of the devices or cards differ by one digit."),
        "different": gettext_noop("The devices or cards are different."),
    }
)

_LABEL = re.compile(r"\b(?P<kind>IMEI(?:SV)?|IMSI|ICCID|SIM|MAC)\b", re.IGNORECASE)
_MAC = re.compile(
    r"(?<![\w:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])"
    r"|(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\d)\d(?:[ ./-]?\d){13,21}(?!\d)")
_NOT_HEX = re.compile(r"[^0-9a-f]")
_IMEI_BODY = 14
_KINDS = {"imei": "imei", "imeisv": "imei", "imsi": "imsi", "iccid": "iccid", "sim": "iccid"}
_IMSI_LENGTHS = range(14, 16)
_ICCID_LENGTHS = range(18, 23)
_IMEI_LENGTHS = range(14, 17)
# Mobile country codes (ITU-T E.212) begin with the digit of a continent.
_CONTINENTS = "234567"
# Placeholders that cheap devices bear by the million.
_UNIFORM = 2


def form(raw: str, *, country: str | None = None) -> str | None:  # noqa: ARG001
    """`imei:`, `imsi:`, `iccid:` or `mac:` with the number.

    An IMEI is its first 14 digits, since check digit and software version come and go.
    """
    text = to_ascii_digits(raw[:200])
    mac = _MAC.search(text)
    if mac:
        return f"mac:{_NOT_HEX.sub('', mac.group().lower())}"
    found = _DIGITS.search(text)
    if found is None:
        return None
    label = _LABEL.search(text)
    kind = _KINDS.get(label.group("kind").lower()) if label else None
    digits = "".join(filter(str.isdigit, found.group()))
    return _as(kind, digits) if kind else _guessed(digits)


def _as(kind: str, digits: str) -> str | None:
    if kind == "imei":
        is_whole = len(digits) in _IMEI_LENGTHS
        return f"imei:{digits[:_IMEI_BODY]}" if is_whole else None
    lengths = _IMSI_LENGTHS if kind == "imsi" else _ICCID_LENGTHS
    return f"{kind}:{digits}" if len(digits) in lengths else None


def _guessed(digits: str) -> str | None:
    """Kind of an unnamed number, where its check digit or head tells."""
    if len(digits) == _IMEI_BODY + 1 and luhn.is_valid(digits):
        return _as("imei", digits)
    if digits.startswith("89"):
        return _as("iccid", digits)
    return _as("imsi", digits) if digits[0] in _CONTINENTS else None


def check_fits(raw: str) -> bool | None:
    """Whether the Luhn digit of a 15-digit IMEI or a card's number holds; None for other kinds."""
    value, digits = form(raw) or "", "".join(filter(str.isdigit, to_ascii_digits(raw)))
    is_whole = value.startswith("iccid:") or (
        value.startswith("imei:") and len(digits) == _IMEI_BODY + 1
    )
    return bool(luhn.is_valid(digits)) if is_whole else None


def key(value: str) -> str | None:
    """The form; None for a MAC drawn at random or shared, and for a number of one digit only."""
    kind, _, number = value.partition(":")
    if len(set(number)) <= _UNIFORM or (kind == "mac" and _is_local(number)):
        return None
    return value


def _is_local(mac: str) -> bool:
    """Locally administered or multicast (IEEE 802): phones draw a new one for each network."""
    return bool(int(mac[:2], 16) & 0b11)


def variants(value: str) -> tuple[str, ...]:
    """A card's number without its check digit, which is left out as often as not."""
    kind, _, number = value.partition(":")
    return (f"iccid:{number[:18]}",) if kind == "iccid" else ()


@lru_cache(maxsize=65_536)
def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    if left == right or (set(variants(left)) & set(variants(right))):
        return "same"
    kind, _, ours = left.partition(":")
    other_kind, _, theirs = right.partition(":")
    is_comparable = kind == other_kind != "mac" and min(len(ours), len(theirs)) >= _IMEI_BODY
    is_slip = is_comparable and OSA.distance(ours, theirs, score_cutoff=1) <= 1
    return "one_digit" if is_slip else "different"
