"""The FollowTheMoney schemata that units use, and of each the properties that a form offers.

A test holds this table against FollowTheMoney's own model: same names, same types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class PropertyType(StrEnum):
    """Names of FollowTheMoney's types."""

    NAME = "name"
    STRING = "string"
    TEXT = "text"
    DATE = "date"
    COUNTRY = "country"
    GENDER = "gender"
    IDENTIFIER = "identifier"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    type: PropertyType
    label: str


@dataclass(frozen=True, slots=True)
class Schema:
    """`caption` lists the properties that name an entity, the best first."""

    name: str
    label: str
    properties: Mapping[str, Property]
    caption: tuple[str, ...]


_T = PropertyType
_LABELS: Mapping[str, tuple[PropertyType, str]] = {
    "accountNumber": (_T.IDENTIFIER, "Account or wallet number"),
    "accountType": (_T.STRING, "Kind of account"),
    "address": (_T.ADDRESS, "Address"),
    "alias": (_T.NAME, "Also known as"),
    "authority": (_T.STRING, "Issued by"),
    "bankName": (_T.STRING, "Bank"),
    "bic": (_T.IDENTIFIER, "Bank code (BIC)"),
    "birthDate": (_T.DATE, "Birth date"),
    "birthPlace": (_T.STRING, "Place of birth"),
    "callSign": (_T.IDENTIFIER, "Call sign"),
    "city": (_T.STRING, "Town"),
    "country": (_T.COUNTRY, "Country"),
    "email": (_T.EMAIL, "E-mail address"),
    "endDate": (_T.DATE, "Valid until"),
    "flag": (_T.COUNTRY, "Flag"),
    "full": (_T.ADDRESS, "Address"),
    "gender": (_T.GENDER, "Sex"),
    "iban": (_T.IDENTIFIER, "IBAN"),
    "idNumber": (_T.IDENTIFIER, "Identity document number"),
    "imoNumber": (_T.IDENTIFIER, "IMO number"),
    "jurisdiction": (_T.COUNTRY, "Country of registration"),
    "mmsi": (_T.IDENTIFIER, "MMSI"),
    "model": (_T.STRING, "Model and colour"),
    "name": (_T.NAME, "Name"),
    "nationality": (_T.COUNTRY, "Nationality"),
    "notes": (_T.TEXT, "Notes"),
    "number": (_T.IDENTIFIER, "Number"),
    "passportNumber": (_T.IDENTIFIER, "Passport number"),
    "phone": (_T.PHONE, "Phone number"),
    "postalCode": (_T.STRING, "Postal code"),
    "profession": (_T.STRING, "Occupation"),
    "registrationNumber": (_T.IDENTIFIER, "Registration number"),
    "registrationPort": (_T.STRING, "Home port"),
    "remarks": (_T.STRING, "Notes"),
    "service": (_T.STRING, "Service"),
    "startDate": (_T.DATE, "Issued on"),
    "street": (_T.STRING, "Street and number"),
    "summary": (_T.TEXT, "Notes"),
    "taxNumber": (_T.IDENTIFIER, "Tax number"),
    "type": (_T.STRING, "Kind"),
    "username": (_T.STRING, "User name"),
    "website": (_T.URL, "Website"),
}
_PERSON = (
    "name alias birthDate birthPlace nationality gender passportNumber idNumber phone email"
    " address profession notes"
)
_ORGANISATION = (
    "name alias registrationNumber taxNumber jurisdiction phone email address website notes"
)


def _schema(
    name: str, *, label: str, properties: str, caption: str, labels: Mapping[str, str] | None = None
) -> Schema:
    own = labels or {}
    table = {
        key: Property(key, _LABELS[key][0], own.get(key, _LABELS[key][1]))
        for key in properties.split()
    }
    return Schema(name, label, table, tuple(caption.split()))


def _by_name(schemata: Iterable[Schema]) -> dict[str, Schema]:
    return {schema.name: schema for schema in schemata}


SCHEMATA: Mapping[str, Schema] = _by_name(
    (
        _schema(
            "Person",
            label="Person",
            properties=_PERSON,
            caption="name alias phone email passportNumber idNumber",
        ),
        _schema(
            "Organization",
            label="Organisation",
            properties=_ORGANISATION,
            caption="name alias registrationNumber phone email",
        ),
        _schema(
            "Company",
            label="Company",
            properties=_ORGANISATION,
            caption="name alias registrationNumber phone email",
        ),
        _schema(
            "Vehicle",
            label="Vehicle",
            properties="registrationNumber country type model name notes",
            caption="registrationNumber name model type",
            labels={"registrationNumber": "Plate", "country": "Country of the plate"},
        ),
        _schema(
            "Vessel",
            label="Vessel",
            properties=(
                "name imoNumber mmsi callSign registrationNumber flag type registrationPort notes"
            ),
            caption="name imoNumber mmsi registrationNumber",
        ),
        _schema(
            "BankAccount",
            label="Bank account or wallet",
            properties="iban accountNumber bankName bic accountType name country notes",
            caption="iban accountNumber name",
            labels={"name": "Name on the account"},
        ),
        _schema(
            "Identification",
            label="Identity document",
            properties="number type country authority startDate endDate summary",
            caption="number type",
        ),
        _schema(
            "UserAccount",
            label="Online or phone account",
            properties="username service name phone email notes",
            caption="username phone email name",
            labels={"name": "Shown name"},
        ),
        _schema(
            "Address",
            label="Address or place",
            properties="full street city postalCode country name remarks",
            caption="full name street city",
            labels={"name": "Name of the place"},
        ),
    )
)


def caption_of(schema: str, properties: Mapping[str, Sequence[str]]) -> str:
    """The value by which the owner's own screens call the entity; "" where nothing names it."""
    for name in SCHEMATA[schema].caption:
        if properties.get(name):
            return properties[name][0]
    return ""


def property_label(schema: str, name: str) -> str:
    known = SCHEMATA[schema].properties.get(name)
    return known.label if known else name
