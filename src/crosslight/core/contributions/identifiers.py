"""Identifiers as the contributor typed them, and in the form they can be compared in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from crosslight.core.attributes import (
    accounts,
    addresses,
    crypto,
    dates,
    documents,
    emails,
    handles,
    phones,
    plates,
    vehicles,
    vessels,
)
from crosslight.core.attributes.recognise import Kind, Recognised, recognise
from crosslight.core.attributes.spoken_digits import reveal
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
# What leads to one person or to their things; a vessel is part of how a pattern works.
_IDENTIFYING: Mapping[Kind, IdentifierKind] = {
    **_PERSONAL_IN_TEXT,
    Kind.HANDLE: IdentifierKind.HANDLE,
    Kind.PLATE: IdentifierKind.PLATE,
    Kind.VIN: IdentifierKind.VIN,
}
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s|[\n\r]")
_BORN = re.compile(
    r"\b(?:born|d\.?o\.?b|date of birth|birth ?date|n[ée]e?\s+(?:le|en)|date de naissance|"
    r"nacid[oa]|fecha de nacimiento|nascid[oa]|data de nascimento)\b|مواليد|تاريخ الميلاد",
    re.IGNORECASE,
)
_YEAR_OR_DATE = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_PERIOD = re.compile(r"(?:19|20)\d{2}\s?[-/]\s?(?:19|20)\d{2}")
_CRYPTO_TOKEN = re.compile(r"\b[0-9A-Za-z]{20,90}\b")
# One capitalised word begins every sentence.
_FEWEST_NAME_WORDS = 2


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


def identifying_in(text: str, *, region: str | None) -> tuple[Identifier, ...]:
    """Whatever in a free text leads to one person, numbers written in words among it.

    A name alone is not told from a place or a company; beside a date of birth it is.
    """
    found = {
        (each.kind, each.value): each
        for each in (
            *_identifying(recognise(text, country=region)),
            *_identifying(recognise(reveal(text), country=region)),
            *_crypto_in(text),
            *_born_in(text),
        )
    }
    return tuple(found.values())


def _identifying(found: tuple[Recognised, ...]) -> Iterator[Identifier]:
    for each in found:
        if each.kind in _IDENTIFYING and not _PERIOD.fullmatch(each.raw):
            yield Identifier(kind=_IDENTIFYING[each.kind], raw=each.raw, value=each.value)


def _crypto_in(text: str) -> Iterator[Identifier]:
    for token in _CRYPTO_TOKEN.findall(text):
        address = crypto.normalise(token)
        if address:
            yield Identifier(kind=IdentifierKind.ACCOUNT, raw=token, value=f"crypto:{address}")


def _born_in(text: str) -> Iterator[Identifier]:
    """Sentences that hold a name beside a date, or say when someone was born."""
    for sentence in _SENTENCE_END.split(text):
        found = recognise(sentence)
        dated = next((each for each in found if each.kind is Kind.BIRTH_DATE), None)
        name = next((each for each in found if each.kind is Kind.NAME), None)
        cue = _BORN.search(sentence)
        if dated and name and len(name.raw.split()) >= _FEWEST_NAME_WORDS:
            start, end = min(dated.start, name.start), max(dated.end, name.end)
            raw = sentence[start:end]
        elif cue and (when := _YEAR_OR_DATE.search(sentence, cue.end())):
            raw = sentence[cue.start() : when.end()]
        else:
            continue
        yield Identifier(kind=IdentifierKind.BIRTH_DATE, raw=raw, value=raw)
