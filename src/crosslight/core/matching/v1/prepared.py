"""What is done once for a record, so that comparing it often is cheap."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crosslight.core.attributes import dates, phones
from crosslight.core.attributes.dates import PartialDate
from crosslight.core.matching.model import Attribute, Record
from crosslight.core.matching.v1.families import Family, family_of, is_named, name_kind
from crosslight.core.matching.v1.hashing import key_of
from crosslight.core.matching.v1.values import READINGS, Value, read
from crosslight.core.names import NameKind, ParsedName, Token, parse, token

_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way to read a name: `reading` 0 is the likeliest, names read in one way have no other."""

    raw: str
    parsed: ParsedName
    is_alias: bool
    reading: int = 0


@dataclass(frozen=True, slots=True)
class BirthDate:
    raw: str
    date: PartialDate


@dataclass(frozen=True, slots=True)
class Prepared:
    """`raw` values are shown to whoever may see them; all else compares without them."""

    family: Family
    names: tuple[NameForm, ...] = ()
    birth_dates: tuple[BirthDate, ...] = ()
    values: Mapping[Attribute, tuple[Value, ...]] | None = None

    def held(self, attribute: Attribute) -> tuple[Value, ...]:
        return (self.values or {}).get(attribute, ())

    @property
    def kind(self) -> NameKind:
        return name_kind(self.family)


def prepare(record: Record, *, country: str | None = None) -> Prepared:
    """Parsed and normalised values of `record`; `country` of entry overrides its own."""
    family = family_of(record.schema)
    return Prepared(
        family=family,
        names=tuple(_names(record, family)),
        birth_dates=tuple(_birth_dates(record)),
        values=_values(record, country=country or record.country, family=family),
    )


def exact_keys(prepared: Prepared) -> dict[int, str]:
    """The identifiers of a record: each one's key as a number, and in words."""
    found = (value.key for held in (prepared.values or {}).values() for value in held if value.key)
    return {key_of(text): text for text in found}


def _names(record: Record, family: Family) -> Iterator[NameForm]:
    if not is_named(family):
        return
    kind = name_kind(family)
    for attribute in (Attribute.NAME, Attribute.ALIAS):
        for raw in _distinct(record.values.get(attribute, ())):
            yield from _readings(raw, kind, is_alias=attribute is Attribute.ALIAS)


def _readings(raw: str, kind: NameKind, *, is_alias: bool) -> Iterator[NameForm]:
    parsed = parse(raw, kind)
    for reading, tokens in enumerate((parsed.tokens, *parsed.others)):
        if tokens:
            yield NameForm(raw, ParsedName(parsed.text, kind, tokens), is_alias, reading)


def _distinct(raws: tuple[str, ...]) -> list[str]:
    """Some at most, and the same ones in whatever order they were entered."""
    return sorted(set(raws))[:_MOST_VALUES] if len(raws) > 1 else list(raws)


def _birth_dates(record: Record) -> Iterator[BirthDate]:
    for raw in _distinct(record.values.get(Attribute.BIRTH_DATE, ())):
        date = dates.parse(raw) or dates.parse_miswritten(raw)
        if date:
            yield BirthDate(raw, date)


def _values(
    record: Record, *, country: str | None, family: Family
) -> dict[Attribute, tuple[Value, ...]]:
    found = {
        attribute: _read(attribute, raws, country=country)
        for attribute, raws in record.values.items()
        if attribute in READINGS
    }
    if family is Family.ORGANISATION:
        names = record.values.get(Attribute.NAME, ()) + record.values.get(Attribute.ALIAS, ())
        found[Attribute.ORGANISATION] = _read(Attribute.ORGANISATION, names, country=country)
    if family is not Family.ADDRESS and Attribute.ADDRESS in found:
        # Where somebody lives describes him; only an address entered as such is a thing itself.
        found[Attribute.ADDRESS] = tuple(map(_as_description, found[Attribute.ADDRESS]))
    _add_phones(found)
    return {attribute: held for attribute, held in found.items() if held}


