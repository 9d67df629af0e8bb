"""Identifiers as the contributor typed them, and in the form they can be compared in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from crosslight.core.attributes import (
    accounts,
    addresses,
    dates,
    documents,
    emails,
    handles,
    phones,
    plates,
    vehicles,
    vessels,
)
from crosslight.core.attributes.recognise import Kind, recognise
from crosslight.core.contributions.content import Identifier
from crosslight.core.vocabulary.contributions import IdentifierKind

_NORMALISERS: Mapping[IdentifierKind, Callable[[str, str | None], str | None]] = {
    IdentifierKind.BIRTH_DATE: lambda raw, _: dates.normalise(raw),
    IdentifierKind.PHONE: lambda raw, region: phones.normalise(raw, country=region),
    IdentifierKind.EMAIL: lambda raw, _: emails.normalise(raw),
    IdentifierKind.HANDLE: lambda raw, _: handles.normalise(raw),
    IdentifierKind.ACCOUNT: lambda raw, region: accounts.normalise(raw, country=region),
    IdentifierKind.DOCUMENT: lambda raw, _: documents.normalise(raw),
    IdentifierKind.PLATE: lambda raw, _: plates.normalise(raw),
    IdentifierKind.VESSEL: lambda raw, _: vessels.normalise(raw),
    IdentifierKind.VIN: lambda raw, _: vehicles.normalise(raw),
    IdentifierKind.WEBSITE: lambda raw, _: handles.normalise(raw),
    IdentifierKind.ADDRESS: lambda raw, _: addresses.normalise(raw),
}
# Dates and names in a story are mostly those of what happened; these point to a person.
_PERSONAL_IN_TEXT: Mapping[Kind, IdentifierKind] = {
    Kind.EMAIL: IdentifierKind.EMAIL,
    Kind.PHONE: IdentifierKind.PHONE,
    Kind.DOCUMENT: IdentifierKind.DOCUMENT,
    Kind.ACCOUNT: IdentifierKind.ACCOUNT,
}


def normalised(identifier: Identifier, *, region: str | None) -> Identifier:
    """The identifier with its `value` worked out anew; empty where `raw` has no such form.

    `region` is the ISO country whose national phone numbers are meant.
    """
    normalise = _NORMALISERS.get(identifier.kind)
    value = identifier.raw if normalise is None else normalise(identifier.raw, region)
    return replace(identifier, value=value or "")


def personal_in(text: str, *, region: str | None) -> tuple[Identifier, ...]:
    """E-mails, phones, papers and accounts that a free text holds, in order of place."""
    return tuple(
        Identifier(kind=_PERSONAL_IN_TEXT[found.kind], raw=found.raw, value=found.value)
        for found in recognise(text, country=region)
        if found.kind in _PERSONAL_IN_TEXT
    )
