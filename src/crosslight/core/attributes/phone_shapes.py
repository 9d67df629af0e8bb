"""Phone numbers that need no full parse: plain international or national writing of sure length.

Answers as libphonenumber would, from the same metadata, in a few microseconds; anything that
its rules could read in two ways is left to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_SEPARATORS = str.maketrans("", "", " .-()")
_PLAIN = re.compile(r"\+?[0-9][0-9 .()-]*")
_INTERNATIONAL = "+"
_LONGEST_CODE = 3
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one calling code allows; `refused` starts a number that needs the full parse."""

    code: str
    lengths: frozenset[int]
    refused: re.Pattern[str]
    dialled_abroad: re.Pattern[str]
    has_trunk_zero: bool


def quick_e164(text: str, *, country: str | None) -> str | None:
    """E.164 form of plainly written `text`, or None where only the full parse can tell."""
    if not _PLAIN.fullmatch(text):
        return None
    digits = text.translate(_SEPARATORS)
    if digits.startswith(_INTERNATIONAL):
        return _international(digits[1:])
    plan = _national_plan(country) if country else None
    return _national(digits, plan) if plan else None


def _international(digits: str) -> str | None:
    for length in range(1, _LONGEST_CODE + 1):
        plan = _plan(digits[:length])
        if plan:
            return _checked(digits[length:], plan)
    return None


def _national(digits: str, plan: _Plan) -> str | None:
    if plan.has_trunk_zero and digits.startswith("0") and len(digits) not in plan.lengths:
        digits = digits[1:]
    if digits.startswith(plan.code) or plan.dialled_abroad.match(digits):
        return None
    return _checked(digits, plan)


def _checked(national: str, plan: _Plan) -> str | None:
    """Leading zeros and national prefixes are left to the full parse."""
    if len(national) not in plan.lengths or national.startswith("0"):
        return None
    return None if plan.refused.match(national) else f"+{plan.code}{national}"


@cache
def _national_plan(country: str) -> _Plan | None:
    """Plan of `country` where the calling code is first of all its own."""
    metadata = PhoneMetadata.metadata_for_region(country, None)
    if metadata is None or metadata.country_code is None:
        return None
    regions = COUNTRY_CODE_TO_REGION_CODE[metadata.country_code]
    return _plan(str(metadata.country_code)) if regions[0] == country else None


@cache
def _plan(code: str) -> _Plan | None:
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdigit() else None
    if regions is None or code.startswith("0"):
        return None
    metadata = PhoneMetadata.metadata_for_region(regions[0], None)
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    abroad = metadata.international_prefix
    return _Plan(
        code=code,
        lengths=frozenset(metadata.general_desc.possible_length) - {-1},
        refused=re.compile(prefix) if prefix else _NEVER,
        dialled_abroad=re.compile(abroad) if abroad else _NEVER,
        has_trunk_zero=prefix is not None and prefix.split("|")[0] == "0",
    )
