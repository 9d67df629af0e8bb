"""What a value must be to be entered. It is kept as written; only nonsense is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from icu import Locale

from crosslight.core.attributes import dates, emails, ibans, vessels
from crosslight.core.attributes.dates import PartialDate
from crosslight.core.entities.schemata import Property, PropertyType

LONGEST_VALUE = 500
_EARLIEST_YEAR = 1800
_FEWEST_CHARACTERS = 2
_FEWEST_PHONE_DIGITS = 6
# ISO 3166-1 leaves XA to XZ to users; exercises name their invented countries with them.
_USER_ASSIGNED = re.compile(r"X[A-Z]")
_GENDERS = frozenset({"male", "female", "other", "m", "f"})
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Wrong:
    code: str
    message: str
    remedy: str


def wrong_value(kind: Property, value: str, *, today: date) -> Wrong | None:
    """What is wrong with `value`, or None."""
    if kind.name in _BY_NAME:
        return _BY_NAME[kind.name](value)
    if kind.type is PropertyType.DATE:
        return _wrong_date(value, today=today)
    check = _BY_TYPE.get(kind.type)
    return check(value) if check else None


def wrong_observation(value: str, *, today: date) -> Wrong | None:
    """When something was observed: a year, a month or a day, in ISO form and not to come."""
    if not value:
        return None
    if not _ISO_DATE.fullmatch(value):
        return Wrong(
            "V-112", "This is not a date.", "Write a year, 2025-11, or 2025-11-21; or leave empty."
        )
    return _wrong_date(value, today=today)


def _wrong_date(value: str, *, today: date) -> Wrong | None:
    found = dates.parse(value)
    if found is None or found.year < _EARLIEST_YEAR:
        return Wrong("V-105", "This is not a date.", "Write it as 1987-03-14, 1987-03 or 1987.")
    if _earliest_day(found) > today:
        return Wrong("V-106", "This date is still to come.", "Check the year.")
    return None


def _earliest_day(found: PartialDate) -> date:
    return date(found.year, found.month or 1, found.day or 1)


def _wrong_phone(value: str) -> Wrong | None:
    """A number without its country is taken: its last digits still compare."""
    if sum(character.isdigit() for character in value) >= _FEWEST_PHONE_DIGITS:
        return None
    return Wrong(
        "V-108",
        "This is not a phone number.",
        "Write it with + and the country code; a part of a number belongs in the notes.",
    )


def _wrong_iban(value: str) -> Wrong | None:
    if ibans.normalise(value):
        return None
    return Wrong(
        "V-107",
        "The check digits of this IBAN are wrong.",
        "Compare it with the source; a number that is no IBAN goes under account number.",
    )


def _wrong_email(value: str) -> Wrong | None:
    if emails.normalise(value):
        return None
    return Wrong("V-109", "This is not an e-mail address.", "Write it as name@example.org.")


def _wrong_country(value: str) -> Wrong | None:
    code = value.strip().upper()
    if code in _countries() or _USER_ASSIGNED.fullmatch(code):
        return None
    return Wrong("V-110", "This is not a country code.", "Write two letters, such as SN or ES.")


@cache
def _countries() -> frozenset[str]:
    return frozenset(Locale.getISOCountries())


def _wrong_gender(value: str) -> Wrong | None:
    if value.strip().lower() in _GENDERS:
        return None
    return Wrong("V-111", "This is not one of the choices.", "Choose male, female or other.")


def _wrong_imo(value: str) -> Wrong | None:
    if vessels.normalise_imo(value):
        return None
    return Wrong("V-113", "The check digit of this IMO number is wrong.", "Seven digits; compare.")


def _wrong_mmsi(value: str) -> Wrong | None:
    if vessels.normalise_mmsi(value):
        return None
    return Wrong("V-114", "This is not a ship's MMSI.", "Nine digits; the first is 2 to 7.")


def _wrong_identifier(value: str) -> Wrong | None:
    if sum(character.isalnum() for character in value) >= _FEWEST_CHARACTERS:
        return None
    return Wrong("V-115", "This is too short to identify anything.", "Write the number in full.")


_BY_NAME: dict[str, Callable[[str], Wrong | None]] = {
    "iban": _wrong_iban,
    "imoNumber": _wrong_imo,
    "mmsi": _wrong_mmsi,
}
_BY_TYPE: dict[PropertyType, Callable[[str], Wrong | None]] = {
    PropertyType.EMAIL: _wrong_email,
    PropertyType.PHONE: _wrong_phone,
    PropertyType.COUNTRY: _wrong_country,
    PropertyType.GENDER: _wrong_gender,
    PropertyType.IDENTIFIER: _wrong_identifier,
}
