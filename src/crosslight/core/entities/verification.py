"""The verification set: only what is needed to tell the same from not the same (A.3, C2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crosslight.core.attributes.text import upper_alphanumerics

_SHOWN_CHARACTERS = 3


class SetAttribute(StrEnum):
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    NATIONALITY = "nationality"
    PASSPORT = "passport"
    ID_DOCUMENT = "id_document"
    TOWN = "town"
    COUNTRY = "country"
    NUMBER = "number"
    KIND = "kind"
    MODEL = "model"
    BANK = "bank"
    SERVICE = "service"


SET_LABELS: Mapping[SetAttribute, str] = {
    SetAttribute.BIRTH_DATE: "Birth date or year",
    SetAttribute.BIRTH_PLACE: "Place of birth",
    SetAttribute.NATIONALITY: "Nationality",
    SetAttribute.PASSPORT: "Passport, last characters",
    SetAttribute.ID_DOCUMENT: "Identity document, last characters",
    SetAttribute.TOWN: "Town",
    SetAttribute.COUNTRY: "Country",
    SetAttribute.NUMBER: "Number, last characters",
    SetAttribute.KIND: "Kind",
    SetAttribute.MODEL: "Model and colour",
    SetAttribute.BANK: "Bank",
    SetAttribute.SERVICE: "Service",
}


@dataclass(frozen=True, slots=True)
class SetValue:
    attribute: SetAttribute
    value: str


def last_characters(value: str) -> str:
    """`…0123`-like end of a number: three characters, and never more than half of it."""
    characters = upper_alphanumerics(value)
    shown = min(_SHOWN_CHARACTERS, len(characters) // 2)
    return f"…{characters[len(characters) - shown :]}"


def town_of(address: str) -> str:
    """The last part of an address that holds no digit; "" where the address is one part."""
    parts = [part.strip() for part in address.split(",")]
    towns = [part for part in parts[1:] if part and not any(map(str.isdigit, part))]
    return towns[-1] if towns else ""


def _whole(value: str) -> str:
    return value.strip()


_A = SetAttribute
_Reduction = tuple[SetAttribute, Callable[[str], str]]
_ORGANISATION: Mapping[str, _Reduction] = {
    "registrationNumber": (_A.NUMBER, last_characters),
    "jurisdiction": (_A.COUNTRY, _whole),
    "address": (_A.TOWN, town_of),
}
_SETS: Mapping[str, Mapping[str, _Reduction]] = {
    "Person": {
        "birthDate": (_A.BIRTH_DATE, _whole),
        "birthPlace": (_A.BIRTH_PLACE, _whole),
        "nationality": (_A.NATIONALITY, _whole),
        "passportNumber": (_A.PASSPORT, last_characters),
        "idNumber": (_A.ID_DOCUMENT, last_characters),
        "address": (_A.TOWN, town_of),
    },
    "Organization": _ORGANISATION,
    "Company": _ORGANISATION,
    "Vehicle": {
        "registrationNumber": (_A.NUMBER, last_characters),
        "country": (_A.COUNTRY, _whole),
        "type": (_A.KIND, _whole),
        "model": (_A.MODEL, _whole),
    },
    "Vessel": {
        "imoNumber": (_A.NUMBER, last_characters),
        "registrationNumber": (_A.NUMBER, last_characters),
        "flag": (_A.COUNTRY, _whole),
        "type": (_A.KIND, _whole),
        "registrationPort": (_A.TOWN, _whole),
    },
    "BankAccount": {
        "iban": (_A.NUMBER, last_characters),
        "accountNumber": (_A.NUMBER, last_characters),
        "bankName": (_A.BANK, _whole),
        "country": (_A.COUNTRY, _whole),
    },
    "Identification": {
        "number": (_A.NUMBER, last_characters),
        "type": (_A.KIND, _whole),
        "country": (_A.COUNTRY, _whole),
    },
    "UserAccount": {
        "username": (_A.NUMBER, last_characters),
        "phone": (_A.NUMBER, last_characters),
        "service": (_A.SERVICE, _whole),
    },
    "Address": {
        "city": (_A.TOWN, _whole),
        "full": (_A.TOWN, town_of),
        "country": (_A.COUNTRY, _whole),
    },
}


def reduced(schema: str, name: str, value: str) -> SetValue | None:
    """What of one statement belongs in the set; None: nothing does."""
    found = _SETS.get(schema, {}).get(name)
    if found is None:
        return None
    attribute, reduce = found
    shown = reduce(value)
    return SetValue(attribute, shown) if shown else None
