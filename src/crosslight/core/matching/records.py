"""Records from FollowTheMoney properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from crosslight.core.matching.model import Attribute, Record

_PLAIN = {
    "alias": Attribute.ALIAS,
    "weakAlias": Attribute.ALIAS,
    "previousName": Attribute.ALIAS,
    "abbreviation": Attribute.ALIAS,
    "birthDate": Attribute.BIRTH_DATE,
    "birthPlace": Attribute.BIRTH_PLACE,
    "gender": Attribute.SEX,
    "nationality": Attribute.NATIONALITY,
    "citizenship": Attribute.NATIONALITY,
    "phone": Attribute.PHONE,
    "email": Attribute.EMAIL,
    "iban": Attribute.ACCOUNT,
    "accountNumber": Attribute.ACCOUNT,
    "cryptoAddress": Attribute.ACCOUNT,
    "publicKey": Attribute.ACCOUNT,
    "address": Attribute.ADDRESS,
    "full": Attribute.ADDRESS,
    "street": Attribute.ADDRESS,
    "postalCode": Attribute.ADDRESS,
    "city": Attribute.PLACE,
    "imoNumber": Attribute.VESSEL,
    "mmsi": Attribute.VESSEL,
    "vin": Attribute.VIN,
    "serialNumber": Attribute.VIN,
    "profession": Attribute.OCCUPATION,
    "position": Attribute.OCCUPATION,
    "website": Attribute.LINK,
    "contentHash": Attribute.FILE,
    "bodyText": Attribute.ADVERT,
    "ipAddress": Attribute.NETWORK,
}
_DOCUMENTS = {
    "passportNumber": "passport",
    "idNumber": "id",
    "personalNumber": "id",
    "socialSecurityNumber": "social",
    "number": "document",
}
_REGISTRATIONS = (
    "registrationNumber",
    "taxNumber",
    "vatCode",
    "leiCode",
    "dunsCode",
    "ogrnCode",
    "innCode",
    "licenseNumber",
)
_PLATED = frozenset({"Vehicle"})


def record_from_properties(
    *,
    id: str,  # noqa: A002
    schema: str,
    properties: Mapping[str, Sequence[str]],
    country: str | None = None,
) -> Record:
    """Record of one FollowTheMoney entity; properties the model does not use are left out.

    `country` is the country of entry, for phone numbers written nationally.
    """
    gathered: dict[Attribute, list[str]] = defaultdict(list)
    for attribute, value in _values(schema, properties):
        text = value.strip()
        if text and text not in gathered[attribute]:
            gathered[attribute].append(text)
    values = {attribute: tuple(found) for attribute, found in gathered.items() if found}
    return Record(id=id, schema=schema, values=values, country=country)


def _values(
    schema: str, properties: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Attribute, str]]:
    for name, attribute in _PLAIN.items():
        yield from ((attribute, value) for value in properties.get(name, ()))
    yield from ((Attribute.NAME, name) for name in _names(properties))
    yield from ((Attribute.DOCUMENT, text) for text in _documents(properties))
    yield from ((Attribute.HANDLE, text) for text in _handles(properties))
    yield from _registered(schema, properties)


def _names(properties: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Full names, or else the parts put together as a full name."""
    if properties.get("name"):
        yield from properties["name"]
        return
    firsts = properties.get("firstName") or properties.get("givenName") or ()
    middles = (*properties.get("secondName", ()), *properties.get("middleName", ()))
    lasts = properties.get("lastName") or properties.get("surname") or ()
    for first, last in product(firsts or ("",), lasts or ("",)):
        yield " ".join(part for part in (first, *middles, last) if part)


def _documents(properties: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Number with its kind, and its country where the entity names exactly one."""
    countries = properties.get("country", ())
    stated = f" {countries[0].upper()}" if _is_one_code(countries) else ""
    for name, kind in _DOCUMENTS.items():
        for number in properties.get(name, ()):
            yield f"{kind}{stated if name in _OWN_COUNTRY else ''} {number}"


_OWN_COUNTRY = frozenset({"passportNumber", "number", "personalNumber"})


def _is_one_code(countries: Sequence[str]) -> bool:
    return len(countries) == 1 and len(countries[0]) == 2  # noqa: PLR2004


def _handles(properties: Mapping[str, Sequence[str]]) -> Iterator[str]:
    services = properties.get("service", ())
    for username in properties.get("username", ()):
        if services and "/" not in username and ":" not in username:
            yield f"{services[0]}: {username}"
        else:
            yield username


def _registered(
    schema: str, properties: Mapping[str, Sequence[str]]
) -> Iterable[tuple[Attribute, str]]:
    """A vehicle's registration number is its plate; a person's is a document."""
    attribute = Attribute.PLATE if schema in _PLATED else Attribute.REGISTRATION
    countries = properties.get("country", ())
    for name in _REGISTRATIONS:
        for number in properties.get(name, ()):
            if attribute is Attribute.PLATE and _is_one_code(countries) and ":" not in number:
                yield attribute, f"{countries[0].upper()}: {number}"
            else:
                yield attribute, number
