"""Families of FollowTheMoney schemata: which comparisons make sense between two records."""

from __future__ import annotations

from enum import StrEnum

from crosslight.core.names import NameKind


class Family(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    VEHICLE = "vehicle"
    VESSEL = "vessel"
    ACCOUNT = "account"
    DOCUMENT = "document"
    ONLINE = "online"
    ADDRESS = "address"
    OTHER = "other"


_FAMILIES = {
    "Person": Family.PERSON,
    "LegalEntity": Family.ORGANISATION,
    "Organization": Family.ORGANISATION,
    "Company": Family.ORGANISATION,
    "PublicBody": Family.ORGANISATION,
    "Vehicle": Family.VEHICLE,
    "Airplane": Family.VEHICLE,
    "Vessel": Family.VESSEL,
    "BankAccount": Family.ACCOUNT,
    "CryptoWallet": Family.ACCOUNT,
    "Identification": Family.DOCUMENT,
    "Passport": Family.DOCUMENT,
    "UserAccount": Family.ONLINE,
    "Address": Family.ADDRESS,
}
_NAMED = frozenset({Family.PERSON, Family.ORGANISATION, Family.VESSEL, Family.ONLINE})


def family_of(schema: str) -> Family:
    return _FAMILIES.get(schema, Family.OTHER)


def is_named(family: Family) -> bool:
    """Whether the name says which one it is; that of a vehicle or account is a caption."""
    return family in _NAMED


def name_kind(family: Family) -> NameKind:
    if family in (Family.ORGANISATION, Family.VESSEL):
        return NameKind.ORGANISATION
    return NameKind.PERSON