def _read(attribute: Attribute, raws: tuple[str, ...], *, country: str | None) -> tuple[Value, ...]:
    if attribute is Attribute.PHONE:
        raws = tuple(number for raw in raws for number in _numbers_in(raw, country=country))
    return tuple(
        value
        for raw in _distinct(raws)
        if (value := read(attribute, raw, country=country)) is not None
    )


def _numbers_in(raw: str, *, country: str | None) -> tuple[str, ...]:
    """A cell may hold several numbers; one alone stays as it was written."""
    found = phones.forms(raw, country=country)
    return found if len(found) > 1 else (raw,)


def _as_description(value: Value) -> Value:
    held = (value.key, *value.variants) if value.key else value.variants
    return Value(value.raw, value.form, variants=held, marks=value.marks)


def _add_phones(found: dict[Attribute, tuple[Value, ...]]) -> None:
    """A mobile-money wallet and a messenger account are phone numbers, too."""
    numbers = [
        Value(value.raw, number, f"phone:{number}")
        for attribute in (Attribute.ACCOUNT, Attribute.HANDLE)
        for value in found.get(attribute, ())
        for number in (variant.partition("~")[2] for variant in value.variants)
        if number.startswith("+")
    ]
    known = {value.form for value in found.get(Attribute.PHONE, ())}
    added = tuple(value for value in numbers if value.form not in known)
    if added:
        found[Attribute.PHONE] = (*found.get(Attribute.PHONE, ()), *added)


def pack(prepared: Prepared) -> str:
    """JSON of what compares, without a value as it was written."""
    return json.dumps(
        [
            prepared.family.value,
            [_packed_name(name) for name in prepared.names],
            [[born.date.year, born.date.month, born.date.day] for born in prepared.birth_dates],
            {
                attribute.value: [[v.form, v.key, v.variants, v.marks] for v in held]
                for attribute, held in (prepared.values or {}).items()
            },
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpack(text: str, *, like: Prepared | None = None) -> Prepared:
    """What `pack` wrote; forms stand in for the values as written.

    Values of attributes that `like` holds none of are left out, where it is given.
    """
    family, names, born, values = json.loads(text)
    kind = name_kind(Family(family))
    return Prepared(
        family=Family(family),
        names=tuple(_unpacked_name(kind, name) for name in names),
        birth_dates=tuple(
            BirthDate(str(date), date) for date in (PartialDate(*parts) for parts in born)
        ),
        values={
            _ATTRIBUTES[name]: tuple(
                Value(form, form, key, tuple(variants), tuple(marks))
                for form, key, variants, marks in held
            )
            for name, held in values.items()
            if like is None or like.held(_ATTRIBUTES[name])
        },
    )


_ATTRIBUTES = {attribute.value: attribute for attribute in Attribute}
# Text, whether it is an alias, number of the reading, words with what each is for.
_PackedName = tuple[str, int, int, list[tuple[str, int, int]]]


def _packed_name(name: NameForm) -> _PackedName:
    """Without words where what they are for has to be read from the text."""
    tokens = name.parsed.tokens
    has_plain = not any(token.role or token.signed for token in tokens)
    words = [(token.text, int(token.is_father), int(token.is_title)) for token in tokens]
    return name.parsed.text, int(name.is_alias), name.reading, words if has_plain else []


def _unpacked_name(kind: NameKind, packed: _PackedName) -> NameForm:
    # Before the words were packed, too, there was the text alone: an index not rebuilt yet.
    text, is_alias, reading, words = (*packed, 0, [])[:4] if len(packed) == 2 else packed  # noqa: PLR2004
    tokens = tuple(_token(*word) for word in words)
    if not tokens:
        parsed = parse(text, kind)
        tokens = (parsed.tokens, *parsed.others)[reading]
    return NameForm(text, ParsedName(text, kind, tokens), is_alias > 0, reading)


@lru_cache(maxsize=65_536)
def _token(word: str, is_father: int, is_title: int) -> Token:
    """The token of a name that was taken apart before."""
    found = token(word, is_father=is_father > 0)
    if found.is_title == is_title:
        return found
    return token(word, is_father=is_father > 0, is_only_given=True)
