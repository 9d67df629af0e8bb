"""Identifiers made ready: the comparable form, the key, and looser variants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crosslight.core.attributes import (
    accounts,
    documents,
    emails,
    handles,
    phones,
    plates,
    registrations,
    vehicles,
    vessels,
)
from crosslight.core.matching.model import Attribute


@dataclass(frozen=True, slots=True)
class Identifier:
    """`key` is exact (None where the value cannot be normalised); `variant` is looser."""

    raw: str
    form: str
    key: str | None
    variant: str | None = None
    country: str | None = None


def _phone(raw: str, country: str | None) -> Identifier | None:
    value = phones.normalise(raw, country=country)
    tail = phones.tail(value or raw)
    if value is None and tail is None:
        return None
    return Identifier(
        raw=raw,
        form=value or "",
        key=f"phone:{value}" if value else None,
        variant=f"phonetail:{tail}" if tail else None,
    )


def _email(raw: str, country: str | None) -> Identifier | None:
    value = emails.normalise(raw, country=country)
    if value is None:
        return None
    mailbox = emails.mailbox(value)
    return Identifier(raw=raw, form=value, key=f"email:{value}", variant=f"mailbox:{mailbox}")


def _handle(raw: str, country: str | None) -> Identifier | None:
    value = handles.normalise(raw, country=country)
    if value is None:
        return None
    platform, _, name = value.partition(":")
    key = f"handle:{value}" if platform else None
    return Identifier(raw=raw, form=value, key=key, variant=f"handlename:{name}")


def _document(raw: str, _: str | None) -> Identifier | None:
    """The country of entry says nothing of who issued the paper."""
    document = documents.parse(raw)
    if document is None:
        return None
    form = documents.comparable(document.number)
    return Identifier(raw=raw, form=form, key=f"doc:{form}", country=document.country)


def _plate(raw: str, _: str | None) -> Identifier | None:
    """The country of entry says nothing of where the vehicle is registered."""
    plate = plates.parse(raw)
    if plate is None:
        return None
    form = plates.comparable(plate.characters)
    return Identifier(raw=raw, form=form, key=f"plate:{form}", country=plate.country)


def _account(raw: str, country: str | None) -> Identifier | None:
    value = accounts.normalise(raw, country=country)
    return Identifier(raw=raw, form=value, key=f"account:{value}") if value else None


def _registration(raw: str, country: str | None) -> Identifier | None:
    value = registrations.normalise(raw, country=country)
    return Identifier(raw=raw, form=value, key=f"reg:{value}") if value else None


def _vessel(raw: str, country: str | None) -> Identifier | None:
    value = vessels.normalise(raw, country=country)
    return Identifier(raw=raw, form=value, key=f"vessel:{value}") if value else None


def _vin(raw: str, country: str | None) -> Identifier | None:
    value = vehicles.normalise(raw, country=country)
    return Identifier(raw=raw, form=value, key=f"vin:{value}") if value else None


READERS: dict[Attribute, Callable[[str, str | None], Identifier | None]] = {
    Attribute.PHONE: _phone,
    Attribute.EMAIL: _email,
    Attribute.HANDLE: _handle,
    Attribute.ACCOUNT: _account,
    Attribute.DOCUMENT: _document,
    Attribute.PLATE: _plate,
    Attribute.REGISTRATION: _registration,
    Attribute.VESSEL: _vessel,
    Attribute.VIN: _vin,
}


def read(attribute: Attribute, raw: str, *, country: str | None) -> Identifier | None:
    """The identifier in `raw`, or None where it holds none; `country` is that of entry."""
    return READERS[attribute](raw, country)
