"""Phone numbers in E.164 (ITU-T E.164, parsed with the libphonenumber metadata)."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from crosslight.core.attributes.text import country_code, to_ascii_digits

TAIL_DIGITS = 8

_TRUNK_ZERO = re.compile(r"\(0\)")
_INTERNATIONAL_PREFIX = re.compile(r"^\D*00(?=[1-9])")
_LONGEST_RAW = 60


def normalise(raw: str, *, country: str | None = None) -> str | None:
    """E.164 form, or None when `raw` is no possible number.

    A national number needs `country`; without it None is returned, never a guess.
    """
    number = _parse(raw, country=country)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _parse(raw: str, *, country: str | None) -> phonenumbers.PhoneNumber | None:
    text = _TRUNK_ZERO.sub("", to_ascii_digits(raw)).strip()
    if not text or len(text) > _LONGEST_RAW:
        return None
    text = _INTERNATIONAL_PREFIX.sub("+", text)
    try:
        return phonenumbers.parse(text, country_code(country))
    except NumberParseException:
        return None


def is_valid(raw: str, *, country: str | None = None) -> bool:
    """Whether the number lies in a range its country has assigned."""
    number = _parse(raw, country=country)
    return number is not None and phonenumbers.is_valid_number(number)


def tail(raw: str) -> str | None:
    """Last eight digits, which survive a missing or wrong country prefix."""
    digits = re.sub(r"\D", "", to_ascii_digits(raw))
    return digits[-TAIL_DIGITS:] if len(digits) >= TAIL_DIGITS else None


def display(value: str) -> str:
    """International format with spaces; `value` itself when it cannot be parsed."""
    number = _parse(value, country=None)
    if number is None:
        return value
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
