"""Phone numbers in E.164 (ITU-T E.164, parsed with the libphonenumber metadata)."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from rapidfuzz.distance import OSA

from crosslight.core.attributes.phone_shapes import quick_e164
from crosslight.core.attributes.sentences import gettext_noop
from crosslight.core.attributes.text import country_code, to_ascii_digits

TAIL_DIGITS = 8
SENTENCES = MappingProxyType(
    {
        "same": gettext_noop("Both give the same phone number."),
        "same_national": gettext_noop("The phone numbers are the same; a country is not written."),
        "other_country": gettext_noop(
            "The phone numbers have the same digits in different countries."
        ),
        "tail": gettext_noop(
            "The phone numbers end in the same digits; one may follow an older numbering plan."
        ),
        "one_digit": gettext_noop("The phone numbers differ by one digit."),
        "different": gettext_noop("The phone numbers are different."),
    }
)

_TRUNK_ZERO = re.compile(r"\(0\)")
_INTERNATIONAL_PREFIX = re.compile(r"^\D*00(?=[1-9])")
_SEPARATE_NUMBERS = re.compile(r"\s*(?:[/;|,&\n]|\b(?:or|ou|o|y|et|and|e)\b)\s*", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"\D")
_EXTENSION = re.compile(r"\s*(?:;ext=|ext\.?|extension|poste|x|#)\s*\d{1,6}\s*$", re.IGNORECASE)
_LONGEST_RAW = 60
_SHORTEST_BARE, _LONGEST_BARE = 7, 15
_FEWEST_TAIL = 7
_MOST_NUMBERS = 8
_SHORT_PLANS = ("+220", "+238", "+245")
_BENIN, _COTE_D_IVOIRE = "+229", "+225"
_OLD_LENGTH = len(_BENIN) + 8


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """E.164 form, or None when `raw` is no possible number.

    A national number needs `country`; without it None is returned, never a guess. Numbers of
    Benin and Côte d'Ivoire written with the eight digits of the old plans get the ten of today.
    """
    text = _INTERNATIONAL_PREFIX.sub("+", _plain(raw))
    code = country_code(country)
    if code is None and "+" not in text:
        return None
    return quick_e164(text, country=code) or _parsed(text, code)


def _plain(raw: str) -> str:
    """`raw` with Western digits and without the trunk zero in brackets."""
    text = to_ascii_digits(raw).strip()
    return _TRUNK_ZERO.sub("", text).strip() if "(0)" in text else text


@lru_cache(maxsize=65_536)
def _parsed(text: str, country: str | None) -> str | None:
    number = _read(text, country)
    if number is None:
        return None
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if phonenumbers.is_possible_number(number):
        return value
    return _renumbered(value)


def _renumbered(value: str) -> str | None:
    """Today's form of a number of the old plans, or None.

    Côte d'Ivoire (ARTCI, 31 January 2021): the operator's two digits before the old eight;
    mobile numbers tell the operator by their second digit.
    Benin (ARCEP, 30 November 2024): 01 before the old eight.
    """
    if len(value) != _OLD_LENGTH:
        return None
    code, old = value[:4], value[4:]
    if code == _BENIN:
        return f"{code}01{old}"
    if code != _COTE_D_IVOIRE:
        return None
    if old[0] in "123":
        # Which operator keeps a fixed line cannot be told from the number alone.
        return None
    operator = {"0123": "01", "456": "05", "789": "07"}
    return next(f"{code}{new}{old}" for seconds, new in operator.items() if old[1] in seconds)


def _read(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    if not text or len(text) > _LONGEST_RAW:
        return None
    try:
        return phonenumbers.parse(text, country)
    except NumberParseException:
        return None


def is_valid(raw: str, *, country: str | None = None) -> bool:
    """Whether the number lies in a range its country has assigned."""
    text = _INTERNATIONAL_PREFIX.sub("+", _plain(raw))
    number = _read(text, country_code(country))
    return number is not None and phonenumbers.is_valid_number(number)


def form(raw: str, *, country: str | None = None) -> str | None:
    """E.164, or the bare digits (7 to 15, no leading zeros) where the country is not known."""
    text = _EXTENSION.sub("", raw[:_LONGEST_RAW])
    value = normalise(text, country=country)
    if value:
        return value
    digits = _NOT_DIGITS.sub("", to_ascii_digits(text)).lstrip("0")
    return digits if _SHORTEST_BARE <= len(digits) <= _LONGEST_BARE else None


def forms(raw: str, *, country: str | None = None) -> tuple[str, ...]:
    """Forms of all numbers in one cell, such as `33 800 00 01 / 02; 33 900 00 00`."""
    found: dict[str, None] = {}
    before = ""
    for part in _SEPARATE_NUMBERS.split(raw)[:_MOST_NUMBERS]:
        whole = _completed(part, before)
        value = form(whole, country=country)
        if value:
            found[value] = None
            before = whole
    return tuple(found)


def _completed(part: str, before: str) -> str:
    """`part` as written, or, where it is a few last digits, put in place of those of `before`."""
    length = len(part.strip())
    is_ending = part.strip().isdigit() and length < _SHORTEST_BARE and len(before) > length
    return before[: len(before) - length] + part.strip() if is_ending else part


def key(value: str) -> str | None:
    """The form itself where the country is known; bare digits are no exact identifier."""
    return value if value.startswith("+") else None


def variants(value: str) -> tuple[str, ...]:
    """Last digits under which a number meets itself in other writings: eight, or a whole seven.

    Eight survive a missing or wrong country and the plans of Benin and Côte d'Ivoire.
    """
    ends = {_tail(_national(value))}
    if value.startswith(_SHORT_PLANS) or f"+{value}".startswith(_SHORT_PLANS):
        ends.add(value[-_FEWEST_TAIL:])
    return tuple(sorted(end for end in ends if len(end) >= _FEWEST_TAIL))


def _tail(national: str) -> str:
    return national[-TAIL_DIGITS:]


@lru_cache(maxsize=65_536)
def _national(value: str) -> str:
    """Digits after the calling code, or all of a bare number, without zeros before them."""
    if not value.startswith("+"):
        return value
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    lengths = (length for length in (1, 2, 3) if _is_code(value[1 : 1 + length], codes))
    return value[1 + next(lengths, 0) :].lstrip("0")


def _is_code(text: str, codes: dict[int, tuple[str, ...]]) -> bool:
    return text.isascii() and text.isdigit() and int(text) in codes


def level(left: str, right: str) -> str:
    """How two forms agree: a key of SENTENCES."""
    if left == right:
        return "same" if left.startswith("+") else "same_national"
    ours, theirs = _national(left), _national(right)
    are_known = left.startswith("+") and right.startswith("+")
    if ours == theirs and ours:
        return "other_country" if are_known else "same_national"
    if _without_plus(left) == _without_plus(right):
        return "same_national"
    length = min(len(ours), len(theirs), TAIL_DIGITS)
    if length >= _FEWEST_TAIL and ours[-length:] == theirs[-length:]:
        return "tail"
    return "one_digit" if _is_one_digit_off(left, right) else "different"


def _without_plus(value: str) -> str:
    return value.removeprefix("+")


def _is_one_digit_off(left: str, right: str) -> bool:
    """One wrong digit, or two neighbours exchanged, in numbers of the same country and length."""
    if len(left) != len(right) or len(left) < _FEWEST_TAIL:
        return False
    is_same_country = left.startswith("+") == right.startswith("+")
    return is_same_country and OSA.distance(left, right, score_cutoff=1) == 1


def tail(raw: str) -> str | None:
    """Last eight digits, which survive a missing or wrong country prefix."""
    digits = _NOT_DIGITS.sub("", to_ascii_digits(raw))
    return digits[-TAIL_DIGITS:] if len(digits) >= TAIL_DIGITS else None


def display(value: str) -> str:
    """International format with spaces; `value` itself when it cannot be parsed."""
    number = _read(value, None)
    if number is None:
        return value
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
